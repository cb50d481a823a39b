-- Claims over time: the share of all stories that hold one, and their number.
-- text VARCHAR: words that the claim, its claimant or its article's title hold, all of them
-- claimant VARCHAR: words of the claimant's name
-- measure VARCHAR: what a figure in the claim measures, such as killed
-- since DATE: first day
-- until DATE: last day; the last one with an article without it
-- by VARCHAR = day: length of a period: day, week or month
-- per VARCHAR = all: what a line of the trend is: all, source or claimant
-- series_limit INTEGER = 8: lines at most, the largest first
WITH matching AS (
    SELECT
        date_trunc($by, c.claim_date)::DATE AS period, c.copy_group_id, c.statement_id,
        CASE $per
            WHEN 'source' THEN c.outlet
            WHEN 'claimant' THEN coalesce(c.claimant, 'nobody named')
            ELSE 'all'
        END AS series
    FROM claims AS c
    WHERE
        c.kind <> 'status_statement'
        AND ($since IS NULL OR c.claim_date >= $since::DATE)
        AND ($until IS NULL OR c.claim_date <= $until::DATE)
        AND has_words(concat_ws(' ', c.title, c.claimant, c.content_text), $text)
        AND ($claimant IS NULL OR (c.claimant IS NOT NULL AND has_words(c.claimant, $claimant)))
        AND ($measure IS NULL OR c.claim_id IN (
            SELECT claim_id FROM core.claim_quantities WHERE measure = $measure
        ))
),
counted AS (
    SELECT
        period, series, count(DISTINCT (copy_group_id, statement_id)) AS claim_count,
        count(DISTINCT copy_group_id) AS story_count
    FROM matching
    GROUP BY period, series
),
lines AS (
    SELECT series
    FROM counted
    GROUP BY series
    ORDER BY sum(claim_count) DESC, series
    LIMIT $series_limit
),
periods AS (
    SELECT
        date_trunc($by, day)::DATE AS period,
        CASE
            WHEN sum(story_count) = 0 THEN 'none'
            WHEN bool_and(coverage = 'full') THEN 'full'
            ELSE 'partial'
        END AS coverage
    FROM coverage
    WHERE
        day >= coalesce($since::DATE, (SELECT min(period) FROM counted))
        AND day <= coalesce($until::DATE, (SELECT max(article_date) FROM core.article_days))
    GROUP BY ALL
),
totals AS (
    SELECT
        date_trunc($by, d.article_date)::DATE AS period,
        CASE WHEN $per = 'source' THEN o.name ELSE 'all' END AS line,
        count(DISTINCT d.copy_group_id) AS total_story_count
    FROM core.article_days AS d JOIN core.outlets AS o USING (outlet_id)
    WHERE
        ($since IS NULL OR d.article_date >= $since::DATE)
        AND ($until IS NULL OR d.article_date <= $until::DATE)
    GROUP BY ALL
)
SELECT
    period, series, coalesce(c.claim_count, 0) AS claim_count,
    coalesce(c.story_count, 0) AS story_count,
    coalesce(t.total_story_count, 0) AS total_story_count,
    round(100.0 * coalesce(c.story_count, 0) / t.total_story_count, 2) AS share_pct, coverage
FROM periods CROSS JOIN lines
LEFT JOIN counted AS c USING (period, series)
LEFT JOIN totals AS t
    ON t.period = periods.period AND t.line = CASE WHEN $per = 'source' THEN series ELSE 'all' END
ORDER BY period, series
