-- Articles follow their current revision and the visits to their page; days are counted anew.

UPDATE core.articles AS t
SET
    current_revision_id = r.revision_id, title = r.title, published_at = r.published_at,
    canonical_url = r.canonical_url,
    revision_count = (
        SELECT count(*) FROM core.article_revisions AS o WHERE o.article_id = t.article_id
    )
FROM core.article_revisions AS r
WHERE
    r.article_id = t.article_id AND r.is_current
    AND t.article_id IN (FROM touched_articles);

-- Visits that could not read the page say nothing of whether it is there.
UPDATE core.articles AS t
SET
    gone_at = CASE WHEN s.result = 'gone' THEN coalesce(t.gone_at, s.checked_at) END,
    moved_to_url = s.moved_to_url
FROM (
    FROM new_checks
    WHERE result NOT IN ('unreadable', 'failed', 'waiting')
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY checked_at DESC, url_id) = 1
) AS s
WHERE s.article_id = t.article_id;

CREATE TEMP TABLE read_again AS
SELECT DISTINCT article_date FROM core.article_days WHERE article_id IN (FROM touched_articles);

DELETE FROM core.article_days WHERE article_id IN (FROM touched_articles);

INSERT INTO core.article_days BY NAME
SELECT article_date, article_id, outlet_id, copy_group_id
FROM core.articles
WHERE article_id IN (FROM touched_articles)
UNION
SELECT claim_date, article_id, outlet_id, copy_group_id
FROM core.claims
WHERE is_current AND article_id IN (FROM touched_articles)
ORDER BY article_date, outlet_id, article_id;

INSERT INTO read_again
SELECT article_date FROM core.article_days WHERE article_id IN (FROM touched_articles)
EXCEPT
FROM read_again;

DELETE FROM core.read_days WHERE article_date IN (FROM read_again);

INSERT INTO core.read_days BY NAME
SELECT
    article_date, outlet_id, count(DISTINCT article_id)::INTEGER AS article_count,
    count(DISTINCT copy_group_id)::INTEGER AS story_count
FROM core.article_days
WHERE article_date IN (FROM read_again)
GROUP BY GROUPING SETS ((article_date), (article_date, outlet_id))
ORDER BY article_date, outlet_id;

DELETE FROM core.claim_daily WHERE claim_date IN (FROM touched_days);

INSERT INTO core.claim_daily BY NAME
SELECT
    claim_date, claimant_id, outlet_id, count(*)::INTEGER AS claim_count,
    count(DISTINCT article_id)::INTEGER AS article_count, mode(side_code) AS side_code
FROM core.claims
WHERE is_current AND claim_date IN (FROM touched_days)
GROUP BY claim_date, claimant_id, outlet_id
ORDER BY claim_date, claimant_id, outlet_id;

CREATE TEMP TABLE polled_days AS
SELECT DISTINCT fetched_at::DATE AS poll_date FROM new_fetches
UNION
SELECT DISTINCT polled_at::DATE FROM stage_polls;

DELETE FROM ops.poll_days WHERE poll_date IN (FROM polled_days);

INSERT INTO ops.poll_days BY NAME
SELECT
    poll_date, feed_id, count(*) FILTER (is_answer)::INTEGER AS answered_count,
    count(*) FILTER (NOT is_answer)::INTEGER AS failed_count,
    count(*) FILTER (continuity IN ('proven', 'unproven', 'possible_gap'))::INTEGER
        AS compared_count,
    count(*) FILTER (continuity = 'proven')::INTEGER AS proven_count
FROM (
    SELECT fetched_at::DATE AS poll_date, feed_id, problem IS NULL AS is_answer, NULL AS continuity
    FROM ops.fetches
    WHERE kind = 'feed' AND feed_id IS NOT NULL
    UNION ALL
    SELECT polled_at::DATE, feed_id, NULL, continuity FROM ops.polls WHERE continuity IS NOT NULL
)
WHERE poll_date IN (FROM polled_days)
GROUP BY ALL
ORDER BY ALL;
