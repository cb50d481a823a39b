-- One row a day from the first article to the last poll: what was read, and whether that is all
-- there was.
CREATE OR REPLACE VIEW coverage AS
WITH limits AS (
    SELECT
        min(article_date) AS first_date,
        greatest(max(article_date), (SELECT max(poll_date) FROM ops.poll_days)) AS last_date,
        (SELECT min(poll_date) FROM ops.poll_days) AS first_poll_date,
        (SELECT max(poll_date) FROM ops.poll_days) AS last_poll_date
    FROM core.read_days
),
days AS (
    SELECT unnest(generate_series(first_date, last_date, INTERVAL 1 DAY))::DATE AS day FROM limits
),
read AS (
    SELECT
        article_date AS day, max(article_count) FILTER (outlet_id IS NULL) AS article_count,
        max(story_count) FILTER (outlet_id IS NULL) AS story_count,
        count(outlet_id) AS outlet_count
    FROM core.read_days
    GROUP BY article_date
),
claimed AS (
    SELECT claim_date AS day, claim_count::BIGINT AS claim_count
    FROM core.day_counts
    WHERE kind = 'current'
),
polled AS (
    SELECT
        poll_date AS day, count(*) FILTER (answered_count > 0) AS answered_feed_count,
        count(*) FILTER (answered_count = 0) AS silent_feed_count,
        100.0 * sum(proven_count) / nullif(sum(compared_count), 0) AS proven_pct
    FROM ops.poll_days
    GROUP BY poll_date
),
gap_days AS (
    SELECT
        feed_id,
        unnest(
            generate_series(coalesce(since_at, until_at)::DATE, until_at::DATE, INTERVAL 1 DAY)
        )::DATE AS day
    FROM gaps
    UNION
    SELECT feed_id, possible_gap_at::DATE FROM ops.feeds WHERE possible_gap_at IS NOT NULL
),
gapped AS (
    SELECT day, count(*) AS gap_feed_count FROM gap_days GROUP BY day
)
SELECT
    day, coalesce(article_count, 0) AS article_count, coalesce(story_count, 0) AS story_count,
    coalesce(outlet_count, 0) AS outlet_count, coalesce(claim_count, 0) AS claim_count,
    coalesce(answered_feed_count, 0) AS answered_feed_count,
    coalesce(silent_feed_count, 0) AS silent_feed_count,
    coalesce(gap_feed_count, 0) AS gap_feed_count, proven_pct,
    CASE
        WHEN article_count IS NULL THEN 'none'
        WHEN day < first_poll_date THEN 'partial'
        WHEN answered_feed_count IS NULL OR silent_feed_count > 0 THEN 'partial'
        WHEN gap_feed_count > 0 OR day >= last_poll_date THEN 'partial'
        ELSE 'full'
    END AS coverage
FROM days CROSS JOIN limits
LEFT JOIN read USING (day) LEFT JOIN claimed USING (day) LEFT JOIN polled USING (day)
LEFT JOIN gapped USING (day);
COMMENT ON VIEW coverage IS 'One row a day from the first article to the last poll: what was read, and whether that is all there was. Warnings: none.';
COMMENT ON COLUMN coverage.day IS 'Day, UTC.';
COMMENT ON COLUMN coverage.article_count IS 'Articles that appeared, or first said something, that day.';
COMMENT ON COLUMN coverage.story_count IS 'The same, copies counted once.';
COMMENT ON COLUMN coverage.outlet_count IS 'Outlets they are from.';
COMMENT ON COLUMN coverage.claim_count IS 'Current claims of that day.';
COMMENT ON COLUMN coverage.answered_feed_count IS 'Feeds that gave a readable answer that day.';
COMMENT ON COLUMN coverage.silent_feed_count IS 'Feeds that were asked and never answered that day.';
COMMENT ON COLUMN coverage.gap_feed_count IS 'Feeds that may have shown and dropped entries that day, between two polls.';
COMMENT ON COLUMN coverage.proven_pct IS 'Share of the day''s answers that reach back to the one before, percent, so that nothing was missed between the two; null when none could be compared.';
COMMENT ON COLUMN coverage.coverage IS 'none: no article. partial: a feed was silent or may have dropped entries, nobody was polling yet, or the day is not over. full: otherwise.';
