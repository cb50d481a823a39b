-- Every touched article has exactly one current revision with exactly one current reading.
-- Only where touched_articles has rows.
SELECT article_id, count(DISTINCT r.revision_id) AS revisions, count(p.parse_id) AS readings
FROM touched_articles
LEFT JOIN (
    FROM core.article_revisions WHERE is_current AND load_number >= (FROM horizon)
) AS r USING (article_id)
LEFT JOIN (
    FROM core.parses WHERE is_current AND load_number >= (FROM horizon)
) AS p ON p.revision_id = r.revision_id
GROUP BY article_id
HAVING revisions <> 1 OR readings <> 1
LIMIT 1
