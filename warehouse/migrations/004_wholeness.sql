-- How whole the text of a revision is, damaged in decoding or shown in part only, and its day.

ALTER TABLE core.article_revisions ADD COLUMN mojibake_ratio DOUBLE;
ALTER TABLE core.article_revisions ADD COLUMN free_share DOUBLE;
COMMENT ON COLUMN core.article_revisions.mojibake_ratio IS 'Share of the characters of its text that were lost or garbled in decoding (U+FFFD; Ã¤ for ä), 0 to 1; null where it was read by rules that did not tell.';
COMMENT ON COLUMN core.article_revisions.free_share IS 'Share of the article that its page showed, 0 to 1, by the length that its linked data state (wordCount, articleBody); null where they state none, or it was read by rules that did not tell.';
ALTER TABLE core.article_revisions ADD COLUMN published_on DATE;
COMMENT ON COLUMN core.article_revisions.published_on IS 'Day of publication by the newsroom''s calendar, where the page tells it, else that of published_at; null where it was read by rules that did not tell.';
