-- What a page says beside the text of a revision, and the posts of a live blog.

ALTER TABLE core.article_revisions ADD COLUMN asides STRUCT(kind VARCHAR, words VARCHAR)[];
ALTER TABLE core.article_revisions ADD COLUMN posts STRUCT(
    start_offset BIGINT, end_offset BIGINT, title VARCHAR, posted_at TIMESTAMP,
    posted_precision VARCHAR, posted_has_zone BOOLEAN, posted_source VARCHAR, posted_raw VARCHAR
)[];
COMMENT ON COLUMN core.article_revisions.asides IS 'What its page says beside the text, by kind: caption, byline, dateline, notice, related, quote, embed, comment; null where it was read by rules that did not tell.';
COMMENT ON COLUMN core.article_revisions.posts IS 'Posts of a live blog: where in the text each stands, and when it appeared, UTC; empty for other pages, null where it was read by rules that did not tell.';
