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
        figure_id, figure_date, measure, party, unit, thing, scope, claimant, event_id,
        coalesce(low_value, amount) AS low, coalesce(high_value, amount) AS high, amount,
        verification_status, claim_id
    FROM stated_figures
    WHERE
        change = 'level' AND status = 'standing' AND NOT is_part AND NOT is_projected
        AND ($measure IS NULL OR measure = $measure)
        AND ($text IS NULL OR figure_id IN (FROM told))
        AND has_words(claimant, $claimant)
        AND ($party IS NULL OR lower(party) = lower($party))
        AND ($since IS NULL OR figure_date >= $since::DATE)
        AND ($until IS NULL OR figure_date <= $until::DATE)
),
ranges AS (
    SELECT
        row_number() OVER () AS number, figure_date, measure, party, unit, thing, scope,
        min(low) AS low_amount, min_by(claimant, (low, claim_id)) AS low_claimant,
        max(high) AS high_amount, max_by(claimant, (high, claim_id)) AS high_claimant,
        count(*) AS figure_count, count(DISTINCT claimant) AS claimant_count,
        list(DISTINCT event_id) AS event_ids,
        count(DISTINCT claimant) > 1 AND count(DISTINCT amount) > 1 AS is_wide,
        bool_or(verification_status IN ('disputed', 'denied')) AS is_disputed
    FROM chosen
    GROUP BY figure_date, measure, party, unit, thing, scope
),
-- Two claimants contradict each other where an article or a week says so of figures of theirs for
-- the same events: that both give one that day says nothing, they may count the dead of two.
reports AS (
    SELECT r.claim_number, c.measure, c.party, c.unit, c.thing, c.event_id
    FROM chosen AS c JOIN core.figure_reports AS r USING (figure_id)
),
rivals AS (
    SELECT DISTINCT a.event_id AS event_id_a, b.event_id AS event_id_b
    FROM core.disagreements AS d
    JOIN reports AS a ON a.claim_number = d.claim_number_a
    JOIN reports AS b
        ON
            b.claim_number = d.claim_number_b AND b.measure = a.measure
            AND b.party IS NOT DISTINCT FROM a.party AND b.unit IS NOT DISTINCT FROM a.unit
            AND b.thing IS NOT DISTINCT FROM a.thing
    WHERE a.event_id <> b.event_id AND coalesce(d.measure, a.measure) = a.measure
),
contested AS (
    SELECT g.number
    FROM (SELECT number, unnest(event_ids) AS event_id FROM ranges WHERE is_wide) AS g
    JOIN rivals AS r ON r.event_id_a = g.event_id
    JOIN ranges AS w ON w.number = g.number AND list_contains(w.event_ids, r.event_id_b)
)
SELECT
    figure_date AS said_date, measure, party, unit, thing, scope, low_amount, low_claimant,
    high_amount, high_claimant, figure_count, claimant_count,
    is_disputed OR number IN (FROM contested) AS is_contested
FROM ranges
ORDER BY said_date, measure, party, unit, thing, scope
