-- One row a day, claimant and figure that it gave: who reports it, how many tell it of their own,
-- what the claimant gave before, and whether it still stands.
CREATE OR REPLACE VIEW stated_figures AS
WITH given AS (
    SELECT
        figure_id, series_id, figure_date, claimant_id, claimant, mode(side_code) AS side_code,
        party, measure, change, unit, series_scope, thing, is_projected, bound, amount,
        any_value(low_value) AS low_value, any_value(high_value) AS high_value,
        aspect = 'part' AS is_part, bool_or(aspect <> 'previous') AS is_given,
        min(claimed_at) AS first_reported_at, max(claimed_at) AS last_reported_at,
        count(DISTINCT article_id) AS report_count,
        count(DISTINCT copy_group_id) AS origin_count,
        count(DISTINCT outlet_id) AS outlet_count,
        bool_or(is_current AND aspect <> 'previous') AS is_told,
        bool_or(is_correcting AND aspect = 'whole') AS is_correcting,
        bool_or(scope = 'cumulative') AS is_total,
        list_distinct(list(article_id) FILTER (is_current)) AS article_ids,
        list_distinct(list(article_id) FILTER (NOT is_current)) AS edited_article_ids,
        max_by(verification_status, verification_status <> 'not_stated') AS verification_status,
        max_by(counted, claimed_at) AS counted,
        min_by(
            {
                'claim_id': claim_id, 'article_id': article_id, 'claim_ordinal': claim_ordinal,
                'ordinal': ordinal
            },
            (claimed_at, claim_ordinal, ordinal, claim_id)
        ) AS first_report
    FROM figure_reports
    GROUP BY ALL
),
-- The first time that a figure is given; told again, it revises nothing.
fresh AS (
    FROM given
    QUALIFY row_number() OVER (
        PARTITION BY claimant_id, measure, party, series_id, amount, bound
        ORDER BY figure_date, first_reported_at, first_report.claim_ordinal, first_report.ordinal
    ) = 1
),
-- Of several fresh figures in one article the first is its news, the others are beside it.
leads AS (
    FROM fresh
    QUALIFY row_number() OVER (
        PARTITION BY
            claimant_id, measure, party, series_id, figure_date, first_report.article_id, is_given
        ORDER BY first_report.claim_ordinal, first_report.ordinal
    ) = 1
),
followed AS (
    SELECT
        *, lag(amount) OVER series AS previous_amount, lag(bound) OVER series AS previous_bound,
        lag(figure_date) OVER series AS previous_date, lag(is_total) OVER series AS was_total,
        lag(edited_article_ids) OVER series AS was_in
    FROM leads
    WINDOW series AS (
        PARTITION BY claimant_id, measure, party, series_id
        ORDER BY figure_date, first_reported_at, is_given, first_report.claim_id
    )
),
-- What can only grow and is given lower was wrong before: where the words say so, where both are
-- totals, or where an article was edited so.
corrections AS (
    SELECT
        claimant_id, series_id, previous_amount AS amount, previous_bound AS bound,
        max(figure_date) AS corrected_on, max_by(amount, figure_date) AS corrected_amount
    FROM followed
    WHERE
        amount < previous_amount AND NOT is_part AND change = 'level' AND NOT is_projected
        AND measure IN (
            'killed', 'wounded', 'killed_or_wounded', 'captured', 'destroyed', 'arrested',
            'infected'
        )
        AND (is_correcting OR (is_total AND was_total) OR list_has_any(article_ids, was_in))
    GROUP BY ALL
)
SELECT
    g.figure_date, g.claimant, g.side_code, g.party, g.measure, g.change, g.unit,
    g.series_scope AS scope, g.counted, g.is_projected,
    g.is_part OR (n.figure_id IS NOT NULL AND f.figure_id IS NULL) AS is_part,
    f.figure_id IS NOT NULL AS is_new, g.bound, g.amount, g.low_value,
    g.high_value, f.previous_amount, f.previous_date, g.amount - f.previous_amount AS difference,
    CASE
        WHEN c.corrected_on IS NOT NULL THEN 'corrected'
        WHEN NOT g.is_told THEN 'withdrawn'
        ELSE 'standing'
    END AS status,
    c.corrected_on, c.corrected_amount, g.verification_status, g.report_count, g.origin_count,
    g.outlet_count, g.first_reported_at, g.last_reported_at, g.claimant_id, 
    g.first_report.claim_id AS claim_id, g.series_id, g.figure_id
FROM given AS g
LEFT JOIN fresh AS n USING (claimant_id, series_id, figure_id)
LEFT JOIN followed AS f USING (claimant_id, series_id, figure_id)
LEFT JOIN corrections AS c
    ON
        c.claimant_id = g.claimant_id AND c.series_id = g.series_id AND c.amount = g.amount
        AND c.bound = g.bound AND g.figure_date <= c.corrected_on
WHERE g.is_given;
COMMENT ON VIEW stated_figures IS 'One row a day, claimant and figure that it gave: who reports it, what was given before, and whether it still stands.';
COMMENT ON COLUMN stated_figures.figure_date IS 'Day the figure is of: the one that it names, else the day it was said, else of the claim.';
COMMENT ON COLUMN stated_figures.claimant IS 'Its name; a body of a state without the states, where it is called so, too.';
COMMENT ON COLUMN stated_figures.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN stated_figures.party IS 'Whose loss, stock or gain it is: a name or an ISO country code.';
COMMENT ON COLUMN stated_figures.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN stated_figures.change IS 'level, increase or decrease.';
COMMENT ON COLUMN stated_figures.unit IS 'person, item, percent, day and so on; ISO 4217 for money.';
COMMENT ON COLUMN stated_figures.scope IS 'Scope, where it tells two series apart: losses of a side in a war.';
COMMENT ON COLUMN stated_figures.counted IS 'What is counted, as written.';
COMMENT ON COLUMN stated_figures.is_projected IS 'Whether the figure is planned, possible or conditional.';
COMMENT ON COLUMN stated_figures.is_part IS 'Whether it is of something smaller than the series: never in its range.';
COMMENT ON COLUMN stated_figures.is_new IS 'Whether the claimant had not given it before, and it leads its article.';
COMMENT ON COLUMN stated_figures.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN stated_figures.amount IS 'The value, else the middle or the end of the range.';
COMMENT ON COLUMN stated_figures.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN stated_figures.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN stated_figures.previous_amount IS 'The different figure that the claimant gave last before; null where this one was given before.';
COMMENT ON COLUMN stated_figures.previous_date IS 'Day that one is of.';
COMMENT ON COLUMN stated_figures.difference IS 'amount less previous_amount.';
COMMENT ON COLUMN stated_figures.status IS 'standing, corrected (the claimant gave a lower one in its place) or withdrawn (no text that reported it still does).';
COMMENT ON COLUMN stated_figures.corrected_on IS 'Day of the correction.';
COMMENT ON COLUMN stated_figures.corrected_amount IS 'What the claimant gave in its place.';
COMMENT ON COLUMN stated_figures.verification_status IS 'What an article says of the claim: disputed, denied and so on.';
COMMENT ON COLUMN stated_figures.report_count IS 'Articles that report it, an address once.';
COMMENT ON COLUMN stated_figures.origin_count IS 'Independent ones: copies of one text and versions of one address count once.';
COMMENT ON COLUMN stated_figures.outlet_count IS 'Outlets that report it.';
COMMENT ON COLUMN stated_figures.first_reported_at IS 'When it was first published, UTC.';
COMMENT ON COLUMN stated_figures.last_reported_at IS 'When it was last published, UTC.';
COMMENT ON COLUMN stated_figures.claimant_id IS 'Whose figure it is: the claimant, or the body for which a person speaks.';
COMMENT ON COLUMN stated_figures.claim_id IS 'The claim that reports it first.';
COMMENT ON COLUMN stated_figures.series_id IS 'The figures of one claimant for one thing.';
COMMENT ON COLUMN stated_figures.figure_id IS 'Reports of one figure of one day.';
