-- Of the touched days, the facts of claims count what the days do.
SELECT claim_date, coalesce(f.claim_count, 0) AS held, d.claim_count AS counted
FROM touched_days
JOIN (
    SELECT claim_date, sum(claim_count) AS claim_count
    FROM core.day_counts
    WHERE kind = 'all' AND claim_date IN (FROM touched_days)
    GROUP BY claim_date
) AS d USING (claim_date)
LEFT JOIN (
    SELECT claim_date, count(*) AS claim_count
    FROM core.claim_facts
    WHERE is_counted AND NOT is_repeat AND claim_date IN (FROM touched_days)
    GROUP BY claim_date
) AS f USING (claim_date)
WHERE held <> counted
LIMIT 1
