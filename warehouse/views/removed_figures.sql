-- One row an article, a statement that a later revision left out, and a figure in it (one row
-- without figures): what the revision that left it out gives in its place.
CREATE OR REPLACE VIEW removed_figures AS
WITH removed AS (
    SELECT * FROM claim_history WHERE NOT is_standing
),
given AS (
    SELECT
        r.claim_id, q.ordinal, q.measure, q.party, q.unit, q.change,
        coalesce(q.value, q.low_value, q.high_value) AS amount, c.claimant_id, c.speaks_for_id
    FROM removed AS r
    JOIN core.claims AS c ON c.claim_id = r.claim_id
    JOIN core.claim_quantities AS q ON q.claim_id = r.claim_id
    WHERE coalesce(q.aspect, 'whole') <> 'previous'
),
put AS (
    SELECT
        r.claim_id, g.ordinal,
        min_by(coalesce(q.value, q.low_value, q.high_value), (c.ordinal, q.ordinal)) AS new_amount
    FROM removed AS r
    JOIN given AS g ON g.claim_id = r.claim_id
    JOIN core.claims AS c
        ON
            c.revision_id = r.removed_in_revision_id
            AND coalesce(c.speaks_for_id, c.claimant_id)
            = coalesce(g.speaks_for_id, g.claimant_id)
    JOIN core.claim_quantities AS q
        ON
            q.claim_id = c.claim_id AND q.measure = g.measure AND q.change = g.change
            AND q.party IS NOT DISTINCT FROM g.party AND q.unit IS NOT DISTINCT FROM g.unit
    WHERE coalesce(q.aspect, 'whole') <> 'previous'
    GROUP BY ALL
)
SELECT
    r.removed_at, r.claimant, g.measure, g.party, g.unit, g.amount, p.new_amount, r.content_text,
    r.outlet, r.title, r.first_seen_at, r.last_seen_at, r.last_revision_id,
    r.removed_in_revision_id, r.canonical_url, r.is_copy, r.article_id,
    r.claim_id AS last_claim_id
FROM removed AS r
LEFT JOIN given AS g ON g.claim_id = r.claim_id
LEFT JOIN put AS p ON p.claim_id = g.claim_id AND p.ordinal = g.ordinal;
COMMENT ON VIEW removed_figures IS 'One row an article, a statement that a later revision left out, and a figure in it (one row without figures): what that revision gives in its place. Warnings: hearsay, machine, copies, unnamed, kinds, parties, visits.';
COMMENT ON COLUMN removed_figures.removed_at IS 'When it was seen to be gone, UTC.';
COMMENT ON COLUMN removed_figures.claimant IS 'Who claims it; null when it could not be named.';
COMMENT ON COLUMN removed_figures.measure IS 'What the figure measures; null without one.';
COMMENT ON COLUMN removed_figures.party IS 'Whose loss, stock or gain it is.';
COMMENT ON COLUMN removed_figures.unit IS 'Unit of the amounts.';
COMMENT ON COLUMN removed_figures.amount IS 'The figure that was left out.';
COMMENT ON COLUMN removed_figures.new_amount IS 'What the same claimant is said to give in its place; null where the claim was withdrawn.';
COMMENT ON COLUMN removed_figures.content_text IS 'The words claimed.';
COMMENT ON COLUMN removed_figures.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN removed_figures.title IS 'Title of the article''s current revision.';
COMMENT ON COLUMN removed_figures.first_seen_at IS 'When the claim was first seen, UTC.';
COMMENT ON COLUMN removed_figures.last_seen_at IS 'When it was last seen, UTC.';
COMMENT ON COLUMN removed_figures.last_revision_id IS 'Revision in which it stood last.';
COMMENT ON COLUMN removed_figures.removed_in_revision_id IS 'Revision that no longer held it.';
COMMENT ON COLUMN removed_figures.canonical_url IS 'Address of the article.';
COMMENT ON COLUMN removed_figures.is_copy IS 'Whether the article is a copy of another outlet''s.';
COMMENT ON COLUMN removed_figures.article_id IS 'Article.';
COMMENT ON COLUMN removed_figures.last_claim_id IS 'The claim in the revision in which it stood last.';
