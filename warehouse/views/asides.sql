-- One row a piece of what the page of an article says beside its text.
CREATE OR REPLACE VIEW asides AS
SELECT
    a.article_id, a.article_date, o.name AS outlet, a.title, one.kind, one.words, ordinal,
    r.revision_id
FROM (
    SELECT
        revision_id, unnest(asides) AS one, generate_subscripts(asides, 1) AS ordinal
    FROM core.article_revisions
    WHERE len(asides) > 0
) AS r
JOIN core.articles AS a ON a.current_revision_id = r.revision_id
JOIN core.outlets AS o ON o.outlet_id = a.outlet_id;
COMMENT ON VIEW asides IS 'One row a piece of what the page of an article says beside its text, as its current revision has it. Warnings: rights.';
COMMENT ON COLUMN asides.article_id IS 'Article it stands beside.';
COMMENT ON COLUMN asides.article_date IS 'Day the article counts for.';
COMMENT ON COLUMN asides.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN asides.title IS 'Title of the article.';
COMMENT ON COLUMN asides.kind IS 'caption, byline, dateline (which alone stands in the text, too), notice, related, quote (a pull quote), embed, comment.';
COMMENT ON COLUMN asides.words IS 'Its words, on one line.';
COMMENT ON COLUMN asides.ordinal IS 'Position among those of the page, from 1.';
COMMENT ON COLUMN asides.revision_id IS 'Revision whose page shows it.';
