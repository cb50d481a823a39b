-- What has changed about revisions that were loaded before.
-- Only where known_revisions has rows.

UPDATE core.article_revisions AS t
SET
    last_seen_at = s.last_seen_at, seen_load_number = s.seen_load_number,
    is_current = s.is_current
FROM revisions_at_hand AS s
WHERE
    t.load_number >= (FROM horizon)
    AND t.revision_id = s.revision_id AND NOT s.is_new
    AND (
        t.last_seen_at <> s.last_seen_at
        OR t.seen_load_number IS DISTINCT FROM s.seen_load_number
        OR t.is_current <> s.is_current
    );

-- Title and text make a revision; what else newer rules find on its page replaces what was found.
UPDATE core.article_revisions AS t
SET
    canonical_url = s.canonical_url, page_class = s.page_class, authors = s.authors,
    published_at = s.published_at, published_precision = s.published_precision,
    published_has_zone = s.published_has_zone, published_source = s.published_source,
    published_raw = s.published_raw, published_on = s.published_on, modified_at = s.modified_at,
    modified_precision = s.modified_precision, modified_has_zone = s.modified_has_zone,
    modified_source = s.modified_source, modified_raw = s.modified_raw, language = s.language,
    site = s.site, site_name = s.site_name, field_sources = s.field_sources,
    mojibake_ratio = s.mojibake_ratio, free_share = s.free_share,
    asides = s.asides, posts = s.posts, extractor = s.extractor
FROM staged_revisions AS s
WHERE
    t.load_number >= (FROM horizon)
    AND t.revision_id = s.revision_id AND t.fetch_id = s.fetch_id AND t.extractor <> s.extractor;
