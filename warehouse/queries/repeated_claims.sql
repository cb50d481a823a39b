-- What was said again: statements by how many independent origins repeat them.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- claimant VARCHAR: words of the claimant's name
-- since DATE: first day that one was last reported on; without it the last 30 days
-- least_origins INTEGER = 2: independent origins at least
-- row_limit INTEGER = 50: rows at most
WITH chosen AS (
    SELECT DISTINCT statement_id
    FROM core.claims
    WHERE
        kind <> 'status_statement'
        AND claim_date >= coalesce(
            $since::DATE, (SELECT max(claim_date) - 30 FROM core.day_counts WHERE kind = 'all')
        )
        AND ($text IS NULL OR claim_number IN (FROM claims_with_words($text)))
        AND ($claimant IS NULL OR claimant_id IN (
            SELECT entity_id
            FROM core.entities
            WHERE $claimant IS NOT NULL AND has_words(name, $claimant)
        ))
),
counted AS (
    SELECT
        min(claim_date) AS first_claim_date, max(claim_date) AS last_claim_date,
        count(DISTINCT article_id) AS report_count, count(DISTINCT copy_group_id) AS origin_count,
        count(DISTINCT outlet_id) AS outlet_count, bool_or(is_current) AS is_standing,
        min_by(claim_number, (claimed_at, claim_id)) AS claim_number
    FROM core.claims
    WHERE kind <> 'status_statement' AND statement_id IN (FROM chosen)
    GROUP BY statement_id
    HAVING origin_count >= $least_origins
    ORDER BY origin_count DESC, report_count DESC, claim_number
    LIMIT $row_limit
)
SELECT
    e.name AS claimant, c.content_text, first_claim_date, last_claim_date, report_count,
    origin_count, outlet_count, is_standing, c.claim_id
FROM counted JOIN core.claims AS c USING (claim_number)
LEFT JOIN core.entities AS e ON e.entity_id = c.claimant_id
ORDER BY origin_count DESC, report_count DESC, claim_number
