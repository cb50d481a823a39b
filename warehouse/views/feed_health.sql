-- One row a feed: how it does, in words.
CREATE OR REPLACE VIEW feed_health AS
SELECT
    f.feed_id, f.outlet_name AS outlet, f.title, f.url, f.is_active, f.state, t.trouble,
    t.severity, t.since_at AS trouble_since_at, f.problem, f.last_polled_at, f.last_success_at,
    f.last_new_item_at, f.next_poll_at, f.possible_gap_at, t.gap_since_at, t.gap_until_at,
    f.interval_s, f.usual_gap_s, f.longest_gap_s, f.failure_weight, f.failing_since_at, f.poll_url,
    f.sighted_url, f.sighted_count, f.distrusts_validators, coalesce(i.item_count, 0) AS item_count,
    coalesce(u.loaded_count, 0) AS loaded_count, coalesce(u.pending_count, 0) AS pending_count,
    coalesce(u.url_count, 0) AS url_count
FROM ops.feeds AS f
LEFT JOIN feed_trouble AS t ON t.feed_id = f.feed_id
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
COMMENT ON VIEW feed_health IS 'One row a feed: how it does, in words. Warnings: none.';
COMMENT ON COLUMN feed_health.feed_id IS 'Hash id of the feed.';
COMMENT ON COLUMN feed_health.outlet IS 'Outlet that publishes it.';
COMMENT ON COLUMN feed_health.title IS 'Title the feed gives itself.';
COMMENT ON COLUMN feed_health.url IS 'Address by which the feed is listed.';
COMMENT ON COLUMN feed_health.is_active IS 'False when the feed is gone or was removed from the list.';
COMMENT ON COLUMN feed_health.state IS 'State in one word.';
COMMENT ON COLUMN feed_health.trouble IS 'Its trouble in one word, as in feed_trouble; null without.';
COMMENT ON COLUMN feed_health.severity IS 'How bad that is: 1 is the worst.';
COMMENT ON COLUMN feed_health.trouble_since_at IS 'Since when, UTC.';
COMMENT ON COLUMN feed_health.problem IS 'What went wrong at the last poll, in one sentence.';
COMMENT ON COLUMN feed_health.last_polled_at IS 'Last request, UTC.';
COMMENT ON COLUMN feed_health.last_success_at IS 'Last readable answer, UTC.';
COMMENT ON COLUMN feed_health.last_new_item_at IS 'Last answer with an entry not seen before, UTC.';
COMMENT ON COLUMN feed_health.next_poll_at IS 'When it is due again, UTC.';
COMMENT ON COLUMN feed_health.possible_gap_at IS 'When entries may have been missed, UTC.';
COMMENT ON COLUMN feed_health.gap_since_at IS 'The answer before the latest possible gap of the last seven days, UTC.';
COMMENT ON COLUMN feed_health.gap_until_at IS 'The answer after it, UTC.';
COMMENT ON COLUMN feed_health.interval_s IS 'Current polling interval, seconds.';
COMMENT ON COLUMN feed_health.usual_gap_s IS 'Usual time between answers with new entries, seconds.';
COMMENT ON COLUMN feed_health.longest_gap_s IS 'Longest such time of late, seconds.';
COMMENT ON COLUMN feed_health.failure_weight IS 'Weighted count of recent failures; 0 when all is well.';
COMMENT ON COLUMN feed_health.failing_since_at IS 'First of the polls that failed without a success since, UTC; null when all is well.';
COMMENT ON COLUMN feed_health.poll_url IS 'Address that is polled: the listed one, or where the feed moved to for good.';
COMMENT ON COLUMN feed_health.sighted_url IS 'Address that it was found at of late; adopted when that lasts.';
COMMENT ON COLUMN feed_health.sighted_count IS 'Polls in a row that found it there.';
COMMENT ON COLUMN feed_health.distrusts_validators IS 'True when it changed while its validators did not: it is asked unconditionally since.';
COMMENT ON COLUMN feed_health.item_count IS 'Entries seen in it.';
COMMENT ON COLUMN feed_health.loaded_count IS 'URLs of it that became articles.';
COMMENT ON COLUMN feed_health.pending_count IS 'URLs of it that wait for a fetch.';
COMMENT ON COLUMN feed_health.url_count IS 'URLs first found in it.';
