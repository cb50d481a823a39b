-- Who is quoted most: claimants by the stories that carry a claim of theirs.
-- text VARCHAR: words that the claim or its article's title hold, all of them
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 20: rows at most
WITH stories AS (
    SELECT count(DISTINCT copy_group_id) AS total
    FROM core.article_days
    WHERE
        ($since IS NULL OR article_date >= $since::DATE)
        AND ($until IS NULL OR article_date <= $until::DATE)
)
SELECT
    claimant, mode(claimant_type) AS claimant_type, mode(side_code) AS side_code,
    count(DISTINCT copy_group_id) AS story_count,
    count(DISTINCT (copy_group_id, statement_id)) AS claim_count,
    count(DISTINCT outlet) AS outlet_count,
    round(100.0 * count(DISTINCT copy_group_id) / any_value(total), 2) AS share_pct,
    min(claim_date) AS first_claim_date, max(claim_date) AS last_claim_date
FROM claims CROSS JOIN stories
WHERE
    claimant_id IS NOT NULL AND kind <> 'status_statement'
    AND has_words(concat_ws(' ', title, content_text), $text)
    AND ($since IS NULL OR claim_date >= $since::DATE)
    AND ($until IS NULL OR claim_date <= $until::DATE)
GROUP BY claimant
ORDER BY story_count DESC, claim_count DESC, claimant
LIMIT $row_limit
