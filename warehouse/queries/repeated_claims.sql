-- What was said again: statements by how many independent origins repeat them.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- claimant VARCHAR: words of the claimant's name
-- since DATE: first day that one was last reported on; without it the last 30 days
-- least_origins INTEGER = 2: independent origins at least
-- row_limit INTEGER = 50: rows at most
WITH span AS (
    SELECT coalesce($since::DATE, max(claim_date) - 30) AS first_day
    FROM core.day_counts
    WHERE kind = 'all'
),
told AS (
    SELECT statement_id
    FROM core.claims
    WHERE
        $text IS NOT NULL AND claim_date >= (SELECT first_day FROM span)
        AND claim_number IN (FROM claims_with_words($text))
)
SELECT
    claimant, content_text, first_claim_date, last_claim_date, report_count, origin_count,
    outlet_count, is_standing, claim_id
FROM statements
WHERE
    origin_count >= $least_origins AND last_claim_date >= (SELECT first_day FROM span)
    AND ($text IS NULL OR statement_id IN (FROM told))
    AND has_words(claimant, $claimant)
ORDER BY origin_count DESC, report_count DESC, first_claim_date, claim_id
LIMIT $row_limit
