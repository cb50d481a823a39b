-- One row an article: its current revision, and where its bytes came from.
CREATE OR REPLACE VIEW ops.revision_sources AS
SELECT
    r.first_seen_at AS fetched_at, r.article_id, r.revision_id, r.feed_id, r.feed_item_id,
    r.fetch_id, o.name AS outlet_name, r.site, p.parser, r.text_sha256, r.title
FROM core.article_revisions AS r
JOIN core.articles AS a USING (article_id)
JOIN core.outlets AS o USING (outlet_id)
JOIN core.parses AS p ON p.revision_id = r.revision_id AND p.is_current
WHERE r.is_current;
COMMENT ON VIEW ops.revision_sources IS 'One row an article: its current revision, and where its bytes came from.';
COMMENT ON COLUMN ops.revision_sources.fetched_at IS 'When the revision was first fetched, UTC.';
COMMENT ON COLUMN ops.revision_sources.article_id IS 'Article.';
COMMENT ON COLUMN ops.revision_sources.revision_id IS 'Its current revision.';
COMMENT ON COLUMN ops.revision_sources.feed_id IS 'Feed that led to it.';
COMMENT ON COLUMN ops.revision_sources.feed_item_id IS 'Version of the feed entry that led to it.';
COMMENT ON COLUMN ops.revision_sources.fetch_id IS 'HTTP exchange its text was extracted from.';
COMMENT ON COLUMN ops.revision_sources.outlet_name IS 'Outlet that published it.';
COMMENT ON COLUMN ops.revision_sources.site IS 'Registered domain.';
COMMENT ON COLUMN ops.revision_sources.parser IS 'Name and version of the parser that read it last.';
COMMENT ON COLUMN ops.revision_sources.text_sha256 IS 'SHA-256 of the UTF-8 text, hex.';
COMMENT ON COLUMN ops.revision_sources.title IS 'Title.';
