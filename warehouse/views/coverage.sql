-- One row a day from the first article to the last poll: what was read, and whether that is all
-- there was.
CREATE OR REPLACE VIEW coverage AS
SELECT
    day, article_count, story_count, outlet_count, claim_count, answered_feed_count,
    silent_feed_count, gap_feed_count, proven_pct, coverage
FROM ops.day_coverage;
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
