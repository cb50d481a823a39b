-- Who disputes whose figure, by day; the amount where it is a single one.
-- measure VARCHAR: what the figure measures, such as killed
-- claimant VARCHAR: words of either claimant's name
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 50: rows at most
SELECT
    claim_date, claimant_a AS disputed_by, claimant_b AS against, measure, party, unit,
    CASE WHEN count(DISTINCT amount_b) = 1 THEN min(amount_b) END AS amount,
    bool_or(relation = 'denies') AS is_denied, count(DISTINCT article_id) AS report_count,
    count(DISTINCT copy_group_id) AS origin_count, bool_or(is_current) AS is_standing,
    list(DISTINCT revision_id ORDER BY revision_id) AS revision_ids,
    list(DISTINCT figure_id ORDER BY figure_id) AS figure_ids,
    min_by(content_text_a, claimed_at) AS content_text, min_by(claim_id_a, claimed_at) AS claim_id
FROM figure_disputes
WHERE
    ($measure IS NULL OR measure = $measure)
    AND has_words(concat_ws(' ', claimant_a, claimant_b), $claimant)
    AND ($since IS NULL OR claim_date >= $since::DATE)
    AND ($until IS NULL OR claim_date <= $until::DATE)
GROUP BY claim_date, claimant_a, claimant_b, measure, party, unit
ORDER BY claim_date DESC, disputed_by, against, measure
LIMIT $row_limit
