-- New readings and their claims; what they supersede is marked, never deleted.

CREATE TEMP TABLE new_parses AS
FROM stage_parses AS s
WHERE NOT EXISTS (FROM core.parses AS t WHERE t.parse_id = s.parse_id)
QUALIFY row_number() OVER (PARTITION BY parse_id ORDER BY run_id) = 1;

INSERT INTO core.parses BY NAME
SELECT *, false AS is_current FROM new_parses CROSS JOIN load_counter ORDER BY parse_id;

-- Of a touched article the revision seen by the latest load stands, and of that its newest reading.
CREATE TEMP TABLE current_parses AS
SELECT article_id, revision_id, parse_id
FROM core.parses AS p
JOIN (
    FROM core.article_revisions
    WHERE article_id IN (FROM touched_articles)
    QUALIFY row_number() OVER (
        PARTITION BY article_id
        ORDER BY seen_load_number DESC, last_seen_at DESC, load_number DESC, revision_id DESC
    ) = 1
) AS r USING (article_id, revision_id)
QUALIFY row_number() OVER (
    PARTITION BY article_id ORDER BY p.load_number DESC, parse_id DESC
) = 1;

UPDATE core.parses AS t
SET is_current = parse_id IN (SELECT parse_id FROM current_parses)
WHERE article_id IN (FROM touched_articles);

UPDATE core.article_revisions AS t
SET is_current = revision_id IN (SELECT revision_id FROM current_parses)
WHERE article_id IN (FROM touched_articles);

-- Days that a touched article counted for until now: their rollups change too.
CREATE TEMP TABLE touched_days AS
SELECT DISTINCT claim_date FROM core.claims WHERE article_id IN (FROM touched_articles);

CREATE TEMP TABLE known_statements AS
SELECT article_id, statement_id, min(claimed_at) AS claimed_at
FROM core.claims
WHERE article_id IN (FROM touched_articles)
GROUP BY article_id, statement_id;

-- What the first exchange said is as old as the article; what a later one adds, as old as itself;
-- what a post of a live blog says, as old as the post.
CREATE TEMP TABLE dated AS
SELECT
    s.claim_id, s.article_id, s.statement_id, s.parse_id, s.posted_at, a.outlet_id, a.copy_group_id,
    CASE
        WHEN r.revision_id = f.revision_id OR r.fetch_id = f.fetch_id THEN r.said_at
        ELSE r.revised_at
    END AS said_at
FROM stage_claims AS s
SEMI JOIN new_parses USING (parse_id)
JOIN staged_revisions AS r USING (revision_id)
JOIN core.articles AS a ON a.article_id = s.article_id
JOIN core.article_revisions AS f ON f.article_id = s.article_id AND f.change = 'first';

CREATE TEMP TABLE claim_dates AS
SELECT
    d.claim_id, any_value(outlet_id) AS outlet_id, any_value(copy_group_id) AS copy_group_id,
    any_value(t.claimed_at) AS claimed_at,
    any_value(parse_id) IN (SELECT parse_id FROM current_parses) AS is_current,
    ((SELECT count(*) FROM core.claims) + row_number() OVER (ORDER BY claim_id))::INTEGER
        AS claim_number
FROM dated AS d
JOIN (
    SELECT
        article_id, statement_id,
        coalesce(min(posted_at), least(min(said_at), any_value(k.claimed_at))) AS claimed_at
    FROM dated LEFT JOIN known_statements AS k USING (article_id, statement_id)
    GROUP BY article_id, statement_id
) AS t USING (article_id, statement_id)
GROUP BY d.claim_id;

CREATE TEMP TABLE new_claims AS
SELECT
    s.* EXCLUDE (posted_at), d.* EXCLUDE (claim_id), claimed_at::DATE AS claim_date,
    false AS is_repeat
FROM stage_claims AS s JOIN claim_dates AS d USING (claim_id)
WHERE s.parse_id IN (SELECT parse_id FROM new_parses);

UPDATE core.claims
SET is_current = NOT is_current
WHERE
    article_id IN (FROM touched_articles)
    AND is_current <> (parse_id IN (SELECT parse_id FROM current_parses));

INSERT INTO core.claims BY NAME
FROM new_claims ORDER BY claim_date, claimant_id, article_id, parse_id, ordinal;

INSERT INTO core.claim_spans BY NAME
FROM stage_spans SEMI JOIN new_claims USING (claim_id);

INSERT INTO core.claim_quantities BY NAME
SELECT q.*, c.claim_date, c.claimant_id
FROM stage_quantities AS q JOIN new_claims AS c USING (claim_id)
ORDER BY c.claim_date, c.claimant_id, claim_id, q.ordinal;

INSERT INTO core.claim_times BY NAME
FROM stage_times SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;

INSERT INTO core.claim_places BY NAME
FROM stage_places SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;

INSERT INTO core.claim_relays BY NAME
FROM stage_relays SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;

INSERT INTO core.claim_links BY NAME
FROM stage_links SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;
