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
