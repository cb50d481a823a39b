-- One row an article and statement: in which revisions it stood, first and last, and whether it
-- still does.
CREATE OR REPLACE VIEW claim_history AS
WITH edited AS (
    SELECT article_id FROM core.articles WHERE revision_count > 1
),
sightings AS (
    FROM revision_sightings WHERE article_id IN (FROM edited)
),
readings AS (
    SELECT revision_id, parse_id
    FROM core.parses
    WHERE article_id IN (FROM edited)
    QUALIFY row_number() OVER (
        PARTITION BY revision_id ORDER BY load_number DESC, parse_id DESC
    ) = 1
),
stood AS (
    SELECT
        s.article_id, c.statement_id, min(s.visit_number) AS first_visit,
        max(s.visit_number) AS last_visit, max_by(c.claim_id, s.visit_number) AS claim_id
    FROM sightings AS s
    JOIN readings AS p ON p.revision_id = s.revision_id
    JOIN core.claims AS c ON c.parse_id = p.parse_id
    WHERE c.article_id IN (FROM edited)
    GROUP BY s.article_id, c.statement_id
),
followed AS (
    SELECT
        h.article_id, h.statement_id, f.revision_id AS first_revision_id,
        f.seen_at AS first_seen_at, l.revision_id AS last_revision_id, l.seen_at AS last_seen_at,
        r.revision_id AS removed_in_revision_id, r.seen_at AS removed_at,
        r.revision_id IS NULL AS is_standing, h.claim_id
    FROM stood AS h
    JOIN sightings AS f ON f.article_id = h.article_id AND f.visit_number = h.first_visit
    JOIN sightings AS l ON l.article_id = h.article_id AND l.visit_number = h.last_visit
    LEFT JOIN sightings AS r
        ON r.article_id = h.article_id AND r.visit_number = h.last_visit + 1
)
SELECT
    h.article_id, h.statement_id, c.claim_date, e.name AS claimant, c.content_text,
    o.name AS outlet, a.title, a.canonical_url, h.first_revision_id, h.first_seen_at,
    h.last_revision_id, h.last_seen_at, h.removed_in_revision_id, h.removed_at, h.is_standing,
    a.gone_at, a.copy_group_id <> a.article_id AS is_copy, h.claim_id
FROM followed AS h
JOIN core.claims AS c ON c.claim_id = h.claim_id
JOIN core.articles AS a ON a.article_id = h.article_id
JOIN core.outlets AS o ON o.outlet_id = a.outlet_id
LEFT JOIN core.entities AS e ON e.entity_id = c.claimant_id
UNION ALL
-- An article with one revision has lost nothing: its claims are listed as they come.
SELECT
    c.article_id, c.statement_id, c.claim_date, e.name, c.content_text, o.name, a.title,
    a.canonical_url, c.revision_id, r.first_seen_at, c.revision_id, r.last_seen_at, NULL, NULL,
    true, a.gone_at, a.copy_group_id <> a.article_id, c.claim_id
FROM core.claims AS c
JOIN core.article_revisions AS r ON r.revision_id = c.revision_id
JOIN core.articles AS a ON a.article_id = c.article_id
JOIN core.outlets AS o ON o.outlet_id = a.outlet_id
LEFT JOIN core.entities AS e ON e.entity_id = c.claimant_id
WHERE
    c.is_current AND a.revision_count = 1
    AND c.claim_number NOT IN (SELECT claim_number FROM core.claim_facts WHERE is_retold)
    -- As in the view articles: the planner runs along the claims.
    AND r.load_number % 2 < 2;
COMMENT ON VIEW claim_history IS 'One row an article and statement: in which revisions it stood, first and last, and whether it still does. One that was gone in between is not told apart. Warnings: hearsay, machine, copies, unnamed, visits.';
COMMENT ON COLUMN claim_history.article_id IS 'Article.';
COMMENT ON COLUMN claim_history.statement_id IS 'Hash id of claimant and words: the same in every article that repeats them.';
COMMENT ON COLUMN claim_history.claim_date IS 'Day the claim counts for.';
COMMENT ON COLUMN claim_history.claimant IS 'Who claims it; null when it could not be named.';
COMMENT ON COLUMN claim_history.content_text IS 'The words claimed.';
COMMENT ON COLUMN claim_history.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN claim_history.title IS 'Title of the article''s current revision.';
COMMENT ON COLUMN claim_history.canonical_url IS 'Address of the article.';
COMMENT ON COLUMN claim_history.first_revision_id IS 'Revision in which it first stood.';
COMMENT ON COLUMN claim_history.first_seen_at IS 'When that was first seen, UTC.';
COMMENT ON COLUMN claim_history.last_revision_id IS 'Revision in which it stood last.';
COMMENT ON COLUMN claim_history.last_seen_at IS 'When that was last seen, UTC.';
COMMENT ON COLUMN claim_history.removed_in_revision_id IS 'Revision that no longer held it; null while it stands.';
COMMENT ON COLUMN claim_history.removed_at IS 'When that was seen, UTC: it was removed between last_seen_at and then.';
COMMENT ON COLUMN claim_history.is_standing IS 'Whether the text seen last still holds it.';
COMMENT ON COLUMN claim_history.gone_at IS 'When the article''s page was found missing, UTC; null while it is there.';
COMMENT ON COLUMN claim_history.is_copy IS 'Whether the article is a copy of another outlet''s.';
COMMENT ON COLUMN claim_history.claim_id IS 'The claim in the revision in which it stood last.';
