-- A figure over time, by claimant and party: the last one given in each period.
-- measure VARCHAR = killed: what the figure measures, such as killed
-- text VARCHAR: words that the claim or its article's title hold, all of them
-- claimant VARCHAR: words of the claimant's name
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- since DATE: first day
-- until DATE: last day
-- by VARCHAR = day: length of a period: day, week or month
SELECT
    date_trunc($by, figure_date)::DATE AS period, claimant, mode(side_code) AS side_code, party,
    change, unit, scope, is_projected,
    last(amount ORDER BY figure_date, first_reported_at, claim_id) AS amount,
    last(bound ORDER BY figure_date, first_reported_at, claim_id) AS bound, min(amount) AS low_amount,
    max(amount) AS high_amount, count(*) AS figure_count,
    last(verification_status ORDER BY figure_date, first_reported_at, claim_id) AS verification_status,
    last(claim_id ORDER BY figure_date, first_reported_at, claim_id) AS claim_id
FROM stated_figures
WHERE
    is_new AND NOT is_part AND measure = $measure AND status = 'standing'
    AND ($text IS NULL OR claim_number IN (FROM claims_with_words($text)))
    AND has_words(claimant, $claimant)
    AND ($party IS NULL OR lower(party) = lower($party))
    AND ($since IS NULL OR figure_date >= $since::DATE)
    AND ($until IS NULL OR figure_date <= $until::DATE)
GROUP BY ALL
ORDER BY period, claimant, party, change, unit, scope, is_projected
