-- The figures of followed articles, and the series and weeks that they stand in.
-- Only where touched_articles has rows.

-- The claims with figures or links of touched articles: those that stand, and those that did before
-- an edit.
CREATE TEMP TABLE followed_claims AS
SELECT
    claim_id, claim_number, claim_date, claimed_at, ordinal, claimant_id, claimant_words,
    speaks_for_id, claimant_type, side_code, cue_lemma, modality, polarity, verification_status,
    content_text, outlet_id, article_id, revision_id, parse_id, copy_group_id, is_current
FROM core.claims
WHERE
    claim_number >= (SELECT first_claim_number FROM reach)
    AND article_id IN (FROM touched_articles)
    AND claim_id IN (
        SELECT claim_id FROM stage_quantities
        UNION ALL
        SELECT claim_id FROM stage_links
        UNION ALL
        SELECT linked_claim_id FROM stage_links
        UNION ALL
        SELECT claim_id FROM known_claims
    )
    AND (
        is_current OR parse_id IN (
            SELECT max_by(parse_id, (p.load_number, parse_id))
            FROM (
                SELECT parse_id, revision_id, load_number FROM known_parses
                UNION ALL
                SELECT parse_id, revision_id, load_number FROM new_parses CROSS JOIN load_counter
            ) AS p
            JOIN revisions_at_hand AS r USING (revision_id)
            WHERE NOT r.is_current
            GROUP BY revision_id
        )
    );

CREATE TEMP TABLE found_figures AS
WITH told AS (
    SELECT
        q.claim_id, c.claim_number, q.ordinal, q.claim_date, c.claimed_at,
        c.ordinal AS claim_ordinal, coalesce(b.same_entity_id, e.entity_id) AS claimant_id,
        c.claimant_id AS speaker_id,
        coalesce(c.side_code, e.side_code) AS side_code, q.party, q.measure, q.change, q.unit,
        q.scope, q.bound, q.value, q.low_value, q.high_value, q.counted,
        coalesce(q.value, (q.low_value + q.high_value) / 2, q.low_value, q.high_value) AS amount,
        least(coalesce(t.as_of_date, t.said_date, q.claim_date), q.claim_date) AS figure_date,
        thing_of(q.measure, q.unit, q.counted) AS thing,
        -- The toll of an accident grows into a total; in a war the day's losses and the total do
        -- not, and there losses are a side's.
        CASE WHEN q.party IS NOT NULL THEN q.scope END AS series_scope,
        c.modality IN ('planned', 'possible', 'conditional') AS is_projected,
        c.cue_lemma IN ('correct', 'lower', 'revise', 'cut', 'trim', 'retract', 'withdraw')
            AS is_correcting,
        CASE
            WHEN coalesce(q.aspect, 'whole') = 'whole' AND row_number() OVER (
                PARTITION BY
                    q.claim_date, q.claim_id, q.measure, q.party, q.unit, q.change,
                    thing_of(q.measure, q.unit, q.counted), coalesce(q.aspect, 'whole')
                ORDER BY q.ordinal
            ) > 1 AND q.measure NOT IN ('count', 'other', 'share', 'money') THEN 'part'
            ELSE coalesce(q.aspect, 'whole')
        END AS aspect,
        c.verification_status, c.claimant_type, c.content_text, c.outlet_id, c.article_id,
        c.revision_id, c.parse_id, c.copy_group_id, c.is_current
    FROM core.claim_quantities AS q
    JOIN followed_claims AS c ON c.claim_id = q.claim_id AND c.claim_date = q.claim_date
    JOIN core.entities AS e ON e.entity_id = coalesce(c.speaks_for_id, c.claimant_id)
    LEFT JOIN bodies AS b ON b.entity_id = e.entity_id
    LEFT JOIN (
        SELECT
            claim_id,
            max(from_at) FILTER (role = 'utterance')::DATE AS said_date,
            max(from_at) FILTER (role = 'as_of')::DATE AS as_of_date
        FROM (
            SELECT claim_id, from_at, role, precision
            FROM stage_times SEMI JOIN new_claims USING (claim_id)
            UNION ALL
            SELECT claim_id, from_at, role, precision
            FROM core.claim_times
            SEMI JOIN (FROM known_claims WHERE article_id IN (FROM known_articles)) USING (claim_id)
        )
        WHERE role IN ('utterance', 'as_of') AND precision IN ('minute', 'hour', 'day')
        GROUP BY claim_id
    ) AS t ON t.claim_id = q.claim_id
    WHERE
        c.polarity = 'affirmative' OR q.value = 0
),
identified AS (
    SELECT
        *,
        (md5_number_lower([
            claimant_id::VARCHAR, party, measure, change, unit, thing, series_scope,
            is_projected::VARCHAR, (aspect = 'part')::VARCHAR
        ]::VARCHAR) >> 1)::BIGINT AS series_id
    FROM told
    WHERE amount IS NOT NULL
)
SELECT
    i.* EXCLUDE (parse_id, claimant_type),
    (md5_number_lower([
        series_id::VARCHAR, figure_date::VARCHAR, bound, amount::VARCHAR
    ]::VARCHAR) >> 1)::BIGINT AS figure_id
FROM identified AS i
-- A headline that gives a body's figure to its state repeats it.
ANTI JOIN (
    SELECT parse_id, measure, amount, side_code FROM identified WHERE claimant_type <> 'place'
) AS own
    ON
        i.claimant_type = 'place' AND own.parse_id = i.parse_id AND own.measure = i.measure
        AND own.amount = i.amount AND coalesce(own.side_code, i.side_code) = i.side_code;

CREATE TEMP TABLE told_figures AS
SELECT
    figure_id, series_id, figure_date, measure, party, unit, change, is_projected, series_scope
FROM core.figure_reports
WHERE
    claim_number >= (SELECT first_claim_number FROM reach)
    AND article_id IN (FROM known_articles)
UNION
SELECT
    figure_id, series_id, figure_date, measure, party, unit, change, is_projected, series_scope
FROM found_figures;

-- What a new rule touches: as it was followed before, and as its reports are now.
CREATE TEMP TABLE stale_series AS FROM core.stale_series;

-- Only where stale_series has rows.
INSERT INTO told_figures
SELECT
    figure_id, series_id, figure_date, measure, party, unit, change, is_projected, series_scope
FROM core.figure_reports
WHERE series_id IN (FROM stale_series)
UNION
SELECT figure_id, series_id, figure_date, measure, party, unit, change, is_projected, scope
FROM core.stated_figures
WHERE series_id IN (FROM stale_series);

-- Only where stale_series has rows.
DELETE FROM core.stale_series;

INSERT INTO touched_series
SELECT DISTINCT
    series_id, measure, party, unit,
    change = 'level' AND NOT is_projected AND measure IN (
        'killed', 'wounded', 'killed_or_wounded', 'captured', 'destroyed', 'arrested', 'infected'
    ) AS only_grows,
    coalesce(series_scope = 'cumulative', false) AS is_side_total
FROM told_figures;

-- What is compared in a week.
INSERT INTO touched_figures
SELECT DISTINCT date_trunc('week', figure_date)::DATE, measure, party, unit
FROM told_figures;

-- Only where known_articles has rows.
DELETE FROM core.figure_reports WHERE article_id IN (FROM known_articles);

-- Only where found_figures has rows.
INSERT INTO core.figure_reports BY NAME
FROM found_figures ORDER BY figure_date, measure, claim_id, ordinal;
