-- Every figure by day and claimant: who reports it, what it was before, whether it still stands.
-- measure VARCHAR: what the figure measures, such as killed
-- text VARCHAR: words that one of its reports or the title of its article holds, all of them
-- claimant VARCHAR: words of the claimant's name
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- since DATE: first day
-- until DATE: last day
-- parts BOOLEAN = false: whether figures of something smaller are listed, too
-- row_limit INTEGER = 200: rows at most, the newest
-- What is told in these words is made a list, which is known to be short: so it is joined first.
WITH told AS (
    SELECT unnest(list(DISTINCT figure_id)) AS figure_id
    FROM core.figure_reports
    WHERE
        $text IS NOT NULL AND ($measure IS NULL OR measure = $measure)
        AND ($since IS NULL OR figure_date >= $since::DATE)
        AND ($until IS NULL OR figure_date <= $until::DATE)
        AND claim_number IN (FROM claims_with_words($text))
),
-- Only what is shown is read whole.
chosen AS (
    SELECT f.rowid AS row_number
    FROM core.stated_figures AS f
    JOIN core.entities AS e ON e.entity_id = f.claimant_id
    WHERE
        ($measure IS NULL OR measure = $measure)
        AND ($text IS NULL OR figure_id IN (FROM told))
        AND has_words(e.name, $claimant)
        AND ($party IS NULL OR lower(party) = lower($party))
        AND ($since IS NULL OR figure_date >= $since::DATE)
        AND ($until IS NULL OR figure_date <= $until::DATE)
        AND ($parts::BOOLEAN OR NOT is_part)
    ORDER BY figure_date DESC, e.name, party, measure, is_part, first_reported_at, claim_id,
        figure_id
    LIMIT $row_limit
)
SELECT
    f.figure_date AS said_date, e.name AS claimant, f.side_code, f.party, f.measure, f.counted,
    f.thing, f.change, f.amount, f.unit, f.scope, f.bound, f.low_value, f.high_value,
    f.is_projected, f.is_part, f.is_new, f.previous_amount, f.previous_date, f.difference, f.status,
    f.corrected_amount, f.verification_status, f.report_count, f.origin_count, f.outlet_count,
    f.first_reported_at, f.last_reported_at, f.claim_id, f.figure_id
FROM chosen
JOIN core.stated_figures AS f ON f.rowid = chosen.row_number
JOIN core.entities AS e ON e.entity_id = f.claimant_id
ORDER BY
    f.figure_date, claimant, f.party, f.measure, f.is_part, f.first_reported_at, f.claim_id,
    f.figure_id
