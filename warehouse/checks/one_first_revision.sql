-- Every touched article has exactly one first revision.
-- Only where touched_articles has rows.
SELECT article_id, count(*) FILTER (change = 'first') AS firsts
FROM core.article_revisions
WHERE load_number >= (FROM horizon) AND article_id IN (FROM touched_articles)
GROUP BY article_id
HAVING firsts <> 1
LIMIT 1
