-- Who disagrees: of touched articles the claims that they link, of touched weeks the figures.
-- Only where followed_articles has rows.

DELETE FROM core.disagreements
WHERE article_id IN (FROM followed_articles) OR week_date IN (FROM touched_weeks);

-- Rivals are linked both ways: the one that comes first in the article is a.
CREATE TEMP TABLE linked_claims AS
SELECT DISTINCT
    l.relation, a.article_id,
    CASE WHEN l.relation = 'rival_of' AND a.ordinal > b.ordinal THEN b.claim_number
        ELSE a.claim_number END AS claim_number_a,
    CASE WHEN l.relation = 'rival_of' AND a.ordinal > b.ordinal THEN a.claim_number
        ELSE b.claim_number END AS claim_number_b
FROM core.claim_links AS l
JOIN core.claims AS a ON a.claim_id = l.claim_id
JOIN core.claims AS b ON b.claim_id = l.linked_claim_id
WHERE
    l.relation IN ('rival_of', 'denies') AND a.is_current AND b.is_current
    AND a.copy_group_id = a.article_id AND a.article_id IN (FROM followed_articles);

-- Figures of different articles are about the same thing when both are totals, or when both name
-- the same place; two incidents of one week are no disagreement.
CREATE TEMP TABLE comparable AS
SELECT
    date_trunc('week', f.figure_date)::DATE AS week_date, f.claimant_id, f.party, f.measure,
    f.unit, f.amount, f.claim_number,
    CASE WHEN f.scope = 'cumulative' THEN 'total' ELSE lower(p.name) END AS about
FROM core.stated_figures AS f
JOIN core.claims AS c ON c.claim_number = f.claim_number
LEFT JOIN core.claim_places AS p ON p.claim_id = f.claim_id AND p.role = 'event'
WHERE
    f.is_new AND NOT f.is_part AND c.is_current AND c.copy_group_id = c.article_id
    AND f.change = 'level' AND NOT f.is_projected AND f.party IS NOT NULL
    AND f.measure NOT IN ('count', 'other', 'share', 'money')
    AND (f.scope = 'cumulative' OR p.name IS NOT NULL)
    AND date_trunc('week', f.figure_date)::DATE IN (FROM touched_weeks)
QUALIFY row_number() OVER (
    PARTITION BY week_date, f.claimant_id, f.party, f.measure, f.unit, about
    ORDER BY f.figure_date DESC, f.first_reported_at DESC, f.claim_id
) = 1;

CREATE TEMP TABLE rival_figures AS
SELECT DISTINCT
    x.week_date, x.measure, x.party, x.unit, x.claim_number AS claim_number_a,
    y.claim_number AS claim_number_b, x.amount AS amount_a, y.amount AS amount_b
FROM comparable AS x
JOIN comparable AS y
    ON
        y.week_date = x.week_date AND y.about = x.about AND y.party = x.party
        AND y.measure = x.measure AND y.unit IS NOT DISTINCT FROM x.unit
        AND x.claimant_id <> y.claimant_id
JOIN core.entities AS e ON e.entity_id = x.claimant_id
JOIN core.entities AS f ON f.entity_id = y.claimant_id
WHERE
    e.name < f.name
    AND abs(x.amount - y.amount) > 0.02 * greatest(abs(x.amount), abs(y.amount));

INSERT INTO core.disagreements BY NAME
SELECT
    d.*, greatest(a.claim_date, b.claim_date) AS claim_date, a.claimant_id AS claimant_id_a,
    b.claimant_id AS claimant_id_b
FROM (
    SELECT *, 'article' AS basis FROM linked_claims
    UNION ALL BY NAME
    SELECT *, 'figures' AS basis, 'rival_of' AS relation FROM rival_figures
) AS d
JOIN core.claims AS a ON a.claim_number = d.claim_number_a
JOIN core.claims AS b ON b.claim_number = d.claim_number_b
ORDER BY claim_date, claim_number_a, claim_number_b;
