-- Figures from files stand where what was fetched does.

COMMENT ON COLUMN ops.fetches.kind IS 'feed, page or robots; import for a file of figures.';
COMMENT ON COLUMN ops.feeds.url IS 'Address that is polled; import:NAME for a file of figures.';
