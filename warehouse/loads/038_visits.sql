-- Whether articles are still there, by the visits to their pages: one that could not read the page
-- says nothing of it.
-- Only where new_checks has rows.

UPDATE core.articles AS t
SET
    gone_at = CASE WHEN s.result = 'gone' THEN coalesce(t.gone_at, s.checked_at) END,
    moved_to_url = s.moved_to_url
FROM (
    FROM new_checks
    WHERE result NOT IN ('unreadable', 'failed', 'waiting')
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY checked_at DESC, url_id) = 1
) AS s
WHERE s.article_id = t.article_id;
