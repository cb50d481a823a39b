-- What articles no longer say: claims that a later revision left out, newest removal first.
-- text VARCHAR: words that the claim holds, all of them
-- claimant VARCHAR: words of the claimant's name
-- since DATE: first day of the removal
-- row_limit INTEGER = 50: rows at most
SELECT
    removed_at, CASE WHEN new_amount IS NULL THEN 'withdrawn' ELSE 'changed' END AS what, claimant,
    measure, amount, new_amount, content_text, outlet, title, first_seen_at, last_seen_at,
    last_revision_id, removed_in_revision_id, canonical_url,
    last_claim_id AS claim_id
FROM removed_figures
WHERE
    NOT is_copy
    AND has_words(content_text, $text) AND has_words(claimant, $claimant)
    AND ($since IS NULL OR removed_at::DATE >= $since::DATE)
ORDER BY removed_at DESC, claim_id
LIMIT $row_limit
