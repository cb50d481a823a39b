-- The reports behind figures: each article and revision that gives one, with its copy group.
-- measure VARCHAR: what the figure measures, such as killed
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- claimant VARCHAR: words of the claimant's name
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- amount DOUBLE: the figure
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 500: rows at most
SELECT
    figure_date AS said_date, claimant, party, measure, amount, bound, aspect, is_current, outlet,
    title, canonical_url, claimed_at, content_text, verification_status, copy_group_id, article_id,
    revision_id, claim_id, figure_id
FROM figure_reports
WHERE
    ($measure IS NULL OR measure = $measure)
    AND ($text IS NULL OR claim_number IN (FROM claims_with_words($text)))
    AND has_words(claimant, $claimant)
    AND ($party IS NULL OR lower(party) = lower($party))
    AND ($amount IS NULL OR amount = $amount)
    AND ($since IS NULL OR figure_date >= $since::DATE)
    AND ($until IS NULL OR figure_date <= $until::DATE)
ORDER BY figure_date, claimant, measure, amount, claimed_at, claim_id, revision_id
LIMIT $row_limit
