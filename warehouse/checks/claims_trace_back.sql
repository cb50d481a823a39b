-- Every new claim leads to a revision, its text, the exchange it came from, and a feed.
SELECT c.claim_id, r.fetch_id, r.feed_id
FROM new_claims AS c
LEFT JOIN core.article_revisions AS r USING (revision_id)
LEFT JOIN core.article_texts AS t USING (revision_id)
LEFT JOIN ops.fetches AS f ON f.fetch_id = r.fetch_id
LEFT JOIN ops.feeds AS d ON d.feed_id = r.feed_id
WHERE t.revision_id IS NULL OR f.fetch_id IS NULL OR d.feed_id IS NULL
LIMIT 1
