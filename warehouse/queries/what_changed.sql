-- What changed lately: revised figures, new disputes, and who is quoted more or less than before.
-- until DATE: last day of the window; the newest day held without it
-- day_count INTEGER = 7: length of the window, compared with the same time before
-- row_limit INTEGER = 50: rows of each kind at most
WITH span AS (
    SELECT
        coalesce($until::DATE, max(claim_date)) AS last_day,
        last_day - $day_count::INTEGER AS eve, eve - $day_count::INTEGER AS eve_before
    FROM core.claim_daily
),
revised AS (
    SELECT
        'figure revised' AS what, said_date AS claim_date, claimant, party, measure,
        previous_amount AS before, amount AS after, content_text AS detail, claim_id
    FROM figure_history CROSS JOIN span
    WHERE
        previous_amount IS NOT NULL AND status = 'standing'
        AND said_date > eve AND said_date <= last_day
    ORDER BY abs(difference) / nullif(abs(previous_amount), 0) DESC NULLS LAST, claim_id
    LIMIT $row_limit
),
disputed AS (
    SELECT
        verification_status AS what, claim_date, claimant, NULL AS party, NULL AS measure,
        NULL::DOUBLE AS before, NULL::DOUBLE AS after, content_text AS detail, claim_id
    FROM claims CROSS JOIN span
    WHERE
        verification_status IN ('denied', 'disputed') AND NOT is_copy
        AND claim_date > eve AND claim_date <= last_day
    ORDER BY claim_date DESC, claim_id
    LIMIT $row_limit
),
quoted AS (
    SELECT
        'quoted' AS what, max(last_day) AS claim_date, e.name AS claimant, NULL AS party,
        'claims' AS measure,
        coalesce(sum(claim_count) FILTER (claim_date <= eve), 0)::DOUBLE AS before,
        coalesce(sum(claim_count) FILTER (claim_date > eve), 0)::DOUBLE AS after,
        NULL AS detail, NULL::BIGINT AS claim_id
    FROM core.claim_daily AS d
    JOIN core.entities AS e ON e.entity_id = d.claimant_id
    CROSS JOIN span
    WHERE claim_date > eve_before AND claim_date <= last_day
    GROUP BY e.name
    HAVING before <> after
    ORDER BY abs(after - before) DESC, e.name
    LIMIT $row_limit
)
FROM (FROM revised UNION ALL FROM disputed UNION ALL FROM quoted)
ORDER BY what, claim_date DESC, abs(coalesce(after - before, 0)) DESC, claimant, claim_id
