-- Which figures of a touched series are of one event: a claimant counts the dead of many. Without a
-- sign that it is of an event told before, a figure is of its own.
-- Only where touched_series has rows.

CREATE TEMP TABLE series_reports AS
SELECT
    series_id, figure_id, figure_date, bound, amount, aspect, scope, is_current, is_correcting,
    claimed_at, claim_id, claim_ordinal, ordinal, article_id, copy_group_id, rowid AS report
FROM core.figure_reports
WHERE series_id IN (SELECT series_id FROM touched_series);

CREATE TEMP TABLE given_figures AS
WITH dated AS (
    SELECT DISTINCT claim_id
    FROM core.claim_times SEMI JOIN series_reports USING (claim_id)
    WHERE role = 'as_of' AND precision IN ('minute', 'hour', 'day')
),
given AS (
    SELECT
        figure_id, series_id, figure_date, bound, amount, aspect = 'part' AS is_part,
        bool_or(aspect <> 'previous') AS is_given, min(claimed_at) AS first_reported_at,
        bool_or(is_current AND aspect <> 'previous') AS is_told,
        bool_or(is_correcting AND aspect = 'whole') AS is_correcting,
        bool_or(scope = 'cumulative') AS is_total, bool_or(d.claim_id IS NOT NULL) AS is_dated,
        list(article_id) FILTER (is_current) AS article_ids,
        list(article_id) FILTER (NOT is_current) AS edited_article_ids,
        list(DISTINCT copy_group_id) AS copy_group_ids,
        min_by(
            {
                'claim_id': r.claim_id, 'claim_ordinal': claim_ordinal, 'ordinal': ordinal,
                'article_id': article_id
            },
            (claimed_at, claim_ordinal, ordinal, r.claim_id)
        ) AS first_report
    FROM series_reports AS r LEFT JOIN dated AS d ON d.claim_id = r.claim_id
    GROUP BY ALL
)
SELECT *, row_number() OVER (
    PARTITION BY series_id
    ORDER BY
        figure_date, first_reported_at, is_given, first_report.claim_ordinal,
        first_report.ordinal, first_report.claim_id, figure_id
) AS number
FROM given;

-- The total of a side in a war is one thing, however long it is counted.
CREATE TEMP TABLE figures_of_events AS
SELECT g.*, only_grows
FROM given_figures AS g JOIN touched_series USING (series_id)
WHERE NOT is_side_total
QUALIFY count(*) OVER (PARTITION BY series_id) > 1;

-- Where the events of figures were. A place that some claims of a series name, which names few, is
-- looked for in the words and titles of the others, too: texts are read of these alone.
CREATE TEMP TABLE event_places (
    series_id BIGINT, figure_id BIGINT, country_code VARCHAR, place VARCHAR
);

-- Only where figures_of_events has rows.
INSERT INTO event_places
SELECT
    series_id, figure_id, country_code, CASE WHEN NOT is_wide(lower(name)) THEN lower(name) END
FROM core.claim_places
JOIN series_reports USING (claim_id)
SEMI JOIN figures_of_events USING (figure_id)
WHERE role = 'event';

-- Only where event_places has rows.
INSERT INTO event_places
WITH known AS (
    SELECT series_id, place
    FROM (SELECT DISTINCT series_id, place FROM event_places WHERE place IS NOT NULL)
    QUALIFY count(*) OVER (PARTITION BY series_id) <= 8
),
reports AS (
    SELECT report, series_id, figure_id, article_id
    FROM series_reports
    SEMI JOIN known USING (series_id)
    ANTI JOIN (FROM event_places WHERE place IS NOT NULL) USING (figure_id)
)
SELECT series_id, figure_id, NULL, place
FROM reports
JOIN known USING (series_id)
JOIN core.articles USING (article_id)
JOIN (
    SELECT rowid AS report, content_text
    FROM core.figure_reports
    WHERE rowid IN (SELECT report FROM reports)
) USING (report)
WHERE contains(lower(content_text), place) OR contains(lower(title), place);

-- Only where figures_of_events has rows.
CREATE TEMP TABLE told_events AS
WITH places AS (
    SELECT
        figure_id, list(DISTINCT place) FILTER (place IS NOT NULL) AS places,
        list(DISTINCT country_code) FILTER (country_code IS NOT NULL) AS countries
    FROM event_places
    GROUP BY figure_id
),
days AS (
    SELECT figure_id, min(from_at)::DATE AS event_date
    FROM core.claim_times JOIN series_reports USING (claim_id)
    WHERE role = 'event' AND precision IN ('minute', 'hour', 'day')
    GROUP BY figure_id
)
SELECT f.*, places, countries, event_date
FROM figures_of_events AS f LEFT JOIN places USING (figure_id) LEFT JOIN days USING (figure_id);

-- Each figure beside those shortly before it, and what tells whether both are of one event.
-- Only where figures_of_events has rows.
CREATE TEMP TABLE figure_pairs AS
WITH near AS (
    SELECT series_id, number, number - unnest(range(1, 9)) AS earlier_number FROM told_events
    UNION
    SELECT series_id, number, lag(number) OVER (
        PARTITION BY series_id, amount, bound ORDER BY number
    )
    FROM told_events
)
SELECT
    series_id, l.number, earlier_number, l.figure_date, l.figure_date - e.figure_date AS days,
    l.amount = e.amount AND l.bound = e.bound AS is_same,
    days <= 3 OR (is_same AND l.amount >= 10) AS is_near,
    list_has_any(l.copy_group_ids, e.copy_group_ids)
    OR coalesce(list_has_any(l.places, e.places), false)
    OR coalesce(abs(l.event_date - e.event_date) <= 1, false) AS is_one,
    coalesce(abs(l.event_date - e.event_date) > 1, false)
    OR coalesce(NOT list_has_any(l.places, e.places), false)
    OR coalesce(NOT list_has_any(l.countries, e.countries), false) AS is_elsewhere,
    -- What can only grow and is given lower is of another event, unless it is a correction.
    l.only_grows AND l.amount < e.amount AND NOT (
        l.is_correcting OR (l.is_total AND e.is_total)
        OR coalesce(list_has_any(l.article_ids, e.edited_article_ids), false)
        OR (
            l.figure_date = e.figure_date
            AND l.first_report.article_id = e.first_report.article_id
        )
    ) AS is_lower
FROM near
JOIN told_events AS l USING (series_id, number)
JOIN told_events AS e USING (series_id)
WHERE e.number = earlier_number AND days <= 30;

-- That a figure is near another says something only where no other event was told of in that week.
-- Only where figures_of_events has rows.
CREATE TEMP TABLE followers AS
WITH breaks AS (
    SELECT
        series_id, number, figure_date,
        bool_or(
            (is_elsewhere AND days <= 7) OR (is_lower AND earlier_number = number - 1)
        ) AND NOT bool_or(is_same AND NOT is_elsewhere) AS is_break
    FROM figure_pairs
    GROUP BY ALL
),
weeks AS (
    SELECT series_id, number, bool_or(is_break) OVER (
        PARTITION BY series_id
        ORDER BY figure_date
        RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND INTERVAL 7 DAYS FOLLOWING
    ) AS has_others
    FROM breaks
)
SELECT
    series_id, number,
    max_by(earlier_number, (is_one, earlier_number)) AS earlier_number
FROM figure_pairs JOIN weeks USING (series_id, number)
WHERE
    NOT is_elsewhere AND NOT is_lower
    AND (is_one OR (is_near AND (is_same OR NOT has_others)))
GROUP BY ALL;

CREATE TEMP TABLE incidents (series_id BIGINT, number BIGINT, incident BIGINT);

-- Only where figures_of_events has rows.
INSERT INTO incidents
WITH RECURSIVE told AS (
    SELECT series_id, number, number AS incident
    FROM figures_of_events ANTI JOIN followers USING (series_id, number)
    UNION ALL
    SELECT f.series_id, f.number, t.incident
    FROM told AS t
    JOIN followers AS f ON f.series_id = t.series_id AND f.earlier_number = t.number
)
FROM told;
