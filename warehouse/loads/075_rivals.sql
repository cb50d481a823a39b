-- Who disagrees across articles: the figures that are compared with touched ones.
-- Only where touched_figures has rows.

CREATE TEMP TABLE rival_days AS
SELECT DISTINCT week_date + day AS figure_date
FROM touched_figures CROSS JOIN (SELECT unnest(range(7))::INTEGER AS day);

CREATE TEMP TABLE rivals AS
SELECT
    t.week_date, f.claimant_id, f.party, f.measure, f.unit, f.thing, f.scope, f.amount,
    f.figure_date, f.first_reported_at, f.claim_id, f.claim_number, f.figure_id
FROM core.stated_figures AS f
JOIN touched_figures AS t
    ON
        t.week_date = date_trunc('week', f.figure_date)::DATE AND t.measure = f.measure
        AND t.party IS NOT DISTINCT FROM f.party AND t.unit IS NOT DISTINCT FROM f.unit
WHERE
    f.figure_date IN (FROM rival_days) AND f.is_new AND NOT f.is_part AND f.change = 'level'
    AND NOT f.is_projected AND f.measure NOT IN ('count', 'other', 'share', 'money');

-- Figures of different articles are about the same thing when both are a side's totals, or when
-- both name the same place; two incidents of one week are no disagreement. Where nobody says whose
-- loss it is, both must be of one day, too, and a state is too wide a place.
CREATE TEMP TABLE comparable AS
WITH days AS MATERIALIZED (
    SELECT claim_id, min(from_at)::DATE AS event_date
    FROM core.claim_times
    WHERE
        claim_id IN (SELECT claim_id FROM rivals WHERE party IS NULL) AND role = 'event'
        AND precision IN ('minute', 'hour', 'day')
    GROUP BY claim_id
),
placed AS MATERIALIZED (
    SELECT
        f.*, lower(p.name) AS place, coalesce(d.event_date, f.figure_date) AS event_date,
        party IS NOT NULL AND scope IS NOT DISTINCT FROM 'cumulative' AS is_total
    FROM rivals AS f
    LEFT JOIN core.claim_places AS p ON p.claim_id = f.claim_id AND p.role = 'event'
    LEFT JOIN days AS d ON d.claim_id = f.claim_id
    WHERE is_total OR (place IS NOT NULL AND (party IS NOT NULL OR NOT is_wide(place)))
),
reports AS MATERIALIZED (
    SELECT claim_number, figure_id, claim_date, speaker_id
    FROM core.figure_reports
    WHERE
        figure_date IN (FROM rival_days) AND figure_id IN (SELECT figure_id FROM placed)
        AND is_current AND copy_group_id = article_id
)
SELECT
    f.week_date, f.claimant_id, e.name AS claimant, f.party, f.measure, f.unit, f.thing, f.amount,
    f.claim_number, r.claim_date, r.speaker_id,
    CASE
        WHEN is_total THEN 'total'
        WHEN party IS NULL THEN place || ' ' || event_date
        ELSE place
    END AS about
FROM placed AS f
JOIN reports AS r ON r.claim_number = f.claim_number AND r.figure_id = f.figure_id
JOIN core.entities AS e ON e.entity_id = f.claimant_id
QUALIFY row_number() OVER (
    PARTITION BY f.week_date, f.claimant_id, f.party, f.measure, f.unit, f.thing, about
    ORDER BY f.figure_date DESC, f.first_reported_at DESC, f.claim_id
) = 1;

CREATE TEMP TABLE rival_links AS
SELECT DISTINCT
    'figures' AS basis, 'rival_of' AS relation, x.week_date, x.measure, x.party, x.unit,
    x.claim_number AS claim_number_a, y.claim_number AS claim_number_b,
    x.amount AS amount_a, y.amount AS amount_b, x.speaker_id AS claimant_id_a,
    y.speaker_id AS claimant_id_b, greatest(x.claim_date, y.claim_date) AS claim_date
FROM comparable AS x
JOIN comparable AS y
    ON
        y.week_date = x.week_date AND y.about = x.about
        AND y.party IS NOT DISTINCT FROM x.party
        AND y.measure = x.measure AND y.unit IS NOT DISTINCT FROM x.unit
        AND y.thing IS NOT DISTINCT FROM x.thing AND x.claimant_id <> y.claimant_id
WHERE
    x.claimant < y.claimant
    AND abs(x.amount - y.amount) > 0.02 * greatest(abs(x.amount), abs(y.amount));

CREATE TEMP TABLE rival_links_before AS
SELECT
    basis, relation, week_date, measure, party, unit, claim_number_a, claim_number_b, amount_a,
    amount_b, claimant_id_a, claimant_id_b, claim_date
FROM core.disagreements AS d
SEMI JOIN touched_figures AS t
    ON
        t.week_date = d.week_date AND t.measure = d.measure
        AND t.party IS NOT DISTINCT FROM d.party AND t.unit IS NOT DISTINCT FROM d.unit
WHERE basis = 'figures';

DELETE FROM core.disagreements AS d
USING (FROM rival_links_before EXCEPT FROM rival_links) AS s
WHERE
    d.week_date = s.week_date AND d.claim_number_a = s.claim_number_a
    AND d.claim_number_b = s.claim_number_b AND d.measure = s.measure
    AND d.party IS NOT DISTINCT FROM s.party
    AND d.unit IS NOT DISTINCT FROM s.unit AND d.amount_a = s.amount_a
    AND d.amount_b = s.amount_b;

CREATE TEMP TABLE new_rival_links AS FROM rival_links EXCEPT FROM rival_links_before;

-- Only where new_rival_links has rows.
INSERT INTO core.disagreements BY NAME
WITH reports AS MATERIALIZED (
    SELECT DISTINCT
        claim_number, claim_id, side_code, content_text, verification_status, outlet_id
    FROM core.figure_reports
    WHERE
        figure_date IN (FROM rival_days) AND claim_number IN (
            SELECT unnest([claim_number_a, claim_number_b]) FROM new_rival_links
        )
)
SELECT
    n.*, a.claim_id AS claim_id_a, b.claim_id AS claim_id_b, a.side_code AS side_code_a,
    b.side_code AS side_code_b, a.content_text AS content_text_a,
    b.content_text AS content_text_b, a.verification_status, a.outlet_id
FROM new_rival_links AS n
JOIN reports AS a ON a.claim_number = claim_number_a
JOIN reports AS b ON b.claim_number = claim_number_b
ORDER BY claim_date, claim_number_a, claim_number_b;
