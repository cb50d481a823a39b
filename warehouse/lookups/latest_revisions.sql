-- One row an article of these that is known: its current revision, and the ids of all it ever had.
-- article_ids BIGINT[]: the articles
SELECT r.*, h.revision_ids
FROM core.article_revisions AS r
JOIN (
    SELECT article_id, list(revision_id ORDER BY revision_id) AS revision_ids
    FROM core.article_revisions
    WHERE article_id IN (SELECT unnest($article_ids::BIGINT[]))
    GROUP BY article_id
) AS h ON h.article_id = r.article_id
WHERE r.is_current
