-- How well days were covered is told anew by each load, not by each question.

CREATE TABLE ops.day_coverage (
    day DATE NOT NULL,
    article_count INTEGER NOT NULL,
    story_count INTEGER NOT NULL,
    outlet_count BIGINT NOT NULL,
    claim_count BIGINT NOT NULL,
    answered_feed_count BIGINT NOT NULL,
    silent_feed_count BIGINT NOT NULL,
    gap_feed_count BIGINT NOT NULL,
    proven_pct DOUBLE,
    coverage VARCHAR NOT NULL
);
COMMENT ON TABLE ops.day_coverage IS 'One row a day from the first article to the last poll: what was read, and whether that is all there was.';
COMMENT ON COLUMN ops.day_coverage.day IS 'Day, UTC.';
COMMENT ON COLUMN ops.day_coverage.article_count IS 'Articles that appeared, or first said something, that day.';
COMMENT ON COLUMN ops.day_coverage.story_count IS 'The same, copies counted once.';
COMMENT ON COLUMN ops.day_coverage.outlet_count IS 'Outlets they are from.';
COMMENT ON COLUMN ops.day_coverage.claim_count IS 'Current claims of that day.';
COMMENT ON COLUMN ops.day_coverage.answered_feed_count IS 'Feeds that gave a readable answer that day.';
COMMENT ON COLUMN ops.day_coverage.silent_feed_count IS 'Feeds that were asked and never answered that day.';
COMMENT ON COLUMN ops.day_coverage.gap_feed_count IS 'Feeds that may have shown and dropped entries that day, between two polls.';
COMMENT ON COLUMN ops.day_coverage.proven_pct IS 'Share of the day''s answers that reach back to the one before, percent, so that nothing was missed between the two; null when none could be compared.';
COMMENT ON COLUMN ops.day_coverage.coverage IS 'none: no article. partial: a feed was silent or may have dropped entries, nobody was polling yet, or the day is not over. full: otherwise.';
INSERT INTO ops.day_coverage BY NAME
WITH facts AS (
    SELECT
        article_date AS day, max(article_count) FILTER (outlet_id IS NULL) AS article_count,
        max(story_count) FILTER (outlet_id IS NULL) AS story_count,
        count(outlet_id) AS outlet_count
    FROM core.read_days
    GROUP BY article_date
    UNION ALL BY NAME
    SELECT claim_date AS day, claim_count::BIGINT AS claim_count
    FROM core.day_counts
    WHERE kind = 'current'
    UNION ALL BY NAME
    SELECT
        poll_date AS day, count(*) FILTER (answered_count > 0) AS answered_feed_count,
        count(*) FILTER (answered_count = 0) AS silent_feed_count,
        100.0 * sum(proven_count) / nullif(sum(compared_count), 0) AS proven_pct
    FROM ops.poll_days
    GROUP BY poll_date
    UNION ALL BY NAME
    SELECT day, count(*) AS gap_feed_count
    FROM (
        SELECT
            feed_id,
            unnest(generate_series(
                coalesce(since_at, polled_at)::DATE, polled_at::DATE, INTERVAL 1 DAY
            ))::DATE AS day
        FROM ops.polls
        WHERE continuity = 'possible_gap'
        UNION
        SELECT feed_id, possible_gap_at::DATE FROM ops.feeds WHERE possible_gap_at IS NOT NULL
    )
    GROUP BY day
),
limits AS (
    SELECT
        min(day) FILTER (article_count IS NOT NULL) AS first_date,
        max(day) FILTER (article_count IS NOT NULL OR answered_feed_count IS NOT NULL) AS last_date,
        min(day) FILTER (answered_feed_count IS NOT NULL) AS first_poll_date,
        max(day) FILTER (answered_feed_count IS NOT NULL) AS last_poll_date
    FROM facts
),
days AS (
    FROM facts
    UNION ALL BY NAME
    SELECT unnest(generate_series(first_date, last_date, INTERVAL 1 DAY))::DATE AS day FROM limits
)
SELECT
    day, coalesce(max(article_count), 0) AS article_count,
    coalesce(max(story_count), 0) AS story_count,
    coalesce(max(outlet_count), 0) AS outlet_count, coalesce(max(claim_count), 0) AS claim_count,
    coalesce(max(answered_feed_count), 0) AS answered_feed_count,
    coalesce(max(silent_feed_count), 0) AS silent_feed_count,
    coalesce(max(gap_feed_count), 0) AS gap_feed_count, max(proven_pct) AS proven_pct,
    CASE
        WHEN max(article_count) IS NULL THEN 'none'
        WHEN day < any_value(first_poll_date) THEN 'partial'
        WHEN max(answered_feed_count) IS NULL OR max(silent_feed_count) > 0 THEN 'partial'
        WHEN max(gap_feed_count) > 0 OR day >= any_value(last_poll_date) THEN 'partial'
        ELSE 'full'
    END AS coverage
FROM days CROSS JOIN limits
WHERE day >= first_date AND day <= last_date
GROUP BY day
ORDER BY day;
