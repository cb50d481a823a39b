-- One row a day, feed and fate: what became of the URLs that the feed first showed that day.
CREATE OR REPLACE VIEW fates AS
SELECT
    u.discovered_at::DATE AS day, f.outlet_name AS outlet, f.url, u.fate, count(*) AS url_count,
    u.feed_id
FROM ops.url_fates AS u
LEFT JOIN ops.feeds AS f ON f.feed_id = u.feed_id
GROUP BY ALL;
COMMENT ON VIEW fates IS 'One row a day, feed and fate: what became of the URLs that the feed first showed that day. Warnings: none.';
COMMENT ON COLUMN fates.day IS 'Day on which the URLs were first seen, UTC.';
COMMENT ON COLUMN fates.outlet IS 'Outlet that publishes the feed.';
COMMENT ON COLUMN fates.url IS 'Address by which the feed is listed.';
COMMENT ON COLUMN fates.fate IS 'What became of them, as in ops.url_fates.';
COMMENT ON COLUMN fates.url_count IS 'How many; each URL counts once, in one row of this view.';
COMMENT ON COLUMN fates.feed_id IS 'Feed.';
