-- Days are counted anew: their articles, claims and polls.

CREATE TEMP TABLE days_before AS
SELECT article_date, article_id
FROM core.article_days
WHERE article_id IN (FROM known_articles);

-- Only where known_articles has rows.
DELETE FROM core.article_days WHERE article_id IN (FROM known_articles);

CREATE TEMP TABLE days_now AS
SELECT article_date, article_id, outlet_id, copy_group_id
FROM articles_at_hand
UNION
SELECT claim_date, article_id, outlet_id, copy_group_id
FROM claims_at_hand
WHERE is_current AND article_id IN (FROM touched_articles);

-- Only where days_now has rows.
INSERT INTO core.article_days BY NAME
FROM days_now ORDER BY article_date, outlet_id, article_id;

CREATE TEMP TABLE read_again AS
SELECT article_date FROM days_before
UNION
SELECT article_date FROM days_now;

-- Only where read_again has rows.
DELETE FROM core.read_days WHERE article_date IN (FROM read_again);

-- Only where read_again has rows.
INSERT INTO core.read_days BY NAME
SELECT
    article_date, outlet_id, count(DISTINCT article_id)::INTEGER AS article_count,
    count(DISTINCT copy_group_id)::INTEGER AS story_count
FROM core.article_days
WHERE article_date IN (FROM read_again)
GROUP BY GROUPING SETS ((article_date), (article_date, outlet_id))
ORDER BY article_date, outlet_id;

-- In their order, on which it depends which of two sides that come up as often is taken.
CREATE TEMP TABLE counted_claims AS
SELECT
    claim_number, is_current, is_current AND kind <> 'status_statement' AS is_counted, claim_date,
    article_id, copy_group_id, claimant_id, outlet_id, side_code, is_repeat, content_text
FROM core.claims
WHERE claim_date IN (FROM touched_days) AND (is_current OR claim_number IN (FROM new_numbers))
ORDER BY rowid;

-- Only where touched_days has rows.
DELETE FROM core.claim_daily WHERE claim_date IN (FROM touched_days);

-- Only where touched_days has rows.
INSERT INTO core.claim_daily BY NAME
SELECT
    claim_date, claimant_id, outlet_id, count(*)::INTEGER AS claim_count,
    count(DISTINCT article_id)::INTEGER AS article_count,
    mode(side_code ORDER BY side_code) AS side_code  -- of equals the first, on every machine
FROM counted_claims
WHERE is_current
GROUP BY claim_date, claimant_id, outlet_id
ORDER BY claim_date, claimant_id, outlet_id;

CREATE TEMP TABLE polled_days AS
SELECT DISTINCT fetched_at::DATE AS poll_date FROM new_fetches
UNION
SELECT DISTINCT polled_at::DATE FROM stage_polls;

-- Only where polled_days has rows.
DELETE FROM ops.poll_days WHERE poll_date IN (FROM polled_days);

-- Only where polled_days has rows.
INSERT INTO ops.poll_days BY NAME
WITH answers AS (
    SELECT fetched_at::DATE AS poll_date, feed_id, problem IS NULL AS is_answer, NULL AS continuity
    FROM ops.fetches
    WHERE
        fetched_at >= (SELECT min(poll_date) FROM polled_days) AND kind = 'feed'
        AND feed_id IS NOT NULL
    UNION ALL
    SELECT polled_at::DATE, feed_id, NULL, continuity
    FROM ops.polls
    WHERE polled_at >= (SELECT min(poll_date) FROM polled_days) AND continuity IS NOT NULL
)
SELECT
    poll_date, feed_id, count(*) FILTER (is_answer)::INTEGER AS answered_count,
    count(*) FILTER (NOT is_answer)::INTEGER AS failed_count,
    count(*) FILTER (continuity IN ('proven', 'unproven', 'possible_gap'))::INTEGER
        AS compared_count,
    count(*) FILTER (continuity = 'proven')::INTEGER AS proven_count
FROM answers
WHERE poll_date IN (FROM polled_days)
GROUP BY ALL
ORDER BY ALL;
