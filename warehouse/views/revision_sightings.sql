-- One row a time that a page showed a kept revision of its article, as it is read today.
CREATE OR REPLACE VIEW revision_sightings AS
WITH seen_again AS (
    SELECT article_id FROM core.articles WHERE revision_count > 1
    UNION
    SELECT article_id FROM ops.article_checks
),
shown AS (
    SELECT
        article_id, fetch_id, max_by(revision_id, load_number) AS revision_id,
        min(load_number) AS load_number, min(first_seen_at) AS seen_at
    FROM core.article_revisions SEMI JOIN seen_again USING (article_id)
    GROUP BY article_id, fetch_id
),
visits AS (
    SELECT article_id, revision_id, load_number, seen_at, fetch_id FROM shown
    UNION
    SELECT s.article_id, s.revision_id, c.load_number, c.checked_at, c.fetch_id
    FROM ops.article_checks AS c
    JOIN core.article_revisions AS r ON r.revision_id = c.revision_id
    JOIN shown AS s ON s.article_id = r.article_id AND s.fetch_id = r.fetch_id
)
SELECT
    article_id, revision_id, fetch_id, seen_at, load_number,
    row_number() OVER (PARTITION BY article_id ORDER BY load_number, seen_at, fetch_id)
        AS visit_number
FROM visits
UNION ALL
SELECT article_id, revision_id, fetch_id, first_seen_at, load_number, 1
FROM core.article_revisions ANTI JOIN seen_again USING (article_id);
COMMENT ON VIEW revision_sightings IS 'One row a time that a page showed a kept revision of its article, as it is read today. Warnings: visits.';
COMMENT ON COLUMN revision_sightings.article_id IS 'Article.';
COMMENT ON COLUMN revision_sightings.revision_id IS 'Revision that the page showed; where it was read again from the archive, the newest reading of the same bytes.';
COMMENT ON COLUMN revision_sightings.fetch_id IS 'Exchange that showed it.';
COMMENT ON COLUMN revision_sightings.seen_at IS 'When, UTC.';
COMMENT ON COLUMN revision_sightings.load_number IS 'Number of the load that brought it, counting from 1.';
COMMENT ON COLUMN revision_sightings.visit_number IS 'Position among the article''s sightings, in the order of loading, from 1.';
