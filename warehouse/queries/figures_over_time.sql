-- Every figure by day and claimant: who reports it, what it was before, whether it still stands.
-- measure VARCHAR: what the figure measures, such as killed
-- text VARCHAR: words that one of its reports or the title of its article holds, all of them
-- claimant VARCHAR: words of the claimant's name
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- since DATE: first day
-- until DATE: last day
-- parts BOOLEAN = false: whether figures of something smaller are listed, too
-- row_limit INTEGER = 200: rows at most
SELECT
    figure_date AS said_date, claimant, side_code, party, measure, change, amount, unit, scope,
    bound, low_value, high_value, is_projected, is_part, is_new, previous_amount, previous_date,
    difference, status, corrected_amount, verification_status, report_count, origin_count,
    outlet_count, first_reported_at, last_reported_at, claim_id, figure_id
FROM stated_figures
WHERE
    ($measure IS NULL OR measure = $measure)
    AND ($text IS NULL OR figure_id IN (
        SELECT figure_id
        FROM core.figure_reports
        WHERE claim_number IN (FROM claims_with_words($text))
    ))
    AND has_words(claimant, $claimant)
    AND ($party IS NULL OR lower(party) = lower($party))
    AND ($since IS NULL OR figure_date >= $since::DATE)
    AND ($until IS NULL OR figure_date <= $until::DATE)
    AND ($parts::BOOLEAN OR NOT is_part)
ORDER BY figure_date, claimant, party, measure, is_part, first_reported_at, claim_id
LIMIT $row_limit
