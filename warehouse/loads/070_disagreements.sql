-- Who disagrees in touched articles: the claims that they link.
-- Only where touched_articles has rows.

-- Only where known_articles has rows.
DELETE FROM core.disagreements WHERE article_id IN (FROM known_articles);

-- Rivals are linked both ways: the one that comes first in the article is a.
-- Only where followed_claims has rows.
INSERT INTO core.disagreements BY NAME
WITH linked AS (
    SELECT
        l.relation, CASE WHEN is_turned THEN b ELSE a END AS a,
        CASE WHEN is_turned THEN a ELSE b END AS b
    FROM core.claim_links AS l
    JOIN followed_claims AS a ON a.claim_id = l.claim_id
    JOIN followed_claims AS b ON b.claim_id = l.linked_claim_id AND b.article_id = a.article_id
    CROSS JOIN LATERAL (SELECT l.relation = 'rival_of' AND a.ordinal > b.ordinal AS is_turned)
    WHERE
        l.relation IN ('rival_of', 'denies') AND a.is_current AND b.is_current
        AND a.copy_group_id = a.article_id
)
SELECT DISTINCT
    'article' AS basis, relation, a.article_id AS article_id, a.claim_number AS claim_number_a,
    b.claim_number AS claim_number_b, a.claim_id AS claim_id_a, b.claim_id AS claim_id_b,
    a.claimant_id AS claimant_id_a, b.claimant_id AS claimant_id_b,
    CASE WHEN a.claimant_id IS NULL THEN a.claimant_words END AS claimant_words_a,
    CASE WHEN b.claimant_id IS NULL THEN b.claimant_words END AS claimant_words_b,
    a.side_code AS side_code_a, b.side_code AS side_code_b, a.content_text AS content_text_a,
    b.content_text AS content_text_b, a.verification_status AS verification_status,
    a.outlet_id AS outlet_id, greatest(a.claim_date, b.claim_date) AS claim_date
FROM linked
ORDER BY claim_date, claim_number_a, claim_number_b;
