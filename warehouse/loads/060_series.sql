-- The touched series, followed anew from their reports; written are the figures that changed.
-- Only where touched_series has rows.

CREATE TEMP TABLE followed_figures AS
WITH given AS (
    SELECT
        g.*, coalesce(incident, 0) AS incident,
        row_number() OVER (
            PARTITION BY series_id, incident, first_report.claim_id, is_given
            ORDER BY first_report.ordinal
        ) = 1 AS leads_claim
    FROM given_figures AS g LEFT JOIN incidents USING (series_id, number)
),
-- The first time that a figure is given; told again, it revises nothing, unless it says of which
-- day it is: then a claimant comes back to it.
candidates AS (
    FROM given
    QUALIFY is_dated OR row_number() OVER (
        PARTITION BY series_id, incident, amount, bound ORDER BY number
    ) = 1
),
fresh AS (
    FROM candidates
    WINDOW series AS (PARTITION BY series_id, incident ORDER BY number)
    QUALIFY
        lag(amount) OVER series IS DISTINCT FROM amount
        OR lag(bound) OVER series IS DISTINCT FROM bound
),
-- Of several fresh figures in one article the first is its news, the others are beside it; and so
-- is what stands in one claim after a figure told again. What an edit put in the place of another
-- is news, too.
leads AS (
    FROM fresh
    WHERE leads_claim
    QUALIFY row_number() OVER (
        PARTITION BY
            series_id, incident, figure_date, first_report.article_id, is_given,
            coalesce(list_contains(article_ids, first_report.article_id), false)
        ORDER BY first_report.claim_ordinal, first_report.ordinal
    ) = 1
),
followed AS (
    SELECT
        *, lag(amount) OVER series AS previous_amount, lag(bound) OVER series AS previous_bound,
        lag(figure_date) OVER series AS previous_date, lag(is_total) OVER series AS was_total,
        lag(edited_article_ids) OVER series AS was_in
    FROM leads
    WINDOW series AS (PARTITION BY series_id, incident ORDER BY number)
),
-- What can only grow and is given lower was wrong before: where the words say so, where both are
-- totals, or where an article was edited so.
corrections AS (
    SELECT
        series_id, incident, previous_amount AS amount, previous_bound AS bound,
        max(figure_date) AS corrected_on, max_by(amount, (figure_date, amount)) AS corrected_amount
    FROM followed JOIN touched_series USING (series_id)
    WHERE
        only_grows AND amount < previous_amount AND NOT is_part
        AND (is_correcting OR (is_total AND was_total) OR list_has_any(article_ids, was_in))
    GROUP BY ALL
),
-- What the claimant gave last stands until it gives another one, and is often told again.
held AS (
    SELECT
        g.series_id, g.figure_id, first_value(g.figure_id) OVER series AS event_id,
        last_value(f.amount IGNORE NULLS) OVER series AS last_amount,
        last_value(f.bound IGNORE NULLS) OVER series AS last_bound
    FROM given AS g LEFT JOIN followed AS f USING (series_id, figure_id)
    WINDOW series AS (
        PARTITION BY g.series_id, g.incident ORDER BY g.number ROWS UNBOUNDED PRECEDING
    )
)
SELECT
    g.figure_id, g.series_id, g.figure_date,
    g.is_part OR (n.figure_id IS NOT NULL AND f.figure_id IS NULL) AS is_part,
    f.figure_id IS NOT NULL AS is_new,
    coalesce(g.amount = h.last_amount AND g.bound = h.last_bound, false) AS is_latest, h.event_id,
    f.previous_amount, f.previous_date,
    CASE
        WHEN c.corrected_on IS NOT NULL THEN 'corrected'
        WHEN NOT g.is_told THEN 'withdrawn'
        ELSE 'standing'
    END AS status,
    c.corrected_on, c.corrected_amount
FROM given AS g
JOIN held AS h USING (series_id, figure_id)
LEFT JOIN fresh AS n USING (series_id, figure_id)
LEFT JOIN followed AS f USING (series_id, figure_id)
LEFT JOIN corrections AS c
    ON
        c.series_id = g.series_id AND c.incident = g.incident AND c.amount = g.amount
        AND c.bound = g.bound
        AND g.figure_date <= c.corrected_on
WHERE g.is_given;

CREATE TEMP TABLE figures_before AS
SELECT
    figure_id, series_id, figure_date, is_part, is_new, is_latest, event_id, previous_amount,
    previous_date, status, corrected_on, corrected_amount
FROM core.stated_figures
WHERE series_id IN (SELECT series_id FROM touched_series);

CREATE TEMP TABLE changed_figures AS
SELECT figure_id, series_id, figure_date
FROM (
    SELECT figure_id, series_id, figure_date FROM told_figures
    UNION ALL
    SELECT figure_id, series_id, figure_date FROM (FROM figures_before EXCEPT FROM followed_figures)
    UNION ALL
    SELECT figure_id, series_id, figure_date FROM (FROM followed_figures EXCEPT FROM figures_before)
)
GROUP BY ALL;

DELETE FROM core.stated_figures
WHERE
    figure_date IN (SELECT figure_date FROM changed_figures)
    AND figure_id IN (SELECT figure_id FROM changed_figures);

CREATE TEMP TABLE changed_reports AS
SELECT
    figure_id, series_id, figure_date, claimant_id, side_code, party, measure, change, unit,
    thing, series_scope, is_projected, bound, amount, low_value, high_value, counted,
    verification_status,
    claimed_at, claim_id, claim_number, claim_ordinal, ordinal, outlet_id, article_id, copy_group_id
FROM core.figure_reports
WHERE
    figure_date IN (SELECT figure_date FROM changed_figures)
    AND figure_id IN (SELECT figure_id FROM changed_figures)
ORDER BY rowid;

INSERT INTO core.stated_figures BY NAME
WITH reported AS (
    SELECT
        figure_id, series_id, figure_date, claimant_id,
        mode(side_code ORDER BY side_code) AS side_code,
        party, measure, change, unit, thing, series_scope AS scope, is_projected, bound,
        amount, min(low_value) AS low_value, max(high_value) AS high_value,
        min(claimed_at) AS first_reported_at, max(claimed_at) AS last_reported_at,
        count(DISTINCT article_id) AS report_count,
        count(DISTINCT copy_group_id) AS origin_count,
        count(DISTINCT outlet_id) AS outlet_count,
        max_by(
            verification_status, (verification_status <> 'not_stated', claimed_at, claim_id)
        ) AS verification_status,
        max_by(counted, (claimed_at, claim_id, ordinal)) AS counted,
        min_by(
            {'claim_id': claim_id, 'claim_number': claim_number},
            (claimed_at, claim_ordinal, ordinal, claim_id)
        ) AS first_report
    FROM changed_reports
    GROUP BY ALL
)
SELECT
    r.* EXCLUDE (first_report), r.first_report.claim_id AS claim_id,
    r.first_report.claim_number AS claim_number, f.is_part, f.is_new, f.is_latest, f.event_id,
    f.previous_amount, f.previous_date, r.amount - f.previous_amount AS difference, f.status,
    f.corrected_on, f.corrected_amount
FROM reported AS r JOIN followed_figures AS f USING (figure_id, series_id, figure_date)
ORDER BY r.figure_date, r.measure, r.figure_id;

-- A figure that comes late can change what is new about those of other weeks.
INSERT INTO touched_figures
SELECT DISTINCT date_trunc('week', figure_date)::DATE, measure, party, unit
FROM changed_figures JOIN touched_series USING (series_id);
