-- Who said it first: of each claimant the earliest claim with these words.
-- text VARCHAR: words that the claim holds, all of them
-- claimant VARCHAR: words of the claimant's name
-- row_limit INTEGER = 20: rows at most
SELECT
    claimed_at, claimant, side_code, content_text, outlet, title, verification_status, claim_id
FROM claims
WHERE
    claimant IS NOT NULL AND NOT is_copy AND kind <> 'status_statement'
    AND has_words(content_text, $text) AND has_words(claimant, $claimant)
QUALIFY row_number() OVER (PARTITION BY claimant ORDER BY claimed_at, article_id, ordinal) = 1
ORDER BY claimed_at, article_id, ordinal
LIMIT $row_limit
