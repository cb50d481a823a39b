-- One row a feed and day: how often it was asked, and how much of what it showed is proven whole.
CREATE OR REPLACE VIEW completeness AS
SELECT
    d.poll_date AS day, f.outlet_name AS outlet, f.url, d.answered_count, d.failed_count,
    d.compared_count, d.proven_count, coalesce(g.gap_count, 0) AS gap_count,
    100.0 * d.proven_count / nullif(d.compared_count, 0) AS proven_pct, d.feed_id
FROM ops.poll_days AS d
LEFT JOIN ops.feeds AS f ON f.feed_id = d.feed_id
LEFT JOIN (
    SELECT feed_id, until_at::DATE AS day, count(*) AS gap_count FROM gaps GROUP BY ALL
) AS g ON g.feed_id = d.feed_id AND g.day = d.poll_date;
COMMENT ON VIEW completeness IS 'One row a feed and day: how often it was asked, and how much of what it showed is proven whole. Warnings: none.';
COMMENT ON COLUMN completeness.day IS 'Day, UTC.';
COMMENT ON COLUMN completeness.outlet IS 'Outlet that publishes the feed.';
COMMENT ON COLUMN completeness.url IS 'Address by which the feed is listed.';
COMMENT ON COLUMN completeness.answered_count IS 'Requests with a readable answer, unchanged ones included.';
COMMENT ON COLUMN completeness.failed_count IS 'Requests without one.';
COMMENT ON COLUMN completeness.compared_count IS 'Answers that could be held against the one before.';
COMMENT ON COLUMN completeness.proven_count IS 'Of these, answers that reach back to it: nothing was missed between the two.';
COMMENT ON COLUMN completeness.gap_count IS 'Of these, answers that share nothing with it: entries may have been missed.';
COMMENT ON COLUMN completeness.proven_pct IS 'Share of proven_count in compared_count, percent; null when nothing was compared.';
COMMENT ON COLUMN completeness.feed_id IS 'Feed.';
