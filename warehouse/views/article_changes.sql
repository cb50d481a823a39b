-- One row a change of an article after it was first seen: another text or title, gone, back, moved.
CREATE OR REPLACE VIEW article_changes AS
WITH edited AS (
    SELECT article_id FROM core.articles WHERE revision_count > 1
),
visits AS (
    SELECT
        *, lag(result) OVER w AS result_before, lag(moved_to_url) OVER w AS moved_before
    FROM ops.article_checks
    WHERE result NOT IN ('unreadable', 'failed', 'waiting')
    WINDOW w AS (PARTITION BY article_id ORDER BY load_number, checked_at, url_id)
),
changes AS (
    SELECT
        r.article_id, r.first_seen_at AS changed_at, r.load_number, r.change, r.revision_id,
        r.previous_revision_id, NULL AS moved_to_url, r.fetch_id
    FROM core.article_revisions AS r
    JOIN ops.fetches AS f ON f.fetch_id = r.fetch_id AND f.run_id = r.run_id
    WHERE r.change <> 'first'
    UNION ALL
    SELECT
        article_id, s.seen_at, s.load_number, 'text_restored', s.revision_id, p.revision_id, NULL,
        s.fetch_id
    FROM revision_sightings AS s
    JOIN revision_sightings AS p USING (article_id)
    WHERE
        article_id IN (FROM edited)
        AND p.visit_number = s.visit_number - 1 AND p.revision_id <> s.revision_id
        AND s.fetch_id NOT IN (SELECT fetch_id FROM core.article_revisions)
    UNION ALL
    SELECT article_id, checked_at, load_number, 'gone', NULL, NULL, NULL, fetch_id
    FROM visits
    WHERE result = 'gone' AND result_before IS DISTINCT FROM 'gone'
    UNION ALL
    SELECT article_id, checked_at, load_number, 'back', NULL, NULL, NULL, fetch_id
    FROM visits
    WHERE result NOT IN ('gone', 'redirected') AND result_before IN ('gone', 'redirected')
    UNION ALL
    SELECT article_id, checked_at, load_number, 'redirected', NULL, NULL, moved_to_url, fetch_id
    FROM visits
    WHERE moved_to_url IS DISTINCT FROM moved_before AND moved_to_url IS NOT NULL
)
SELECT
    c.changed_at, c.change, o.name AS outlet, a.title, p.title AS previous_title,
    n.text_char_count - p.text_char_count AS char_count_difference,
    n.extractor = p.extractor AS is_same_extractor, c.moved_to_url, a.canonical_url, a.article_date,
    a.copy_group_id <> a.article_id AS is_copy, c.load_number, c.article_id, c.revision_id,
    c.previous_revision_id, c.fetch_id
FROM changes AS c
JOIN core.articles AS a ON a.article_id = c.article_id
JOIN core.outlets AS o ON o.outlet_id = a.outlet_id
LEFT JOIN core.article_revisions AS n ON n.revision_id = c.revision_id
LEFT JOIN core.article_revisions AS p ON p.revision_id = c.previous_revision_id;
COMMENT ON VIEW article_changes IS 'One row a change of an article after it was first seen: another text or title, gone, back, moved. What changed only because the archive was read anew is left out. Warnings: copies, visits.';
COMMENT ON COLUMN article_changes.changed_at IS 'When the change was seen, UTC; it happened since the visit before.';
COMMENT ON COLUMN article_changes.change IS 'text, title, text_and_title, text_restored (an earlier revision again), gone (404 or 410), back, or redirected.';
COMMENT ON COLUMN article_changes.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN article_changes.title IS 'Title of the article''s current revision.';
COMMENT ON COLUMN article_changes.previous_title IS 'Title before the change; null when there is no other revision in it.';
COMMENT ON COLUMN article_changes.char_count_difference IS 'By how many code points the text grew.';
COMMENT ON COLUMN article_changes.is_same_extractor IS 'Whether the same rules extracted both texts; where not, the change may be ours.';
COMMENT ON COLUMN article_changes.moved_to_url IS 'Where the page led, for redirected.';
COMMENT ON COLUMN article_changes.canonical_url IS 'Address of the article.';
COMMENT ON COLUMN article_changes.article_date IS 'Day the article counts for.';
COMMENT ON COLUMN article_changes.is_copy IS 'Whether the article is a copy of another outlet''s.';
COMMENT ON COLUMN article_changes.load_number IS 'Number of the load that brought it: its order, whatever the clock said.';
COMMENT ON COLUMN article_changes.article_id IS 'Article.';
COMMENT ON COLUMN article_changes.revision_id IS 'Revision after the change.';
COMMENT ON COLUMN article_changes.previous_revision_id IS 'Revision before the change.';
COMMENT ON COLUMN article_changes.fetch_id IS 'Exchange that showed it.';
