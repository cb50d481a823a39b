-- New readings and their claims, dated, and marked where a story says the same twice; what they
-- supersede is marked, never deleted.

CREATE TEMP TABLE known_parses AS
SELECT parse_id, revision_id, article_id, load_number, is_current
FROM core.parses
WHERE
    load_number >= (FROM horizon)
    AND article_id IN (SELECT article_id FROM known_revisions);

CREATE TEMP TABLE new_parses AS
FROM stage_parses AS s
WHERE NOT EXISTS (FROM known_parses AS t WHERE t.parse_id = s.parse_id)
QUALIFY row_number() OVER (PARTITION BY parse_id ORDER BY run_id) = 1;

-- Of the revision that stands its newest reading does.
CREATE TEMP TABLE current_parses AS
SELECT article_id, revision_id, parse_id
FROM (
    SELECT parse_id, revision_id, article_id, load_number FROM known_parses
    UNION ALL
    SELECT parse_id, revision_id, article_id, load_number FROM new_parses CROSS JOIN load_counter
) AS p
JOIN revisions_at_hand AS r USING (article_id, revision_id)
WHERE r.is_current AND article_id IN (FROM touched_articles)
QUALIFY row_number() OVER (
    PARTITION BY article_id ORDER BY p.load_number DESC, parse_id DESC
) = 1;

-- Only where new_parses has rows.
INSERT INTO core.parses BY NAME
SELECT *, parse_id IN (SELECT parse_id FROM current_parses) AS is_current
FROM new_parses CROSS JOIN load_counter
ORDER BY parse_id;

INSERT INTO core.loads
SELECT load_number, (SELECT count(*) + 1 FROM core.claims) FROM load_counter;

-- Claims of the copy groups at hand: none was loaded before the article that names its group.
CREATE TEMP TABLE groups_at_hand AS
SELECT DISTINCT copy_group_id FROM articles_at_hand;

CREATE TEMP TABLE reach AS
SELECT min(first_claim_number) AS first_claim_number
FROM core.loads
WHERE
    load_number >= (
        SELECT min(load_number) FROM core.article_revisions
        WHERE article_id IN (FROM groups_at_hand)
    );

CREATE TEMP TABLE known_claims AS
SELECT
    claim_number, claim_id, article_id, outlet_id, copy_group_id, statement_id, parse_id,
    claimed_at, claim_date, is_current, is_repeat
FROM core.claims
WHERE
    claim_number >= (SELECT first_claim_number FROM reach)
    AND copy_group_id IN (FROM groups_at_hand);

CREATE TEMP TABLE known_statements AS
SELECT article_id, statement_id, min(claimed_at) AS claimed_at
FROM known_claims
WHERE article_id IN (FROM touched_articles)
GROUP BY article_id, statement_id;

-- What the first exchange said is as old as the article; what a later one adds, as old as itself;
-- what a post of a live blog says, as old as the post.
CREATE TEMP TABLE dated AS
SELECT
    s.claim_id, s.article_id, s.statement_id, s.parse_id, s.posted_at, a.outlet_id, a.copy_group_id,
    CASE
        WHEN r.revision_id = a.first_revision_id OR r.fetch_id = a.first_fetch_id THEN r.said_at
        ELSE r.revised_at
    END AS said_at
FROM stage_claims AS s
SEMI JOIN new_parses USING (parse_id)
JOIN staged_revisions AS r USING (revision_id)
JOIN articles_at_hand AS a ON a.article_id = s.article_id;

CREATE TEMP TABLE claim_dates AS
SELECT
    d.claim_id, any_value(article_id) AS article_id, any_value(outlet_id) AS outlet_id,
    any_value(copy_group_id) AS copy_group_id, any_value(statement_id) AS statement_id,
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

-- What a story says twice is a repeat; a claim that does not stand keeps what it was.
CREATE TEMP TABLE claims_at_hand AS
WITH at_hand AS (
    SELECT
        * EXCLUDE (parse_id, is_current, is_repeat),
        CASE
            WHEN article_id IN (FROM touched_articles)
                THEN parse_id IN (SELECT parse_id FROM current_parses)
            ELSE is_current
        END AS is_current,
        is_current AS was_current, is_repeat AS was_repeat, false AS is_new
    FROM known_claims
    UNION ALL BY NAME
    SELECT *, claimed_at::DATE AS claim_date, true AS is_new FROM claim_dates
)
SELECT
    *, CASE
        WHEN is_current THEN row_number() OVER (
            PARTITION BY is_current, copy_group_id, statement_id
            ORDER BY copy_group_id <> article_id, claimed_at, claim_id
        ) > 1
        ELSE coalesce(was_repeat, false)
    END AS is_repeat
FROM at_hand;

CREATE TEMP TABLE changed_claims AS
SELECT claim_number, claim_date, is_current, is_repeat
FROM claims_at_hand
WHERE
    NOT is_new AND (is_current <> was_current OR is_repeat IS DISTINCT FROM was_repeat);

CREATE TEMP TABLE new_claims AS
SELECT
    claim_id, s.revision_id, s.claimant_id, s.confidence, h.claimed_at, h.claim_date,
    h.claim_number
FROM stage_claims AS s JOIN claims_at_hand AS h USING (claim_id)
WHERE h.is_new AND s.parse_id IN (SELECT parse_id FROM new_parses);

-- Days that a touched article counted for until now: their rollups change too.
CREATE TEMP TABLE touched_days AS
SELECT claim_date FROM claims_at_hand WHERE article_id IN (FROM touched_articles)
UNION
SELECT claim_date FROM changed_claims;

-- What is kept of words is asked for by claims that are not in it yet.
CREATE TEMP TABLE new_numbers AS
SELECT claim_number FROM claims_at_hand WHERE is_new OR was_repeat IS NULL;

-- Only where new_claims has rows.
INSERT INTO core.claims BY NAME
SELECT
    s.* EXCLUDE (posted_at), h.outlet_id, h.copy_group_id, h.claimed_at, h.claim_date,
    h.is_current, h.is_repeat, h.claim_number
FROM stage_claims AS s JOIN claims_at_hand AS h USING (claim_id)
WHERE h.is_new AND s.parse_id IN (SELECT parse_id FROM new_parses)
ORDER BY h.claim_date, s.claimant_id, s.article_id, s.parse_id, s.ordinal;

-- Only where stage_spans has rows.
INSERT INTO core.claim_spans BY NAME
FROM stage_spans SEMI JOIN new_claims USING (claim_id);

-- Only where stage_quantities has rows.
INSERT INTO core.claim_quantities BY NAME
SELECT q.*, c.claim_date, c.claimant_id, c.claim_number
FROM stage_quantities AS q JOIN new_claims AS c USING (claim_id)
ORDER BY c.claim_date, c.claimant_id, claim_id, q.ordinal;

-- Only where stage_times has rows.
INSERT INTO core.claim_times BY NAME
FROM stage_times SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;

-- Only where stage_places has rows.
INSERT INTO core.claim_places BY NAME
FROM stage_places SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;

-- Only where stage_relays has rows.
INSERT INTO core.claim_relays BY NAME
FROM stage_relays SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;

-- Only where stage_links has rows.
INSERT INTO core.claim_links BY NAME
FROM stage_links SEMI JOIN new_claims USING (claim_id) ORDER BY claim_id, ordinal;

-- What follows from articles is made anew: the series of their figures, and of a week the figures
-- that are compared.
CREATE TEMP TABLE touched_series (
    series_id BIGINT, measure VARCHAR, party VARCHAR, unit VARCHAR, only_grows BOOLEAN,
    is_side_total BOOLEAN
);

CREATE TEMP TABLE touched_figures (
    week_date DATE, measure VARCHAR, party VARCHAR, unit VARCHAR
);
