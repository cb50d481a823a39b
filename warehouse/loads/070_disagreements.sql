-- Who disagrees in touched articles: the claims that they link.
-- Only where touched_articles has rows.

-- Only where known_articles has rows.
DELETE FROM core.disagreements WHERE article_id IN (FROM known_articles);

-- Rivals are linked both ways: the one that comes first in the article is a.
-- Only where followed_claims has rows.
INSERT INTO core.disagreements BY NAME
SELECT DISTINCT
    'article' AS basis, l.relation, article_id,
    CASE WHEN is_turned THEN b.claim_number ELSE a.claim_number END AS claim_number_a,
    CASE WHEN is_turned THEN a.claim_number ELSE b.claim_number END AS claim_number_b,
    CASE WHEN is_turned THEN b.claimant_id ELSE a.claimant_id END AS claimant_id_a,
    CASE WHEN is_turned THEN a.claimant_id ELSE b.claimant_id END AS claimant_id_b,
    greatest(a.claim_date, b.claim_date) AS claim_date
FROM core.claim_links AS l
JOIN followed_claims AS a ON a.claim_id = l.claim_id
JOIN followed_claims AS b USING (article_id)
CROSS JOIN LATERAL (SELECT l.relation = 'rival_of' AND a.ordinal > b.ordinal AS is_turned)
WHERE
    b.claim_id = l.linked_claim_id AND l.relation IN ('rival_of', 'denies')
    AND a.is_current AND b.is_current AND a.copy_group_id = article_id
ORDER BY claim_date, claim_number_a, claim_number_b;
