-- Which figures were corrected: what was given, what the claimant gave in its place, and when.
-- measure VARCHAR: what the figure measures, such as killed
-- claimant VARCHAR: words of the claimant's name
-- since DATE: first day of the correction
-- until DATE: last day of the correction
-- row_limit INTEGER = 50: rows at most
SELECT
    corrected_on, claimant, party, measure, thing, unit, amount AS old_amount,
    corrected_amount AS new_amount, max(figure_date) AS last_given_date,
    sum(report_count)::BIGINT AS report_count
FROM stated_figures
WHERE
    status = 'corrected' AND NOT is_part
    AND ($measure IS NULL OR measure = $measure) AND has_words(claimant, $claimant)
    AND ($since IS NULL OR corrected_on >= $since::DATE)
    AND ($until IS NULL OR corrected_on <= $until::DATE)
GROUP BY ALL
ORDER BY corrected_on DESC, claimant, measure, thing, old_amount
LIMIT $row_limit
