-- Figures from files stand where what was fetched does.

COMMENT ON COLUMN ops.fetches.kind IS 'feed, page or robots; import for a file of figures.';
COMMENT ON COLUMN ops.feeds.url IS 'Address by which the feed is listed; its identity. import:NAME stands for a file of figures.';
