-- One row a possible gap: a feed, and two answers between which entries may have come and gone.
CREATE OR REPLACE VIEW gaps AS
SELECT
    p.poll_id, f.outlet_name AS outlet, f.url, p.since_at, p.polled_at AS until_at,
    'the answer does not reach back to the one before; it shares ' || p.shared_count || ' of '
        || p.item_count || ' entries' AS evidence,
    p.item_count, p.new_count, p.shared_count, p.feed_id, p.run_id
FROM ops.polls AS p
LEFT JOIN ops.feeds AS f ON f.feed_id = p.feed_id
WHERE p.continuity = 'possible_gap';
COMMENT ON VIEW gaps IS 'One row a possible gap: a feed, and two answers between which entries may have come and gone. Warnings: none.';
COMMENT ON COLUMN gaps.poll_id IS 'Poll that found it, as in polls.';
COMMENT ON COLUMN gaps.outlet IS 'Outlet that publishes the feed.';
COMMENT ON COLUMN gaps.url IS 'Address by which the feed is listed.';
COMMENT ON COLUMN gaps.since_at IS 'The answer before the gap, UTC.';
COMMENT ON COLUMN gaps.until_at IS 'The answer after it, UTC.';
COMMENT ON COLUMN gaps.evidence IS 'Why entries may be missing, in words.';
COMMENT ON COLUMN gaps.item_count IS 'Entries in the answer after it.';
COMMENT ON COLUMN gaps.new_count IS 'Of these, entries never seen before.';
COMMENT ON COLUMN gaps.shared_count IS 'Of these, entries that the answer before showed, too.';
COMMENT ON COLUMN gaps.feed_id IS 'Feed.';
COMMENT ON COLUMN gaps.run_id IS 'Run that found it.';
