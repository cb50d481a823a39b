-- Who said it first: of each claimant the earliest claim with these words.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- claimant VARCHAR: words of the claimant's name
-- row_limit INTEGER = 20: rows at most
WITH claimants AS (
    SELECT entity_id FROM core.entities WHERE $claimant IS NOT NULL AND has_words(name, $claimant)
),
found AS (
    FROM core.claim_facts
    WHERE $text IS NOT NULL AND claim_number IN (FROM claims_with_words($text))
    UNION ALL
    FROM core.claim_facts
    WHERE $text IS NULL AND $claimant IS NOT NULL AND claimant_id IN (FROM claimants)
    UNION ALL
    FROM core.claim_facts
    WHERE $text IS NULL AND $claimant IS NULL
),
-- The first day of each claimant; who is not among the first by days is not by hours.
first_days AS (
    SELECT claimant_id, min(claim_date) AS claim_date
    FROM found
    WHERE
        is_counted AND NOT is_copy AND claimant_id IS NOT NULL
        AND ($claimant IS NULL OR claimant_id IN (FROM claimants))
    GROUP BY claimant_id
    QUALIFY rank() OVER (ORDER BY min(claim_date)) <= $row_limit
),
early_ones AS (
    SELECT unnest(list(claim_number)) AS claim_number  -- a list is known to be short
    FROM found SEMI JOIN first_days USING (claimant_id, claim_date)
    WHERE is_counted AND NOT is_copy
),
first_ones AS (
    SELECT
        min(claimed_at) AS claimed_at,
        arg_min(claim_number, (claimed_at, article_id, ordinal)) AS claim_number
    FROM core.claims JOIN early_ones USING (claim_number)
    GROUP BY claimant_id
    ORDER BY claimed_at, claim_number
    LIMIT $row_limit
)
SELECT
    c.claimed_at, claimant, side_code, content_text, outlet, title, verification_status, claim_id
FROM claims AS c JOIN first_ones USING (claim_number)
QUALIFY row_number() OVER (PARTITION BY claimant ORDER BY c.claimed_at, article_id, ordinal) = 1
ORDER BY c.claimed_at, article_id, ordinal
