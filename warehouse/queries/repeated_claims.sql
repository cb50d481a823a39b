-- What was said again: statements by how many independent origins repeat them.
-- text VARCHAR: words that the claim holds, all of them
-- claimant VARCHAR: words of the claimant's name
-- since DATE: first day that one was last reported on
-- least_origins INTEGER = 2: independent origins at least
-- row_limit INTEGER = 50: rows at most
SELECT
    claimant, content_text, first_claim_date, last_claim_date, report_count, origin_count,
    outlet_count, is_standing, claim_id
FROM statements
WHERE
    origin_count >= $least_origins
    AND has_words(content_text, $text) AND has_words(claimant, $claimant)
    AND ($since IS NULL OR last_claim_date >= $since::DATE)
ORDER BY origin_count DESC, report_count DESC, claim_id
LIMIT $row_limit
