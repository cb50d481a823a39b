-- Articles that were loaded before follow their current revision.
-- Only where known_revisions has rows.

UPDATE core.articles AS t
SET
    current_revision_id = r.revision_id, title = r.title, published_at = r.published_at,
    canonical_url = r.canonical_url, revision_count = h.revision_count
FROM revisions_at_hand AS h
JOIN core.article_revisions AS r
    ON r.revision_id = h.revision_id
    AND r.load_number >= (FROM horizon)
WHERE
    h.article_id = t.article_id AND h.is_current
    AND t.article_id IN (FROM known_articles);
