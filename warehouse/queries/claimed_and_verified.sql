-- Totals as claimed and as verified: the last of each claimant by period, and what was taken back.
-- measure VARCHAR = destroyed: what the figures measure, such as destroyed
-- party VARCHAR: whose loss, stock or gain it is: a name or an ISO country code
-- counted VARCHAR: words of what is counted, such as tanks
-- claimant VARCHAR: words of the claimant's name
-- since DATE: first day
-- until DATE: last day
-- by VARCHAR = month: length of a period: day, week or month
WITH said AS (
    SELECT claim_id, max(from_at)::DATE AS said_date
    FROM core.claim_times
    WHERE role = 'utterance' AND precision IN ('minute', 'hour', 'day')
    GROUP BY claim_id
),
totals AS (
    SELECT
        q.claim_id, q.ordinal, q.party, q.unit, q.bound, c.claimed_at, c.verification_status,
        coalesce(e.name, c.claimant_words) AS claimant,
        least(coalesce(t.said_date, q.claim_date), q.claim_date) AS said_date,
        coalesce(q.value, (q.low_value + q.high_value) / 2, q.low_value, q.high_value) AS amount,
        thing_of(q.measure, q.unit, q.counted) AS thing
    FROM core.claim_quantities AS q
    JOIN core.claims AS c ON c.claim_number = q.claim_number
    LEFT JOIN core.entities AS e ON e.entity_id = c.claimant_id
    LEFT JOIN said AS t ON t.claim_id = q.claim_id
    WHERE
        q.measure = $measure AND q.change = 'level' AND q.scope = 'cumulative'
        AND c.is_current AND c.copy_group_id = c.article_id AND c.polarity = 'affirmative'
        AND c.modality NOT IN ('planned', 'possible', 'conditional')
        AND coalesce(e.name, c.claimant_words) IS NOT NULL
        AND ($party IS NULL OR lower(q.party) = lower($party))
        AND has_words(q.counted, $counted)
),
-- A total given before is retold, unless it says of which day it is: then it is given again.
stated AS (
    FROM totals
    WHERE amount IS NOT NULL
    QUALIFY
        claim_id IN (SELECT claim_id FROM core.claim_times WHERE role = 'as_of')
        OR row_number() OVER (
            PARTITION BY claimant, party, thing, unit, amount
            ORDER BY said_date, claimed_at, claim_id, ordinal
        ) = 1
),
ordered AS (
    SELECT *, lag(amount) OVER series - amount AS fall
    FROM stated
    WINDOW series AS (
        PARTITION BY claimant, party, thing, unit ORDER BY said_date, claimed_at, claim_id, ordinal
    )
),
given AS (
    SELECT
        date_trunc($by, said_date)::DATE AS period, party, thing, unit, claimant,
        last(amount ORDER BY said_date, claimed_at, claim_id) AS amount,
        last(bound ORDER BY said_date, claimed_at, claim_id) AS bound,
        last(verification_status ORDER BY said_date, claimed_at, claim_id) AS verification_status,
        count(*) AS figure_count, sum(fall) FILTER (fall > 0) AS fall_amount,
        max(said_date) FILTER (fall > 0) AS last_fall_date,
        last(claim_id ORDER BY said_date, claimed_at, claim_id) AS claim_id
    FROM ordered
    WHERE
        ($since IS NULL OR said_date >= $since::DATE)
        AND ($until IS NULL OR said_date <= $until::DATE)
    GROUP BY ALL
),
-- What was verified before the first day asked for stands, and what is after the last one tells
-- how long.
confirmed AS (
    SELECT
        date_trunc($by, said_date)::DATE AS period, party, thing, unit, claimant,
        last(amount ORDER BY said_date, claimed_at, claim_id) AS amount
    FROM ordered
    WHERE verification_status = 'confirmed'
    GROUP BY ALL
),
-- A verified total stands until the next one; nothing after the last is held against it.
verified AS (
    SELECT
        period, party, thing, unit, max(amount) AS amount, max_by(claimant, amount) AS claimant,
        lead(period, 1, (period + INTERVAL 1 DAY)::DATE) OVER (
            PARTITION BY party, thing, unit ORDER BY period
        ) AS next_period
    FROM confirmed
    GROUP BY period, party, thing, unit
)
SELECT
    g.period, g.party, g.thing AS counted, g.unit, g.claimant, g.verification_status, g.amount,
    g.bound, g.figure_count, g.fall_amount, g.last_fall_date, v.amount AS verified_amount,
    v.claimant AS verified_by, v.period AS verified_period,
    round(100 * v.amount / nullif(g.amount, 0), 1) AS verified_pct, g.claim_id
FROM given AS g
LEFT JOIN verified AS v
    ON
        v.party IS NOT DISTINCT FROM g.party AND v.thing IS NOT DISTINCT FROM g.thing
        AND v.unit IS NOT DISTINCT FROM g.unit AND v.period <= g.period
        AND v.next_period > g.period AND g.verification_status <> 'confirmed'
WHERE has_words(g.claimant, $claimant)
ORDER BY g.period, g.party, counted, g.unit, g.verification_status = 'confirmed', g.claimant,
    g.claim_id
