-- Who disagrees: claims that rival or deny each other.
-- text VARCHAR: words that one of the two, its claimant or its article's title holds, all of them
-- claimant VARCHAR: words of either claimant's name
-- measure VARCHAR: what the figures measure, such as killed
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 50: rows at most
WITH told AS MATERIALIZED (
    FROM claims_with_words($text)
),
named AS (
    SELECT entity_id FROM core.entities WHERE $claimant IS NOT NULL AND has_words(name, $claimant)
),
newest AS (
    SELECT *
    FROM core.disagreements
    WHERE
        ($text IS NULL OR claim_number_a IN (FROM told) OR claim_number_b IN (FROM told))
        AND ($claimant IS NULL OR claimant_id_a IN (FROM named) OR claimant_id_b IN (FROM named))
        AND ($measure IS NULL OR measure = $measure)
        AND ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
    ORDER BY
        claim_date DESC, claim_number_a, claim_number_b, relation, measure, party, amount_a,
        amount_b
    LIMIT $row_limit
),
said AS MATERIALIZED (
    SELECT
        c.claim_number, c.claim_id, coalesce(e.name, c.claimant_words) AS claimant, c.side_code,
        c.content_text, c.verification_status
    FROM (SELECT claim_number_a AS claim_number FROM newest UNION SELECT claim_number_b FROM newest)
    JOIN core.claims AS c USING (claim_number)
    LEFT JOIN core.entities AS e ON e.entity_id = c.claimant_id
    WHERE c.is_current
)
SELECT
    claim_date, relation, a.claimant AS claimant_a, a.side_code AS side_code_a, amount_a,
    a.content_text AS content_text_a, b.claimant AS claimant_b, b.side_code AS side_code_b,
    amount_b, b.content_text AS content_text_b, party, measure, a.verification_status,
    a.claim_id AS claim_id_a, b.claim_id AS claim_id_b
FROM newest
JOIN said AS a ON a.claim_number = claim_number_a
JOIN said AS b ON b.claim_number = claim_number_b
ORDER BY
    claim_date DESC, claim_number_a, claim_number_b, relation, measure, party, amount_a, amount_b
