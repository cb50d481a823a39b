-- Every new claim leads to a revision, its text, the exchange it came from, and a feed.
-- Only where new_claims has rows.
WITH asked AS (
    SELECT revision_id, any_value(claim_id) AS claim_id FROM new_claims GROUP BY revision_id
),
traced AS (
    SELECT revision_id
    FROM asked
    JOIN core.article_revisions AS r USING (revision_id)
    JOIN core.article_texts USING (revision_id)
    JOIN ops.fetches USING (fetch_id)
    JOIN ops.feeds AS d ON d.feed_id = r.feed_id
    WHERE r.load_number >= (FROM horizon)
)
SELECT claim_id, revision_id FROM asked ANTI JOIN traced USING (revision_id) LIMIT 1
