-- One row a revision of an article, superseded ones included.
CREATE OR REPLACE VIEW revisions AS
SELECT
    r.revision_id, r.article_id, a.article_date, o.name AS outlet, r.title, r.url, r.published_at,
    r.published_on, r.modified_at, r.change, r.first_seen_at, r.last_seen_at, r.is_current,
    r.page_class,
    r.language, r.text_sha256, r.text_char_count, r.mojibake_ratio,
    r.mojibake_ratio > 0.002 AS is_garbled, r.free_share, r.extractor, r.previous_revision_id,
    r.fetch_id, r.feed_id, r.run_id, t.article_text
FROM core.article_revisions AS r
JOIN core.articles AS a ON a.article_id = r.article_id
JOIN core.outlets AS o ON o.outlet_id = a.outlet_id
JOIN core.article_texts AS t ON t.revision_id = r.revision_id
-- As in the view articles: the planner runs along the texts.
WHERE r.load_number % 2 < 2;
COMMENT ON VIEW revisions IS 'One row a revision of an article, superseded ones included. Warnings: superseded, rights.';
COMMENT ON COLUMN revisions.revision_id IS 'Hash id of the revision.';
COMMENT ON COLUMN revisions.article_id IS 'Article it is a version of.';
COMMENT ON COLUMN revisions.article_date IS 'Day the article counts for.';
COMMENT ON COLUMN revisions.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN revisions.title IS 'Title.';
COMMENT ON COLUMN revisions.url IS 'Address the page was fetched from.';
COMMENT ON COLUMN revisions.published_at IS 'Publication date, UTC.';
COMMENT ON COLUMN revisions.published_on IS 'Day of publication by the newsroom''s calendar, which in the evening can differ from UTC''s; null where it was not told.';
COMMENT ON COLUMN revisions.modified_at IS 'Date of the last change that the page states, UTC.';
COMMENT ON COLUMN revisions.change IS 'What differs from the revision before: first, text, title, or text_and_title.';
COMMENT ON COLUMN revisions.previous_revision_id IS 'Revision that was current before it; null for the first.';
COMMENT ON COLUMN revisions.first_seen_at IS 'When it was first fetched, UTC.';
COMMENT ON COLUMN revisions.last_seen_at IS 'When it was last fetched, UTC.';
COMMENT ON COLUMN revisions.is_current IS 'Whether it is the article''s current revision.';
COMMENT ON COLUMN revisions.page_class IS 'What kind of page it is.';
COMMENT ON COLUMN revisions.language IS 'Language of the text, ISO 639-1.';
COMMENT ON COLUMN revisions.text_sha256 IS 'SHA-256 of the UTF-8 text, hex.';
COMMENT ON COLUMN revisions.text_char_count IS 'Length of the text, code points.';
COMMENT ON COLUMN revisions.mojibake_ratio IS 'Share of the characters of the text that were lost or garbled in decoding, 0 to 1; null where it was not told.';
COMMENT ON COLUMN revisions.is_garbled IS 'Whether that share is above 0.002, two characters in a thousand: the text is damaged, and does not merely quote such characters.';
COMMENT ON COLUMN revisions.free_share IS 'Share of the article that its page showed, 0 to 1, by the length that the page states; null where it states none.';
COMMENT ON COLUMN revisions.extractor IS 'Name and version of the rules that extracted it.';
COMMENT ON COLUMN revisions.fetch_id IS 'HTTP exchange its text was extracted from.';
COMMENT ON COLUMN revisions.feed_id IS 'Feed that led to it.';
COMMENT ON COLUMN revisions.run_id IS 'Run that loaded it.';
COMMENT ON COLUMN revisions.article_text IS 'Its text.';
