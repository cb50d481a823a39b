-- One row a feed: how it does, in words.
CREATE OR REPLACE VIEW feed_health AS
SELECT
    f.feed_id, f.outlet_name AS outlet, f.url, f.is_active, f.state, f.problem, f.last_polled_at,
    f.last_success_at, f.last_new_item_at, f.next_poll_at, f.possible_gap_at, f.interval_s,
    f.failure_weight, coalesce(i.item_count, 0) AS item_count,
    coalesce(u.loaded_count, 0) AS loaded_count, coalesce(u.pending_count, 0) AS pending_count,
    coalesce(u.url_count, 0) AS url_count
FROM ops.feeds AS f
LEFT JOIN (
    SELECT feed_id, count(DISTINCT item_key) AS item_count FROM ops.feed_items GROUP BY feed_id
) AS i ON i.feed_id = f.feed_id
LEFT JOIN (
    SELECT
        feed_id, count(*) AS url_count, count(*) FILTER (fate = 'pending') AS pending_count,
        count(*) FILTER (fate IN ('loaded', 'revision')) AS loaded_count
    FROM ops.url_fates
    GROUP BY feed_id
) AS u ON u.feed_id = f.feed_id;
COMMENT ON VIEW feed_health IS 'One row a feed: how it does, in words.';
COMMENT ON COLUMN feed_health.feed_id IS 'Hash id of the feed.';
COMMENT ON COLUMN feed_health.outlet IS 'Outlet that publishes it.';
COMMENT ON COLUMN feed_health.url IS 'Address that is polled.';
COMMENT ON COLUMN feed_health.is_active IS 'False when the feed is gone or was removed from the list.';
COMMENT ON COLUMN feed_health.state IS 'State in one word.';
COMMENT ON COLUMN feed_health.problem IS 'What went wrong at the last poll, in one sentence.';
COMMENT ON COLUMN feed_health.last_polled_at IS 'Last request, UTC.';
COMMENT ON COLUMN feed_health.last_success_at IS 'Last readable answer, UTC.';
COMMENT ON COLUMN feed_health.last_new_item_at IS 'Last answer with an entry not seen before, UTC.';
COMMENT ON COLUMN feed_health.next_poll_at IS 'When it is due again, UTC.';
COMMENT ON COLUMN feed_health.possible_gap_at IS 'When entries may have been missed, UTC.';
COMMENT ON COLUMN feed_health.interval_s IS 'Current polling interval, seconds.';
COMMENT ON COLUMN feed_health.failure_weight IS 'Weighted count of recent failures; 0 when all is well.';
COMMENT ON COLUMN feed_health.item_count IS 'Entries seen in it.';
COMMENT ON COLUMN feed_health.loaded_count IS 'URLs of it that became articles.';
COMMENT ON COLUMN feed_health.pending_count IS 'URLs of it that wait for a fetch.';
COMMENT ON COLUMN feed_health.url_count IS 'URLs first found in it.';
