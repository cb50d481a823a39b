-- Articles follow their current revision; the touched days are counted anew.

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

INSERT INTO touched_days
SELECT DISTINCT claim_date FROM new_claims
WHERE claim_date NOT IN (FROM touched_days);

DELETE FROM core.claim_daily WHERE claim_date IN (FROM touched_days);

INSERT INTO core.claim_daily BY NAME
SELECT
    claim_date, claimant_id, outlet_id, count(*)::INTEGER AS claim_count,
    count(DISTINCT article_id)::INTEGER AS article_count
FROM core.claims
WHERE is_current AND claim_date IN (FROM touched_days)
GROUP BY claim_date, claimant_id, outlet_id
ORDER BY claim_date, claimant_id, outlet_id;

DELETE FROM ops.poll_days WHERE poll_date IN (SELECT fetched_at::DATE FROM new_fetches);

INSERT INTO ops.poll_days BY NAME
SELECT
    fetched_at::DATE AS poll_date, feed_id,
    count(*) FILTER (problem IS NULL)::INTEGER AS answered_count,
    count(*) FILTER (problem IS NOT NULL)::INTEGER AS failed_count
FROM ops.fetches
WHERE
    kind = 'feed' AND feed_id IS NOT NULL
    AND fetched_at::DATE IN (SELECT fetched_at::DATE FROM new_fetches)
GROUP BY ALL
ORDER BY ALL;
