-- Claims over time: the share of all stories that hold one, and their number.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- claimant VARCHAR: words of the claimant's name
-- measure VARCHAR: what a figure in the claim measures, such as killed
-- since DATE: first day
-- until DATE: last day; the last one with an article without it
-- by VARCHAR = day: length of a period: day, week, month, or auto: the shortest for 92 at most
-- per VARCHAR = all: what a line of the trend is: all, source or claimant
-- series_limit INTEGER = 8: lines at most, the largest first
-- Stories are counted day by day.
-- Counts are kept for all claims, each word, claimant and outlet, not for what two of these share.
WITH claimants AS (
    SELECT entity_id FROM core.entities WHERE $claimant IS NOT NULL AND has_words(name, $claimant)
),
-- Once for all branches, of which one is asked, DuckDB 1.5 would not know that they are few.
told AS NOT MATERIALIZED (
    FROM claims_with_words($text)
),
figures AS (
    SELECT claim_number
    FROM core.claim_quantities
    WHERE
        measure = $measure AND ($claimant IS NULL OR claimant_id IN (FROM claimants))
        AND ($text IS NULL OR claim_number IN (FROM told))
        AND ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
),
-- Without words and names the claimants that come first, of whom some may share a name, and nobody.
foremost AS (
    SELECT claimant_id
    FROM claimant_sums($since, $until)
    WHERE $text IS NULL AND $claimant IS NULL AND $measure IS NULL AND $per = 'claimant'
    GROUP BY claimant_id
    ORDER BY sum(claim_count) DESC, claimant_id
    LIMIT 16 * $series_limit
),
followed AS (
    SELECT unnest(list(key_id)) AS key_id  -- a list is known to be short
    FROM (
        SELECT claimant_id AS key_id FROM foremost
        UNION ALL
        SELECT 0 WHERE $claimant IS NULL
        UNION ALL
        FROM claimants
    )
),
kept AS (
    SELECT claim_date, key_id, claim_count, story_count
    FROM core.day_counts
    WHERE
        $text IS NULL AND $claimant IS NULL AND $measure IS NULL
        AND kind = CASE $per WHEN 'source' THEN 'outlet' ELSE 'all' END AND $per <> 'claimant'
    UNION ALL
    SELECT claim_date, key_id, claim_count, story_count
    FROM core.day_counts
    WHERE
        $text IS NULL AND $measure IS NULL AND $per = 'claimant' AND kind = 'claimant'
        AND key_id IN (FROM followed)
    UNION ALL
    SELECT claim_date, 0, claim_count, story_count
    FROM core.day_counts
    WHERE
        is_one_word($text) AND $claimant IS NULL AND $measure IS NULL AND $per = 'all'
        AND kind = 'word' AND key_id IN (
            SELECT word_id FROM core.words WHERE stem = stem_of(lower(trim($text)))
        )
),
-- Each by all that is asked for, so that what is common is not read for what is rare.
found AS (
    FROM core.claim_facts
    WHERE
        $claimant IS NULL AND $measure IS NULL AND ($per <> 'all' OR NOT is_one_word($text))
        AND claim_number IN (FROM told)
    UNION ALL
    FROM core.claim_facts
    WHERE
        $text IS NOT NULL AND $measure IS NULL
        AND claimant_id IN (FROM claimants) AND claim_number IN (FROM told)
    UNION ALL
    FROM core.claim_facts
    WHERE
        $text IS NULL AND $measure IS NULL AND $per <> 'claimant'
        AND claimant_id IN (FROM claimants)
    UNION ALL
    FROM core.claim_facts
    WHERE claim_number IN (FROM figures)
),
matching AS (
    SELECT
        claim_date, copy_group_id, is_repeat,
        CASE $per WHEN 'source' THEN outlet_id WHEN 'claimant' THEN coalesce(claimant_id, 0) ELSE 0
            END AS key_id
    FROM found
    WHERE is_counted
),
daily AS (
    SELECT claim_date, key_id, claim_count, story_count
    FROM kept
    WHERE
        ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
    UNION ALL
    SELECT claim_date, key_id, sum(claim_count), count(*)
    FROM (
        SELECT claim_date, key_id, count(*) FILTER (NOT is_repeat) AS claim_count
        FROM matching
        WHERE
            ($since IS NULL OR claim_date >= $since::DATE)
            AND ($until IS NULL OR claim_date <= $until::DATE)
        GROUP BY claim_date, key_id, copy_group_id
    )
    GROUP BY claim_date, key_id
),
named AS (
    SELECT
        d.*,
        CASE $per
            WHEN 'source' THEN o.name
            WHEN 'claimant' THEN coalesce(e.name, 'nobody named')
            ELSE 'all'
        END AS series
    FROM (
        SELECT key_id, sum(claim_count) AS claim_count
        FROM daily
        GROUP BY key_id
    ) AS d
    LEFT JOIN core.outlets AS o ON $per = 'source' AND o.outlet_id = d.key_id
    LEFT JOIN core.entities AS e ON $per = 'claimant' AND e.entity_id = d.key_id
),
lines AS (
    SELECT series, list(key_id) AS key_ids
    FROM named
    GROUP BY series
    ORDER BY sum(claim_count) DESC, series
    LIMIT $series_limit
),
shown AS (
    SELECT claim_date, series, d.claim_count, d.story_count
    FROM daily AS d
    JOIN (SELECT series, unnest(key_ids) AS key_id FROM lines) AS l USING (key_id)
),
ends AS (
    SELECT
        coalesce($since::DATE, min(claim_date)) AS first_day, coalesce($until::DATE, newest)
            AS last_day,
        greatest(first_day, oldest) AS first_held, least(last_day, newest) AS last_held
    FROM (SELECT min(article_date) AS oldest, max(article_date) AS newest FROM core.read_days)
    LEFT JOIN shown ON true
    GROUP BY oldest, newest
),
span AS (
    SELECT
        first_day, last_day,
        CASE
            WHEN $by <> 'auto' THEN $by
            WHEN date_diff('day', first_held, last_held) < 92 THEN 'day'
            WHEN date_diff('week', first_held, last_held) < 92 THEN 'week'
            ELSE 'month'
        END AS length
    FROM ends
),
counted AS (
    SELECT
        date_trunc(length, claim_date)::DATE AS period, series,
        sum(claim_count)::BIGINT AS claim_count, sum(story_count)::BIGINT AS story_count
    FROM shown CROSS JOIN span
    GROUP BY period, series
),
periods AS (
    SELECT
        date_trunc(length, day)::DATE AS period,
        CASE
            WHEN sum(story_count) = 0 THEN 'none'
            WHEN $since::DATE > period OR date_trunc(length, $until::DATE + 1)::DATE = period
                THEN 'partial'  -- cut by the question
            WHEN bool_and(coverage = 'full') THEN 'full'
            ELSE 'partial'
        END AS coverage
    FROM coverage CROSS JOIN span
    WHERE day >= coalesce($since::DATE, date_trunc(length, first_day)) AND day <= last_day
    GROUP BY period, length
),
totals AS (
    SELECT
        date_trunc(length, article_date)::DATE AS period, coalesce(outlet_id, 0) AS key_id,
        sum(story_count)::BIGINT AS total_story_count
    FROM core.read_days CROSS JOIN span
    WHERE
        CASE $per
            WHEN 'source' THEN outlet_id IN (SELECT key_ids[1] FROM lines) ELSE outlet_id IS NULL
            END
        AND ($since IS NULL OR article_date >= $since::DATE)
        AND ($until IS NULL OR article_date <= $until::DATE)
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
    ON t.period = periods.period
    AND t.key_id = CASE WHEN $per = 'source' THEN key_ids[1] ELSE 0 END
ORDER BY period, series
