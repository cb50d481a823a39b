-- The counts of the touched days are those of their current claims.
-- Only where touched_days has rows.
SELECT claim_date, coalesce(d.claim_count, 0) AS counted, coalesce(c.claim_count, 0) AS held
FROM touched_days
LEFT JOIN (
    SELECT claim_date, sum(claim_count) AS claim_count
    FROM core.claim_daily
    WHERE claim_date IN (FROM touched_days)
    GROUP BY claim_date
) AS d USING (claim_date)
LEFT JOIN (
    SELECT claim_date, count(*) AS claim_count
    FROM core.claims
    WHERE is_current AND claim_date IN (FROM touched_days)
    GROUP BY claim_date
) AS c USING (claim_date)
WHERE counted <> held
LIMIT 1
