-- One row: articles, revisions, claims that count and that counted once, and of the former those
-- whose words the current text does not hold.
SELECT
    (SELECT count(*) FROM core.articles), (SELECT count(*) FROM core.article_revisions),
    count(*) FILTER (c.is_current), count(*) FILTER (NOT c.is_current),
    count(*) FILTER (c.is_current AND c.revision_id <> a.current_revision_id)
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
