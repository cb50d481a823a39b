-- Outlets, entities, and revisions: which are new, and which are known of the articles at hand.

-- Only where stage_outlets has rows.
INSERT INTO core.outlets BY NAME
FROM stage_outlets AS s
WHERE NOT EXISTS (FROM core.outlets AS t WHERE t.outlet_id = s.outlet_id)
QUALIFY row_number() OVER (PARTITION BY outlet_id ORDER BY first_seen_at, site) = 1;

-- Only where stage_entities has rows.
INSERT INTO core.entities BY NAME
FROM stage_entities AS s
WHERE NOT EXISTS (FROM core.entities AS t WHERE t.entity_id = s.entity_id)
QUALIFY row_number() OVER (
    PARTITION BY entity_id
    ORDER BY entity_type = 'unknown', side_code IS NULL, first_seen_at, name, entity_type
) = 1;

-- Only where stage_entities has rows.
UPDATE core.entities AS t
SET side_code = s.side_code
FROM (
    SELECT entity_id, min(side_code) AS side_code FROM stage_entities GROUP BY entity_id
) AS s
WHERE t.entity_id = s.entity_id AND t.side_code IS NULL AND s.side_code IS NOT NULL;

-- Only where stage_aliases has rows.
INSERT INTO core.entity_aliases BY NAME
FROM stage_aliases AS s
WHERE NOT EXISTS (
    FROM core.entity_aliases AS t WHERE t.entity_id = s.entity_id AND t.alias = s.alias
)
QUALIFY row_number() OVER (PARTITION BY entity_id, alias ORDER BY first_seen_at, method) = 1;

CREATE TEMP TABLE staged_revisions AS
SELECT * EXCLUDE (rank)
FROM (
    SELECT
        * EXCLUDE (last_seen_at),
        max(last_seen_at) OVER (PARTITION BY revision_id) AS last_seen_at,
        row_number() OVER (PARTITION BY revision_id ORDER BY first_seen_at, fetch_id) AS rank
    FROM stage_revisions
)
WHERE rank = 1;

-- Claims of an older schema are not marked as repeats or not yet: they are taken for new.
CREATE TEMP TABLE unmarked_articles AS
SELECT DISTINCT article_id FROM core.claims WHERE is_repeat IS NULL;

-- What was loaded before of the articles at hand. All that follows looks no further back than the
-- first load of one of them, so that a load costs the same whatever else is kept.
CREATE TEMP TABLE ids_at_hand AS
SELECT article_id FROM staged_revisions
UNION
SELECT article_id FROM new_checks
UNION
FROM unmarked_articles;

CREATE TEMP TABLE horizon AS
SELECT coalesce(min(load_number), (SELECT load_number FROM load_counter)) AS load_number
FROM core.article_revisions
WHERE article_id IN (FROM ids_at_hand);

CREATE TEMP TABLE known_revisions AS
SELECT
    revision_id, article_id, fetch_id, title, text_sha256, first_seen_at, last_seen_at,
    load_number, seen_load_number, change, is_current
FROM core.article_revisions
WHERE load_number >= (FROM horizon) AND article_id IN (FROM ids_at_hand);

CREATE TEMP TABLE touched_articles AS
SELECT article_id FROM staged_revisions
UNION
SELECT k.article_id
FROM new_checks JOIN known_revisions AS k USING (revision_id)
WHERE NOT k.is_current
UNION
FROM unmarked_articles;

CREATE TEMP TABLE known_articles AS
SELECT DISTINCT article_id FROM known_revisions SEMI JOIN touched_articles USING (article_id);

CREATE TEMP TABLE new_revisions AS
FROM staged_revisions AS s
WHERE NOT EXISTS (FROM known_revisions AS t WHERE t.revision_id = s.revision_id);

-- What the pages showed. Read again from the archive, the page of an article's current revision
-- counts as seen now, that of a superseded one does not.
CREATE TEMP TABLE sightings AS
SELECT revision_id, max(seen_at) AS seen_at
FROM (
    SELECT revision_id, last_seen_at AS seen_at
    FROM staged_revisions
    WHERE
        fetch_id IN (SELECT fetch_id FROM new_fetches)
        OR fetch_id IN (
            SELECT fetch_id FROM known_revisions
            WHERE is_current AND article_id IN (FROM touched_articles)
        )
    UNION ALL
    SELECT revision_id, checked_at FROM new_checks WHERE revision_id IS NOT NULL
)
GROUP BY revision_id;

-- A new revision replaces the current one, or another new one before it; of a touched article the
-- one seen by the latest load stands. A text that comes back after a change is the same revision,
-- seen again.
CREATE TEMP TABLE revisions_at_hand AS
WITH at_hand AS (
    SELECT
        k.* EXCLUDE (last_seen_at, seen_load_number), false AS is_new,
        greatest(k.last_seen_at, s.seen_at) AS last_seen_at,
        CASE
            WHEN s.revision_id IS NULL THEN k.seen_load_number
            ELSE (SELECT load_number FROM load_counter)
        END AS seen_load_number
    FROM known_revisions AS k LEFT JOIN sightings AS s USING (revision_id)
    UNION ALL BY NAME
    SELECT
        n.revision_id, n.article_id, n.fetch_id, n.title, n.text_sha256, n.first_seen_at,
        n.last_seen_at, load_number, false AS is_current, true AS is_new,
        CASE WHEN s.revision_id IS NULL THEN 0 ELSE load_number END AS seen_load_number
    FROM new_revisions AS n LEFT JOIN sightings AS s USING (revision_id) CROSS JOIN load_counter
),
followed AS (
    SELECT
        *, lag({'revision_id': revision_id, 'title': title, 'text_sha256': text_sha256}) OVER (
            PARTITION BY article_id, is_new OR is_current
            ORDER BY is_new, first_seen_at, revision_id
        ) AS before,
        row_number() OVER (
            PARTITION BY article_id
            ORDER BY seen_load_number DESC, last_seen_at DESC, load_number DESC, revision_id DESC
        ) = 1 AS is_latest,
        count(*) OVER (PARTITION BY article_id)::INTEGER AS revision_count
    FROM at_hand
)
SELECT
    article_id, revision_id, fetch_id, is_new, last_seen_at, load_number, seen_load_number,
    revision_count, before.revision_id AS previous_revision_id,
    CASE
        WHEN NOT is_new THEN change
        WHEN before IS NULL THEN 'first'
        WHEN before.text_sha256 = text_sha256 THEN 'title'
        WHEN before.title IS NOT DISTINCT FROM title THEN 'text'
        ELSE 'text_and_title'
    END AS change,
    CASE WHEN article_id IN (FROM touched_articles) THEN is_latest ELSE is_current END
        AS is_current
FROM followed;

-- Only where new_revisions has rows.
INSERT INTO core.article_revisions BY NAME
SELECT
    s.* EXCLUDE (said_at, revised_at), h.load_number, h.seen_load_number, h.is_current,
    h.previous_revision_id, h.change
FROM new_revisions AS s JOIN revisions_at_hand AS h USING (revision_id)
ORDER BY s.first_seen_at, s.revision_id;
