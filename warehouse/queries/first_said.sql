-- Who said it first: of each claimant the earliest claim with these words.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- claimant VARCHAR: words of the claimant's name
-- row_limit INTEGER = 20: rows at most
WITH first_ones AS (
    SELECT
        min(claimed_at) AS claimed_at,
        arg_min(claim_number, (claimed_at, article_id, ordinal)) AS claim_number
    FROM core.claims
    WHERE
        is_current AND claimant_id IS NOT NULL AND copy_group_id = article_id
        AND kind <> 'status_statement'
        AND ($text IS NULL OR claim_number IN (FROM claims_with_words($text)))
        AND ($claimant IS NULL OR claimant_id IN (
            SELECT entity_id
            FROM core.entities
            WHERE $claimant IS NOT NULL AND has_words(name, $claimant)
        ))
    GROUP BY claimant_id
    ORDER BY claimed_at, claim_number
    LIMIT $row_limit
)
SELECT
    claimed_at, claimant, side_code, content_text, outlet, title, verification_status, claim_id
FROM claims SEMI JOIN first_ones USING (claim_number)
QUALIFY row_number() OVER (PARTITION BY claimant ORDER BY claimed_at, article_id, ordinal) = 1
ORDER BY claimed_at, article_id, ordinal
