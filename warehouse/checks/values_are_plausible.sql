-- Confidence is a probability; a claim is dated no later than a day after it was fetched.
-- Only where new_claims has rows.
SELECT c.claim_id, c.confidence, c.claim_date
FROM new_claims AS c JOIN core.article_revisions AS r USING (revision_id)
WHERE
    r.load_number >= (FROM horizon)
    AND (c.confidence NOT BETWEEN 0 AND 1 OR c.claimed_at > r.last_seen_at + INTERVAL 1 DAY)
LIMIT 1
