-- How well each period was covered: none, partial or full.
-- since DATE: first day
-- until DATE: last day; the last one with an article without it
-- by VARCHAR = day: length of a period: day, week or month
SELECT
    date_trunc($by, day)::DATE AS period, sum(article_count)::BIGINT AS article_count,
    CASE
        WHEN sum(story_count) = 0 THEN 'none'
        WHEN $since::DATE > period OR date_trunc($by, $until::DATE + 1)::DATE = period
            THEN 'partial'  -- cut by the question
        WHEN bool_and(coverage = 'full') THEN 'full'
        ELSE 'partial'
    END AS coverage
FROM coverage
WHERE
    day >= coalesce(date_trunc($by, $since::DATE), day)
    AND day <= coalesce($until::DATE, (SELECT max(article_date) FROM core.read_days))
GROUP BY period
ORDER BY period
