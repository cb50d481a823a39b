-- One row a claim, superseded ones included: where it came from, back to the bytes.
CREATE OR REPLACE VIEW claim_lineage AS
SELECT
    c.claim_id, c.record_id, c.is_current, c.extractor, p.parser, p.run_id AS parse_run_id,
    r.revision_id, r.article_id, r.title, r.url, r.extractor AS article_extractor, r.published_at,
    r.published_source, r.first_seen_at, r.is_current AS is_current_revision, r.run_id,
    r.fetch_id, f.fetched_at, f.status_code, f.final_url, f.body_sha256, f.archive_file,
    f.archive_offset, r.feed_item_id, i.identity AS item_identity, i.title AS item_title,
    i.seen_at AS item_seen_at, r.feed_id, d.url AS feed_url, d.outlet_name AS outlet
FROM core.claims AS c
-- Each claim has both (the check claims_trace_back); as outer joins they keep their order, and the
-- planner runs along the claims instead of joining all else first.
LEFT JOIN core.parses AS p ON p.parse_id = c.parse_id
LEFT JOIN core.article_revisions AS r ON r.revision_id = c.revision_id
LEFT JOIN ops.fetches AS f ON f.fetch_id = r.fetch_id
LEFT JOIN ops.feed_items AS i ON i.feed_item_id = r.feed_item_id
LEFT JOIN ops.feeds AS d ON d.feed_id = r.feed_id;
COMMENT ON VIEW claim_lineage IS 'One row a claim, superseded ones included: where it came from, back to the bytes. Warnings: superseded.';
COMMENT ON COLUMN claim_lineage.claim_id IS 'Claim.';
COMMENT ON COLUMN claim_lineage.record_id IS 'Id that the parser gave it.';
COMMENT ON COLUMN claim_lineage.is_current IS 'Whether it belongs to the article''s current reading.';
COMMENT ON COLUMN claim_lineage.extractor IS 'Name and version of the rules and models that made the claim.';
COMMENT ON COLUMN claim_lineage.parser IS 'Name and version of the parser that read the revision.';
COMMENT ON COLUMN claim_lineage.parse_run_id IS 'Run that read it.';
COMMENT ON COLUMN claim_lineage.revision_id IS 'Revision it stands in.';
COMMENT ON COLUMN claim_lineage.article_id IS 'Its article.';
COMMENT ON COLUMN claim_lineage.title IS 'Title of the revision.';
COMMENT ON COLUMN claim_lineage.url IS 'Address the page was fetched from.';
COMMENT ON COLUMN claim_lineage.article_extractor IS 'Name and version of the rules that extracted the article.';
COMMENT ON COLUMN claim_lineage.published_at IS 'Publication date of the revision, UTC.';
COMMENT ON COLUMN claim_lineage.published_source IS 'Where that date stood.';
COMMENT ON COLUMN claim_lineage.first_seen_at IS 'When the revision was first fetched, UTC.';
COMMENT ON COLUMN claim_lineage.is_current_revision IS 'Whether it is the article''s current revision.';
COMMENT ON COLUMN claim_lineage.run_id IS 'Run that loaded the revision.';
COMMENT ON COLUMN claim_lineage.fetch_id IS 'HTTP exchange.';
COMMENT ON COLUMN claim_lineage.fetched_at IS 'When its request was sent, UTC.';
COMMENT ON COLUMN claim_lineage.status_code IS 'HTTP status.';
COMMENT ON COLUMN claim_lineage.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN claim_lineage.body_sha256 IS 'SHA-256 of the body, hex.';
COMMENT ON COLUMN claim_lineage.archive_file IS 'WARC file that holds the bytes.';
COMMENT ON COLUMN claim_lineage.archive_offset IS 'Byte offset of the response record in that file.';
COMMENT ON COLUMN claim_lineage.feed_item_id IS 'Version of the feed entry that led to the article.';
COMMENT ON COLUMN claim_lineage.item_identity IS 'What tells that entry from the feed''s others.';
COMMENT ON COLUMN claim_lineage.item_title IS 'Title of that entry.';
COMMENT ON COLUMN claim_lineage.item_seen_at IS 'When it was seen, UTC.';
COMMENT ON COLUMN claim_lineage.feed_id IS 'Feed.';
COMMENT ON COLUMN claim_lineage.feed_url IS 'Address of the feed.';
COMMENT ON COLUMN claim_lineage.outlet IS 'Outlet that publishes the feed.';
