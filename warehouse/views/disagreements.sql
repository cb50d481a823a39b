-- One row a pair of claims that disagree: linked in one article, or two claimants with different
-- totals, or figures for one place, in one week.
CREATE OR REPLACE VIEW disagreements AS
WITH linked AS (
    -- Rivals are linked both ways: the one that comes first in the article is a.
    SELECT DISTINCT
        'article' AS basis, l.relation,
        CASE WHEN l.relation = 'rival_of' AND a.ordinal > b.ordinal THEN b.claim_id
            ELSE a.claim_id END AS claim_id_a,
        CASE WHEN l.relation = 'rival_of' AND a.ordinal > b.ordinal THEN a.claim_id
            ELSE b.claim_id END AS claim_id_b,
        NULL AS measure, NULL AS party, NULL AS unit, NULL AS amount_a, NULL AS amount_b
    FROM core.claim_links AS l
    JOIN core.claims AS a ON a.claim_id = l.claim_id
    JOIN core.claims AS b ON b.claim_id = l.linked_claim_id
    WHERE l.relation IN ('rival_of', 'denies')
),
-- Figures of different articles are about the same thing when both are totals, or when both name
-- the same place; two incidents of one week are no disagreement.
comparable AS (
    SELECT
        f.claim_id, f.said_date, f.claimant, f.party, f.measure, f.unit, f.amount,
        date_trunc('week', f.said_date)::DATE AS week,
        CASE WHEN f.scope = 'cumulative' THEN 'total' ELSE lower(p.name) END AS about
    FROM figure_history AS f
    LEFT JOIN core.claim_places AS p ON p.claim_id = f.claim_id AND p.role = 'event'
    WHERE
        f.change = 'level' AND NOT f.is_projected AND f.party IS NOT NULL
        AND f.measure NOT IN ('count', 'other', 'share', 'money')
        AND (f.scope = 'cumulative' OR p.name IS NOT NULL)
    QUALIFY row_number() OVER (
        PARTITION BY week, claimant, party, measure, unit, about
        ORDER BY f.said_date DESC, f.claimed_at DESC, f.claim_id
    ) = 1
),
rivals AS (
    SELECT DISTINCT
        'figures', 'rival_of', x.claim_id, y.claim_id, x.measure, x.party, x.unit, x.amount,
        y.amount
    FROM comparable AS x
    JOIN comparable AS y
        ON
            y.week = x.week AND y.about = x.about AND y.party = x.party
            AND y.measure = x.measure AND y.unit IS NOT DISTINCT FROM x.unit
            AND x.claimant < y.claimant
    WHERE abs(x.amount - y.amount) > 0.02 * greatest(abs(x.amount), abs(y.amount))
)
SELECT
    greatest(a.claim_date, b.claim_date) AS claim_date, d.basis, d.relation,
    a.claimant AS claimant_a, a.side_code AS side_code_a, d.amount_a,
    a.content_text AS content_text_a, b.claimant AS claimant_b, b.side_code AS side_code_b,
    d.amount_b, b.content_text AS content_text_b, d.measure, d.party, d.unit,
    a.verification_status, a.outlet, d.claim_id_a, d.claim_id_b
FROM (FROM linked UNION ALL FROM rivals) AS d
JOIN claims AS a ON a.claim_id = d.claim_id_a
JOIN claims AS b ON b.claim_id = d.claim_id_b
WHERE NOT a.is_copy AND NOT b.is_copy;
COMMENT ON VIEW disagreements IS 'One row a pair of claims that disagree: linked in one article, or two claimants with different totals, or figures for one place, in one week. Warnings: hearsay, machine, parties.';
COMMENT ON COLUMN disagreements.claim_date IS 'Day of the later claim.';
COMMENT ON COLUMN disagreements.basis IS 'article: linked by one article. figures: different figures for the same thing in one week.';
COMMENT ON COLUMN disagreements.relation IS 'rival_of, or denies (the first denies the second).';
COMMENT ON COLUMN disagreements.claimant_a IS 'Who makes the first claim.';
COMMENT ON COLUMN disagreements.side_code_a IS 'State the first speaks for.';
COMMENT ON COLUMN disagreements.amount_a IS 'Figure of the first, where figures are compared.';
COMMENT ON COLUMN disagreements.content_text_a IS 'Words of the first.';
COMMENT ON COLUMN disagreements.claimant_b IS 'Who makes the second claim.';
COMMENT ON COLUMN disagreements.side_code_b IS 'State the second speaks for.';
COMMENT ON COLUMN disagreements.amount_b IS 'Figure of the second, where figures are compared.';
COMMENT ON COLUMN disagreements.content_text_b IS 'Words of the second.';
COMMENT ON COLUMN disagreements.measure IS 'What the figures measure.';
COMMENT ON COLUMN disagreements.party IS 'Whose loss, stock or gain they are.';
COMMENT ON COLUMN disagreements.unit IS 'Unit of the figures.';
COMMENT ON COLUMN disagreements.verification_status IS 'What the first claim''s article says of it.';
COMMENT ON COLUMN disagreements.outlet IS 'Outlet of the first claim.';
COMMENT ON COLUMN disagreements.claim_id_a IS 'The first claim.';
COMMENT ON COLUMN disagreements.claim_id_b IS 'The second claim.';
