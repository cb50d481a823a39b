-- Which articles were changed, taken down or moved after they were first seen, newest first.
-- since DATE: first day of the change
-- until DATE: last day of the change
-- outlet VARCHAR: words of the outlet's name
-- change VARCHAR: text, title, text_and_title, text_restored, gone, back or redirected
-- row_limit INTEGER = 50: rows at most
SELECT
    changed_at, change, outlet, title, previous_title, char_count_difference, moved_to_url,
    canonical_url, article_id, revision_id, previous_revision_id
FROM article_changes
WHERE
    has_words(outlet, $outlet) AND ($change IS NULL OR change = $change)
    AND ($since IS NULL OR changed_at::DATE >= $since::DATE)
    AND ($until IS NULL OR changed_at::DATE <= $until::DATE)
ORDER BY changed_at DESC, article_id, change
LIMIT $row_limit
