-- What is destroyed or captured is told apart by what it is: tanks are no correction of ships. And
-- of every figure is known of which event it is, and whether it is what the claimant gave last.

-- DuckDB 1.5 alters no table that the same transaction has updated.
ALTER TABLE core.stated_figures ADD COLUMN thing VARCHAR;
COMMENT ON COLUMN core.stated_figures.thing IS 'What is counted, where the measure does not say it; lower case.';
ALTER TABLE core.stated_figures ADD COLUMN is_latest BOOLEAN;
COMMENT ON COLUMN core.stated_figures.is_new IS 'Whether the claimant gives it for the first time, or comes back to it on a day that it names, and it leads its article.';
COMMENT ON COLUMN core.stated_figures.is_latest IS 'Whether it is new, or what the claimant gave last of the event, told again.';
ALTER TABLE core.stated_figures ADD COLUMN event_id BIGINT;
COMMENT ON COLUMN core.stated_figures.event_id IS 'Figures of one event: those that may follow one another; null where a series was followed before they were told apart.';
UPDATE core.stated_figures
SET
    is_latest = is_new,
    thing = CASE
        WHEN
            measure IN ('count', 'other', 'share', 'money')
            OR (measure IN ('destroyed', 'captured') AND unit IS DISTINCT FROM 'person')
            THEN lower(counted)
    END;

CREATE TABLE core.stale_series (
    series_id BIGINT NOT NULL
);
COMMENT ON TABLE core.stale_series IS 'One row a series of figures that a new rule touches: the next load of an article follows it anew.';
COMMENT ON COLUMN core.stale_series.series_id IS 'The series, as in core.figure_reports or core.stated_figures.';

INSERT INTO core.stale_series
SELECT DISTINCT series_id FROM core.stated_figures;

-- Of several figures of one thing in a claim the first is the whole, as before: but of one thing.
CREATE TEMP TABLE told_things AS
SELECT
    claim_id, claim_quantities.ordinal, lower(counted) AS thing,
    coalesce(aspect, 'whole') = 'whole' AND row_number() OVER (
        PARTITION BY
            claim_id, measure, party, unit, change, lower(counted), coalesce(aspect, 'whole')
        ORDER BY claim_quantities.ordinal
    ) = 1 AS is_whole
FROM core.claim_quantities JOIN core.claims USING (claim_id)
WHERE
    measure IN ('destroyed', 'captured') AND unit IS DISTINCT FROM 'person'
    AND (polarity = 'affirmative' OR value = 0);

UPDATE core.figure_reports
SET
    thing = t.thing,
    aspect = CASE WHEN t.is_whole THEN 'whole' ELSE core.figure_reports.aspect END
FROM told_things AS t
WHERE
    t.claim_id = core.figure_reports.claim_id AND t.ordinal = core.figure_reports.ordinal;

DROP TABLE told_things;

UPDATE core.figure_reports
SET
    series_id = (md5_number_lower([
        claimant_id::VARCHAR, party, measure, change, unit, thing, series_scope,
        is_projected::VARCHAR, (aspect = 'part')::VARCHAR
    ]::VARCHAR) >> 1)::BIGINT
WHERE measure IN ('destroyed', 'captured') AND unit IS DISTINCT FROM 'person';

UPDATE core.figure_reports
SET
    figure_id = (md5_number_lower([
        series_id::VARCHAR, figure_date::VARCHAR, bound, amount::VARCHAR
    ]::VARCHAR) >> 1)::BIGINT
WHERE measure IN ('destroyed', 'captured') AND unit IS DISTINCT FROM 'person';

INSERT INTO core.stale_series
SELECT DISTINCT series_id
FROM core.figure_reports
WHERE measure IN ('destroyed', 'captured') AND unit IS DISTINCT FROM 'person';
