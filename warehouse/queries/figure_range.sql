-- The range of a figure by day: lowest and highest that stand, and whether it is contested.
-- measure VARCHAR: what the figure measures, such as killed; each one without it
-- text VARCHAR: words that one of its reports or the title of its article holds, all of them
-- claimant VARCHAR: words of the claimant's name
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- since DATE: first day
-- until DATE: last day
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
chosen AS (
    SELECT
        figure_date, measure, party, unit, thing, claimant, coalesce(low_value, amount) AS low,
        coalesce(high_value, amount) AS high, amount, verification_status, claim_id
    FROM stated_figures
    WHERE
        change = 'level' AND status = 'standing' AND NOT is_part AND NOT is_projected
        AND ($measure IS NULL OR measure = $measure)
        AND ($text IS NULL OR figure_id IN (FROM told))
        AND has_words(claimant, $claimant)
        AND ($party IS NULL OR lower(party) = lower($party))
        AND ($since IS NULL OR figure_date >= $since::DATE)
        AND ($until IS NULL OR figure_date <= $until::DATE)
)
SELECT
    figure_date AS said_date, measure, party, unit, thing, min(low) AS low_amount,
    min_by(claimant, (low, claim_id)) AS low_claimant, max(high) AS high_amount,
    max_by(claimant, (high, claim_id)) AS high_claimant, count(*) AS figure_count,
    count(DISTINCT claimant) AS claimant_count,
    (count(DISTINCT claimant) > 1 AND count(DISTINCT amount) > 1)
        OR bool_or(verification_status IN ('disputed', 'denied')) AS is_contested
FROM chosen
GROUP BY ALL
ORDER BY said_date, measure, party, unit, thing
