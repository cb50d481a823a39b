-- A figure over time, by claimant, party and thing counted: the last one that stands by period.
-- measure VARCHAR = killed: what the figure measures, such as killed
-- text VARCHAR: words that the claim or its article's title hold, all of them
-- claimant VARCHAR: words of the claimant's name
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- counted VARCHAR: words of what is counted, such as tanks
-- since DATE: first day
-- until DATE: last day
-- by VARCHAR = day: length of a period: day, week or month
-- Each by all that is asked for, so that what is common is not read for what is rare.
WITH found AS (
    FROM core.stated_figures WHERE $text IS NULL AND measure = $measure
    UNION ALL
    FROM core.stated_figures
    WHERE measure = $measure AND claim_number IN (FROM claims_with_words($text))
),
chosen AS (
    SELECT found.* EXCLUDE (claimant_id), e.name AS claimant
    FROM found JOIN core.entities AS e ON e.entity_id = claimant_id
    WHERE
        is_latest AND NOT is_part AND status = 'standing' AND has_words(e.name, $claimant)
        AND ($party IS NULL OR lower(party) = lower($party)) AND has_words(counted, $counted)
        AND ($since IS NULL OR figure_date >= $since::DATE)
        AND ($until IS NULL OR figure_date <= $until::DATE)
),
given AS (
    SELECT
        date_trunc($by, figure_date)::DATE AS period, claimant,
        mode(side_code ORDER BY side_code) AS side_code,
        party, thing, change, unit, scope, is_projected,
        max_by(
            {
                'amount': amount, 'bound': bound, 'verification_status': verification_status,
                'claim_id': claim_id, 'event_id': event_id
            },
            (figure_date, first_reported_at, is_new, claim_id)
        ) AS last_one,
        min(amount) AS low_amount, max(amount) AS high_amount, count(*) AS figure_count
    FROM chosen
    GROUP BY ALL
)
SELECT
    period, claimant, side_code, party, thing, change, unit, scope, is_projected,
    last_one.amount, last_one.bound, low_amount, high_amount, figure_count,
    last_one.verification_status, last_one.event_id, last_one.claim_id
FROM given
ORDER BY period, claimant, party, thing, change, unit, scope, is_projected
