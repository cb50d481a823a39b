-- Who disagrees: claims that rival or deny each other.
-- text VARCHAR: words that either claim holds, all of them
-- claimant VARCHAR: words of either claimant's name
-- measure VARCHAR: what the figures measure, such as killed
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 50: rows at most
SELECT
    claim_date, relation, claimant_a, side_code_a, amount_a, content_text_a, claimant_b,
    side_code_b, amount_b, content_text_b, party, measure, verification_status, claim_id_a,
    claim_id_b
FROM disagreements
WHERE
    has_words(concat_ws(' ', content_text_a, content_text_b), $text)
    AND has_words(concat_ws(' ', claimant_a, claimant_b), $claimant)
    AND ($measure IS NULL OR measure = $measure)
    AND ($since IS NULL OR claim_date >= $since::DATE)
    AND ($until IS NULL OR claim_date <= $until::DATE)
ORDER BY claim_date DESC, claim_id_a, claim_id_b
LIMIT $row_limit
