-- The touched series, followed anew from their reports.
-- Only where touched_series has rows.

CREATE TEMP TABLE figures_before AS
FROM core.stated_figures WHERE series_id IN (FROM touched_series);

DELETE FROM core.stated_figures WHERE series_id IN (FROM touched_series);

INSERT INTO core.stated_figures BY NAME
WITH given AS (
    SELECT
        figure_id, series_id, figure_date, claimant_id, mode(side_code) AS side_code,
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
                'claim_id': claim_id, 'claim_number': claim_number, 'article_id': article_id,
                'claim_ordinal': claim_ordinal,
                'ordinal': ordinal
            },
            (claimed_at, claim_ordinal, ordinal, claim_id)
        ) AS first_report
    FROM core.figure_reports
    WHERE series_id IN (FROM touched_series)
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
    g.figure_date, g.claimant_id, g.side_code, g.party, g.measure, g.change, g.unit,
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
    g.outlet_count, g.first_reported_at, g.last_reported_at,
    g.first_report.claim_id AS claim_id, g.first_report.claim_number AS claim_number,
    g.series_id, g.figure_id
FROM given AS g
LEFT JOIN fresh AS n USING (claimant_id, series_id, figure_id)
LEFT JOIN followed AS f USING (claimant_id, series_id, figure_id)
LEFT JOIN corrections AS c
    ON
        c.claimant_id = g.claimant_id AND c.series_id = g.series_id AND c.amount = g.amount
        AND c.bound = g.bound AND g.figure_date <= c.corrected_on
WHERE g.is_given
ORDER BY g.figure_date, g.measure, g.figure_id;

CREATE TEMP TABLE figures_after AS
FROM core.stated_figures WHERE series_id IN (FROM touched_series);

-- A figure that comes late can change what is new about those of other weeks.
INSERT INTO touched_figures
SELECT DISTINCT date_trunc('week', figure_date)::DATE, measure, party, unit
FROM (
    (FROM figures_before EXCEPT FROM figures_after)
    UNION ALL
    (FROM figures_after EXCEPT FROM figures_before)
);
