-- One row one of these readings: the title, text and dates of the revision that it read.
-- $1 BIGINT[]: the readings
SELECT
    p.parse_id, r.title, t.article_text, r.published_at, r.published_precision, r.modified_at,
    r.modified_precision
FROM core.parses AS p
JOIN core.article_revisions AS r USING (revision_id)
JOIN core.article_texts AS t USING (revision_id)
WHERE p.parse_id IN (SELECT unnest($1::BIGINT[]))
