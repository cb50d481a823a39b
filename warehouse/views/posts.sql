-- One row a post of a live blog, as the article's current revision has it.
CREATE OR REPLACE VIEW posts AS
SELECT
    a.article_id, a.article_date, o.name AS outlet, a.title AS article_title, one.posted_at,
    one.posted_precision, one.title,
    substring(t.article_text, one.start_offset + 1, one.end_offset - one.start_offset) AS post_text,
    one.start_offset, one.end_offset, ordinal, r.revision_id
FROM (
    SELECT
        revision_id, unnest(posts) AS one, generate_subscripts(posts, 1) AS ordinal
    FROM core.article_revisions
    WHERE len(posts) > 0
) AS r
JOIN core.articles AS a ON a.current_revision_id = r.revision_id
JOIN core.outlets AS o ON o.outlet_id = a.outlet_id
JOIN core.article_texts AS t ON t.revision_id = r.revision_id;
COMMENT ON VIEW posts IS 'One row a post of a live blog, as the article''s current revision has it. Warnings: rights.';
COMMENT ON COLUMN posts.article_id IS 'Article: the live blog.';
COMMENT ON COLUMN posts.article_date IS 'Day the article counts for.';
COMMENT ON COLUMN posts.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN posts.article_title IS 'Title of the live blog.';
COMMENT ON COLUMN posts.posted_at IS 'When the post appeared, UTC; null where the page does not tell.';
COMMENT ON COLUMN posts.posted_precision IS 'How exact that is.';
COMMENT ON COLUMN posts.title IS 'Title of the post.';
COMMENT ON COLUMN posts.post_text IS 'Its words, as the text of the article has them.';
COMMENT ON COLUMN posts.start_offset IS 'Where it begins in the text of the article, code points from 0.';
COMMENT ON COLUMN posts.end_offset IS 'Where it ends, exclusive.';
COMMENT ON COLUMN posts.ordinal IS 'Position among the posts in the text, from 1.';
COMMENT ON COLUMN posts.revision_id IS 'Revision that has it.';
