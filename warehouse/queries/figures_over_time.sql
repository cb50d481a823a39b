-- Every new or revised figure, with what its claimant said before.
-- measure VARCHAR: what the figure measures, such as killed
-- text VARCHAR: words that the claim or its article's title hold, all of them
-- claimant VARCHAR: words of the claimant's name
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 200: rows at most
SELECT
    said_date, claim_date, claimant, side_code, party, measure, change, amount, unit, scope, bound,
    previous_amount, previous_date, difference, verification_status, outlet, claim_id
FROM figure_history
WHERE
    ($measure IS NULL OR measure = $measure)
    AND has_words(concat_ws(' ', title, claimant, content_text), $text)
    AND has_words(claimant, $claimant)
    AND ($party IS NULL OR lower(party) = lower($party))
    AND ($since IS NULL OR said_date >= $since::DATE)
    AND ($until IS NULL OR said_date <= $until::DATE)
ORDER BY said_date, claimant, party, measure, claimed_at, claim_id
LIMIT $row_limit
