-- One row an article, as its current revision has it.
CREATE OR REPLACE VIEW articles AS
SELECT
    a.article_id, a.article_date, a.published_at, r.published_on, o.name AS outlet, a.title,
    a.canonical_url, r.authors, r.language, r.text_char_count, r.mojibake_ratio,
    r.mojibake_ratio > 0.002 AS is_garbled, r.free_share, p.claim_count, a.revision_count,
    a.first_seen_at, r.last_seen_at, a.gone_at, a.moved_to_url,
    a.copy_group_id <> a.article_id AS is_copy, a.copy_group_id, a.outlet_id,
    a.current_revision_id AS revision_id, t.article_text
FROM core.articles AS a
JOIN core.outlets AS o ON o.outlet_id = a.outlet_id
JOIN core.article_revisions AS r ON r.revision_id = a.current_revision_id
JOIN core.parses AS p ON p.revision_id = r.revision_id AND p.is_current
JOIN core.article_texts AS t ON t.revision_id = r.revision_id
-- This holds for every row; the planner takes it for selective, and so runs along the texts
-- instead of holding them all in memory.
WHERE r.load_number % 2 < 2 AND a.article_id % 2 < 2 AND p.parse_id % 2 < 2;
COMMENT ON VIEW articles IS 'One row an article, as its current revision has it. Warnings: copies, coverage, rights.';
COMMENT ON COLUMN articles.article_id IS 'Hash id of the article.';
COMMENT ON COLUMN articles.article_date IS 'Day the article counts for: of its first publication date, else of its first fetch.';
COMMENT ON COLUMN articles.published_at IS 'Publication date, UTC.';
COMMENT ON COLUMN articles.published_on IS 'Day of publication by the newsroom''s calendar, which in the evening can differ from UTC''s; null where it was not told.';
COMMENT ON COLUMN articles.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN articles.title IS 'Title.';
COMMENT ON COLUMN articles.canonical_url IS 'Address.';
COMMENT ON COLUMN articles.authors IS 'Authors as named on the page.';
COMMENT ON COLUMN articles.language IS 'Language of the text, ISO 639-1.';
COMMENT ON COLUMN articles.text_char_count IS 'Length of the text, code points.';
COMMENT ON COLUMN articles.mojibake_ratio IS 'Share of the characters of the text that were lost or garbled in decoding, 0 to 1; null where it was not told.';
COMMENT ON COLUMN articles.is_garbled IS 'Whether that share is above 0.002, two characters in a thousand: the text is damaged, and does not merely quote such characters.';
COMMENT ON COLUMN articles.free_share IS 'Share of the article that its page showed, 0 to 1, by the length that the page states; null where it states none.';
COMMENT ON COLUMN articles.claim_count IS 'Claims found in it.';
COMMENT ON COLUMN articles.revision_count IS 'Revisions kept.';
COMMENT ON COLUMN articles.first_seen_at IS 'When it was first fetched, UTC.';
COMMENT ON COLUMN articles.last_seen_at IS 'When its current revision was last fetched, UTC.';
COMMENT ON COLUMN articles.gone_at IS 'When its page was first found missing (404 or 410), UTC; null while it is there.';
COMMENT ON COLUMN articles.moved_to_url IS 'Where its page was last found to lead elsewhere; null while it does not.';
COMMENT ON COLUMN articles.is_copy IS 'Whether it is a copy of another outlet''s article.';
COMMENT ON COLUMN articles.copy_group_id IS 'Its copy group: count these to count a story once.';
COMMENT ON COLUMN articles.outlet_id IS 'Outlet.';
COMMENT ON COLUMN articles.revision_id IS 'Its current revision.';
COMMENT ON COLUMN articles.article_text IS 'Its text.';
