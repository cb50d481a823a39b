-- What changed lately: figures raised or lowered, disputes, and who is quoted more or less.
-- until DATE: last day of the window; the newest day held without it
-- day_count INTEGER = 7: length of the window, compared with the same time before
-- kind_limit INTEGER = 50: rows of each kind at most
WITH span AS (
    SELECT
        coalesce($until::DATE, max(claim_date)) AS last_day,
        last_day - $day_count::INTEGER AS eve, eve - $day_count::INTEGER AS eve_before
    FROM core.day_counts
    WHERE kind = 'current' AND claim_count > 0
),
revised AS (
    SELECT
        CASE WHEN difference < 0 THEN 'figure lowered' ELSE 'figure raised' END AS what,
        figure_date AS claim_date, claimant_id, party, measure, thing,
        previous_amount AS before, amount AS after, claim_number
    FROM core.stated_figures CROSS JOIN span
    WHERE
        is_new AND NOT is_part AND previous_amount IS NOT NULL AND status = 'standing'
        AND figure_date > eve AND figure_date <= last_day
    ORDER BY abs(difference) / nullif(abs(previous_amount), 0) DESC NULLS LAST, claim_id
    LIMIT $kind_limit
),
disputed AS (
    SELECT
        verification_status AS what, claim_date, claimant_id, NULL AS party, NULL AS measure,
        NULL AS thing, NULL::DOUBLE AS before, NULL::DOUBLE AS after, claim_number
    FROM core.claims CROSS JOIN span
    WHERE
        verification_status IN ('denied', 'disputed') AND is_current
        AND copy_group_id = article_id AND claim_date > eve AND claim_date <= last_day
    ORDER BY claim_date DESC, claim_id
    LIMIT $kind_limit
),
said AS (
    SELECT
        s.what, s.claim_date,
        CASE WHEN s.measure IS NOT NULL THEN e.name ELSE coalesce(e.name, c.claimant_words) END
            AS claimant,
        s.party, s.measure, s.thing, s.before, s.after, c.content_text AS detail, c.claim_id
    FROM (FROM revised UNION ALL FROM disputed) AS s
    JOIN core.claims AS c USING (claim_number)
    LEFT JOIN core.entities AS e ON e.entity_id = s.claimant_id
),
counted AS (
    SELECT
        claimant_id, sum(claim_count) FILTER (claim_date <= eve) AS before,
        sum(claim_count) FILTER (claim_date > eve) AS after
    FROM core.claim_daily CROSS JOIN span
    WHERE claim_date > eve_before AND claim_date <= last_day
    GROUP BY claimant_id
),
quoted AS (
    SELECT
        'quoted' AS what, (SELECT last_day FROM span) AS claim_date, e.name AS claimant,
        NULL AS party, 'claims' AS measure, NULL AS thing,
        coalesce(sum(c.before), 0)::DOUBLE AS before,
        coalesce(sum(c.after), 0)::DOUBLE AS after, NULL AS detail, NULL::BIGINT AS claim_id
    FROM counted AS c JOIN core.entities AS e ON e.entity_id = c.claimant_id
    GROUP BY e.name
    HAVING coalesce(sum(c.before), 0) <> coalesce(sum(c.after), 0)
    ORDER BY abs(coalesce(sum(c.after), 0) - coalesce(sum(c.before), 0)) DESC, e.name
    LIMIT $kind_limit
)
FROM (FROM said UNION ALL FROM quoted)
ORDER BY what, claim_date DESC, abs(coalesce(after - before, 0)) DESC, claimant, claim_id
