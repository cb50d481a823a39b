-- Of the touched days, each claim that is no repeat counts once: over all, and over the outlets.
-- Only where touched_days has rows.
SELECT claim_date, coalesce(c.claim_count, 0) AS held, total, outlets
FROM touched_days
LEFT JOIN (
    SELECT
        claim_date, sum(claim_count) FILTER (kind = 'all') AS total,
        sum(claim_count) FILTER (kind = 'outlet') AS outlets
    FROM core.day_counts
    WHERE claim_date IN (FROM touched_days)
    GROUP BY claim_date
) AS d USING (claim_date)
LEFT JOIN (
    SELECT claim_date, count(*) AS claim_count
    FROM core.claims
    WHERE
        is_current AND NOT is_repeat AND kind <> 'status_statement'
        AND claim_date IN (FROM touched_days)
    GROUP BY claim_date
) AS c USING (claim_date)
WHERE coalesce(total, 0) <> held OR coalesce(outlets, 0) <> held
LIMIT 1
