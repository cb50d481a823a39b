-- No claim of a touched article is there twice.
-- Only where touched_articles has rows.
SELECT claim_id, count(*) AS copies
FROM core.claims
WHERE
    claim_number >= (SELECT first_claim_number FROM reach)
    AND article_id IN (FROM touched_articles)
GROUP BY claim_id
HAVING count(*) > 1
LIMIT 1
