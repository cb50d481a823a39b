-- One row a revision of an article that was fetched: its newest reading, and where its bytes came
-- from. Imported figures are not read again from here.
CREATE OR REPLACE VIEW ops.revision_sources AS
SELECT
    r.first_seen_at AS fetched_at, r.article_id, r.revision_id, r.is_current, r.run_id, r.feed_id,
    r.feed_item_id, r.fetch_id, o.name AS outlet_name, r.url, r.canonical_url, r.title, r.extractor,
    p.parse_id, p.parser
FROM core.article_revisions AS r
JOIN core.outlets AS o ON o.outlet_id = r.outlet_id
JOIN core.parses AS p ON p.revision_id = r.revision_id
WHERE r.fetch_id NOT IN (SELECT fetch_id FROM ops.fetches WHERE kind = 'import')
QUALIFY row_number() OVER (
    PARTITION BY r.revision_id ORDER BY p.load_number DESC, p.parse_id DESC
) = 1;
COMMENT ON VIEW ops.revision_sources IS 'One row a revision of an article that was fetched: its newest reading, and where its bytes came from. Imported figures are left out. Warnings: none.';
COMMENT ON COLUMN ops.revision_sources.fetched_at IS 'When the revision was first fetched, UTC.';
COMMENT ON COLUMN ops.revision_sources.article_id IS 'Article.';
COMMENT ON COLUMN ops.revision_sources.revision_id IS 'Revision.';
COMMENT ON COLUMN ops.revision_sources.is_current IS 'Whether it is the article''s current revision.';
COMMENT ON COLUMN ops.revision_sources.run_id IS 'Run that loaded it.';
COMMENT ON COLUMN ops.revision_sources.feed_id IS 'Feed that led to it.';
COMMENT ON COLUMN ops.revision_sources.feed_item_id IS 'Version of the feed entry that led to it.';
COMMENT ON COLUMN ops.revision_sources.fetch_id IS 'HTTP exchange its text was extracted from.';
COMMENT ON COLUMN ops.revision_sources.outlet_name IS 'Outlet whose feed led to it.';
COMMENT ON COLUMN ops.revision_sources.url IS 'Address the page was fetched from.';
COMMENT ON COLUMN ops.revision_sources.canonical_url IS 'Address that names the article.';
COMMENT ON COLUMN ops.revision_sources.title IS 'Title.';
COMMENT ON COLUMN ops.revision_sources.extractor IS 'Name and version of the rules that extracted it last.';
COMMENT ON COLUMN ops.revision_sources.parse_id IS 'Its newest reading.';
COMMENT ON COLUMN ops.revision_sources.parser IS 'Name and version of the parser of that reading.';
