-- One row a figure in a claim, those that a later revision left out included: who gave it, of
-- which day it is, and which reports of it are one (figure_id) and which figures follow one another
-- (series_id). Of several figures for one thing in a claim the first is the whole.
CREATE OR REPLACE VIEW figure_reports AS
WITH superseded AS (
    SELECT max_by(parse_id, (load_number, parse_id)) AS parse_id
    FROM core.parses
    WHERE revision_id IN (SELECT revision_id FROM core.article_revisions WHERE NOT is_current)
    GROUP BY revision_id
),
told AS (
    SELECT
        q.claim_id, q.ordinal, q.claim_date, c.claimed_at, c.ordinal AS claim_ordinal,
        coalesce(b.same_entity_id, e.entity_id) AS claimant_id,
        coalesce(b.same_name, e.name) AS claimant, c.claimant_id AS speaker_id,
        coalesce(c.side_code, e.side_code) AS side_code, q.party, q.measure, q.change, q.unit,
        q.scope, q.bound, q.value, q.low_value, q.high_value, q.counted,
        coalesce(q.value, (q.low_value + q.high_value) / 2, q.low_value, q.high_value) AS amount,
        least(coalesce(t.as_of_date, t.said_date, q.claim_date), q.claim_date) AS figure_date,
        lower(CASE WHEN q.measure IN ('count', 'other', 'share', 'money') THEN q.counted END)
            AS thing,
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
                    coalesce(q.aspect, 'whole')
                ORDER BY q.ordinal
            ) > 1 AND q.measure NOT IN ('count', 'other', 'share', 'money') THEN 'part'
            ELSE coalesce(q.aspect, 'whole')
        END AS aspect,
        c.verification_status, c.claimant_type, c.content_text, c.outlet_id, c.article_id,
        c.revision_id, c.parse_id, c.copy_group_id, c.is_current
    FROM core.claim_quantities AS q
    JOIN core.claims AS c ON c.claim_id = q.claim_id AND c.claim_date = q.claim_date
    JOIN core.entities AS e ON e.entity_id = coalesce(c.speaks_for_id, c.claimant_id)
    LEFT JOIN bodies AS b ON b.entity_id = e.entity_id
    LEFT JOIN (
        SELECT
            claim_id,
            max(from_at) FILTER (role = 'utterance')::DATE AS said_date,
            max(from_at) FILTER (role = 'as_of')::DATE AS as_of_date
        FROM core.claim_times
        WHERE role IN ('utterance', 'as_of') AND precision IN ('minute', 'hour', 'day')
        GROUP BY claim_id
    ) AS t ON t.claim_id = q.claim_id
    WHERE
        (c.is_current OR c.parse_id IN (SELECT parse_id FROM superseded))
        AND (c.polarity = 'affirmative' OR q.value = 0)
),
identified AS (
    SELECT
        *,
        hash(
            claimant_id, party, measure, change, unit, thing, series_scope, is_projected,
            aspect = 'part'
        ) AS series_id
    FROM told
    WHERE amount IS NOT NULL
)
SELECT
    i.* EXCLUDE (parse_id, claimant_type), hash(series_id, figure_date, bound, amount) AS figure_id,
    o.name AS outlet, a.title, a.canonical_url
FROM identified AS i
JOIN core.articles AS a ON a.article_id = i.article_id
JOIN core.outlets AS o ON o.outlet_id = i.outlet_id
-- A headline that gives a body's figure to its state repeats it.
ANTI JOIN (
    SELECT parse_id, measure, amount, side_code FROM identified WHERE claimant_type <> 'place'
) AS own
    ON
        i.claimant_type = 'place' AND own.parse_id = i.parse_id AND own.measure = i.measure
        AND own.amount = i.amount AND coalesce(own.side_code, i.side_code) = i.side_code;
COMMENT ON VIEW figure_reports IS 'One row a figure in a claim, those that a later revision left out included: whose it is, of which day, and which reports of it are one.';
COMMENT ON COLUMN figure_reports.claim_id IS 'Claim the figure stands in.';
COMMENT ON COLUMN figure_reports.ordinal IS 'Position among the claim''s figures, from 0.';
COMMENT ON COLUMN figure_reports.claim_date IS 'Day of the claim.';
COMMENT ON COLUMN figure_reports.claimed_at IS 'When the outlet first published the claim, UTC.';
COMMENT ON COLUMN figure_reports.claim_ordinal IS 'Position of the claim in its article, from 0.';
COMMENT ON COLUMN figure_reports.claimant_id IS 'Whose figure it is: the claimant, or the body for which a person speaks.';
COMMENT ON COLUMN figure_reports.claimant IS 'Its name; a body of a state without the states, where it is called so, too.';
COMMENT ON COLUMN figure_reports.speaker_id IS 'Who said it.';
COMMENT ON COLUMN figure_reports.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN figure_reports.party IS 'Whose loss, stock or gain it is: a name or an ISO country code.';
COMMENT ON COLUMN figure_reports.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN figure_reports.change IS 'level, increase or decrease.';
COMMENT ON COLUMN figure_reports.unit IS 'person, item, percent, day and so on; ISO 4217 for money.';
COMMENT ON COLUMN figure_reports.scope IS 'incident or cumulative, where that is clear.';
COMMENT ON COLUMN figure_reports.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN figure_reports.value IS 'The number, in the unit.';
COMMENT ON COLUMN figure_reports.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN figure_reports.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN figure_reports.counted IS 'What is counted, as written.';
COMMENT ON COLUMN figure_reports.amount IS 'The value, else the middle or the end of the range.';
COMMENT ON COLUMN figure_reports.figure_date IS 'Day the figure is of: the one that it names, else the day it was said, else of the claim.';
COMMENT ON COLUMN figure_reports.thing IS 'What is counted, where the measure does not say it; lower case.';
COMMENT ON COLUMN figure_reports.series_scope IS 'Scope, where it tells two series apart: losses of a side in a war.';
COMMENT ON COLUMN figure_reports.is_projected IS 'Whether the figure is planned, possible or conditional.';
COMMENT ON COLUMN figure_reports.is_correcting IS 'Whether the words say that a figure is corrected or lowered.';
COMMENT ON COLUMN figure_reports.aspect IS 'whole, part (of something smaller, which is no figure of the series) or previous (replaced by the claims own).';
COMMENT ON COLUMN figure_reports.verification_status IS 'What the article says of the claim.';
COMMENT ON COLUMN figure_reports.content_text IS 'The words claimed.';
COMMENT ON COLUMN figure_reports.outlet_id IS 'Outlet.';
COMMENT ON COLUMN figure_reports.article_id IS 'Article: an address counts once.';
COMMENT ON COLUMN figure_reports.revision_id IS 'Revision it stands in.';
COMMENT ON COLUMN figure_reports.copy_group_id IS 'Copy group of the article: an origin counts once.';
COMMENT ON COLUMN figure_reports.is_current IS 'Whether the article still says it.';
COMMENT ON COLUMN figure_reports.series_id IS 'The figures of one claimant for one thing.';
COMMENT ON COLUMN figure_reports.figure_id IS 'Reports of one figure of one day.';
COMMENT ON COLUMN figure_reports.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN figure_reports.title IS 'Title of the article.';
COMMENT ON COLUMN figure_reports.canonical_url IS 'Address of the article.';
