-- One row a poll of a feed: what it found, and whether entries can have been missed before it.
CREATE OR REPLACE VIEW polls AS
SELECT
    p.poll_id, f.outlet_name AS outlet, f.url, p.polled_at, p.outcome, p.problem, p.status_code,
    p.since_at, p.item_count, p.new_count, p.shared_count, p.continuity, p.feed_id, p.run_id
FROM ops.polls AS p
LEFT JOIN ops.feeds AS f ON f.feed_id = p.feed_id;
COMMENT ON VIEW polls IS 'One row a poll of a feed: what it found, and whether entries can have been missed before it. Warnings: none.';
COMMENT ON COLUMN polls.poll_id IS 'Hash id of the poll; also of its exchange in ops.fetches.';
COMMENT ON COLUMN polls.outlet IS 'Outlet that publishes the feed.';
COMMENT ON COLUMN polls.url IS 'Address by which the feed is listed.';
COMMENT ON COLUMN polls.polled_at IS 'When, UTC.';
COMMENT ON COLUMN polls.outcome IS 'changed, unchanged, failed, resting (the site asked for a pause) or offline (this machine''s network was down).';
COMMENT ON COLUMN polls.problem IS 'Why it failed, in one sentence.';
COMMENT ON COLUMN polls.status_code IS 'HTTP status; null when no answer came.';
COMMENT ON COLUMN polls.since_at IS 'The readable answer before this one, UTC.';
COMMENT ON COLUMN polls.item_count IS 'Entries in the answer.';
COMMENT ON COLUMN polls.new_count IS 'Of these, entries never seen before.';
COMMENT ON COLUMN polls.shared_count IS 'Of these, entries that the readable answer before showed, too.';
COMMENT ON COLUMN polls.continuity IS 'proven, possible_gap, unproven or first, as in ops.polls.';
COMMENT ON COLUMN polls.feed_id IS 'Feed.';
COMMENT ON COLUMN polls.run_id IS 'Run that made it.';
