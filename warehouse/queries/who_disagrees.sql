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
)
SELECT
    claim_date, relation, coalesce(a.name, claimant_words_a) AS claimant_a, side_code_a, amount_a,
    content_text_a, coalesce(b.name, claimant_words_b) AS claimant_b, side_code_b, amount_b,
    content_text_b, party, measure, verification_status, claim_id_a, claim_id_b
FROM newest
LEFT JOIN core.entities AS a ON a.entity_id = claimant_id_a
LEFT JOIN core.entities AS b ON b.entity_id = claimant_id_b
ORDER BY
    claim_date DESC, claim_number_a, claim_number_b, relation, measure, party, amount_a, amount_b
