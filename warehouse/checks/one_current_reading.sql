-- Every touched article has exactly one current revision with exactly one current reading.
SELECT article_id, count(DISTINCT r.revision_id) AS revisions, count(p.parse_id) AS readings
FROM touched_articles
LEFT JOIN core.article_revisions AS r USING (article_id)
LEFT JOIN core.parses AS p ON p.revision_id = r.revision_id AND p.is_current
WHERE r.is_current OR r.is_current IS NULL
GROUP BY article_id
HAVING revisions <> 1 OR readings <> 1
LIMIT 1
