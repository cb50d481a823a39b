-- Outlets, entities, revisions with their texts, articles and which of them copy which.

INSERT INTO core.outlets BY NAME
FROM stage_outlets AS s
WHERE NOT EXISTS (FROM core.outlets AS t WHERE t.outlet_id = s.outlet_id)
QUALIFY row_number() OVER (PARTITION BY outlet_id ORDER BY first_seen_at, site) = 1;

INSERT INTO core.entities BY NAME
FROM stage_entities AS s
WHERE NOT EXISTS (FROM core.entities AS t WHERE t.entity_id = s.entity_id)
QUALIFY row_number() OVER (
    PARTITION BY entity_id
    ORDER BY entity_type = 'unknown', side_code IS NULL, first_seen_at, name, entity_type
) = 1;

UPDATE core.entities AS t
SET side_code = s.side_code
FROM (
    SELECT entity_id, min(side_code) AS side_code FROM stage_entities GROUP BY entity_id
) AS s
WHERE t.entity_id = s.entity_id AND t.side_code IS NULL AND s.side_code IS NOT NULL;

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

CREATE TEMP TABLE touched_articles AS
SELECT article_id FROM staged_revisions
UNION
SELECT c.article_id
FROM new_checks AS c JOIN core.article_revisions AS r USING (revision_id)
WHERE NOT r.is_current;

CREATE TEMP TABLE new_revisions AS
FROM staged_revisions AS s
WHERE NOT EXISTS (FROM core.article_revisions AS t WHERE t.revision_id = s.revision_id);

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
            SELECT fetch_id FROM core.article_revisions
            WHERE is_current AND article_id IN (FROM touched_articles)
        )
    UNION ALL
    SELECT revision_id, checked_at FROM new_checks WHERE revision_id IS NOT NULL
)
GROUP BY revision_id;

-- A text that comes back after a change is the same revision, seen again.
UPDATE core.article_revisions AS t
SET
    last_seen_at = greatest(t.last_seen_at, s.seen_at),
    seen_load_number = (SELECT load_number FROM load_counter)
FROM sightings AS s
WHERE t.revision_id = s.revision_id;

-- Each new revision, and the one it replaces: the current one, or another new one before it.
CREATE TEMP TABLE replacements AS
SELECT
    revision_id, lag({'revision_id': revision_id, 'title': title, 'text_sha256': text_sha256})
        OVER (PARTITION BY article_id ORDER BY is_new, first_seen_at, revision_id) AS before
FROM (
    SELECT article_id, revision_id, title, text_sha256, first_seen_at, false AS is_new
    FROM core.article_revisions
    WHERE is_current AND article_id IN (FROM touched_articles)
    UNION ALL
    SELECT article_id, revision_id, title, text_sha256, first_seen_at, true FROM new_revisions
);

INSERT INTO core.article_revisions BY NAME
SELECT
    s.* EXCLUDE (said_at, revised_at), load_number, false AS is_current,
    CASE WHEN revision_id IN (SELECT revision_id FROM sightings) THEN load_number ELSE 0 END
        AS seen_load_number,
    before.revision_id AS previous_revision_id,
    CASE
        WHEN before IS NULL THEN 'first'
        WHEN before.text_sha256 = s.text_sha256 THEN 'title'
        WHEN before.title IS NOT DISTINCT FROM s.title THEN 'text'
        ELSE 'text_and_title'
    END AS change
FROM new_revisions AS s JOIN replacements AS r USING (revision_id) CROSS JOIN load_counter
ORDER BY first_seen_at, revision_id;

-- Title and text make a revision; what else newer rules find on its page replaces what was found.
UPDATE core.article_revisions AS t
SET
    canonical_url = s.canonical_url, page_class = s.page_class, authors = s.authors,
    published_at = s.published_at, published_precision = s.published_precision,
    published_has_zone = s.published_has_zone, published_source = s.published_source,
    published_raw = s.published_raw, published_on = s.published_on, modified_at = s.modified_at,
    modified_precision = s.modified_precision, modified_has_zone = s.modified_has_zone,
    modified_source = s.modified_source, modified_raw = s.modified_raw, language = s.language,
    site = s.site, site_name = s.site_name, field_sources = s.field_sources,
    mojibake_ratio = s.mojibake_ratio, free_share = s.free_share,
    asides = s.asides, posts = s.posts, extractor = s.extractor
FROM staged_revisions AS s
WHERE
    t.revision_id = s.revision_id AND t.fetch_id = s.fetch_id AND t.extractor <> s.extractor;

INSERT INTO core.article_texts BY NAME
SELECT revision_id, any_value(article_text) AS article_text
FROM stage_texts AS s
WHERE
    revision_id IN (SELECT revision_id FROM new_revisions)
    AND NOT EXISTS (FROM core.article_texts AS t WHERE t.revision_id = s.revision_id)
GROUP BY revision_id;

-- New articles. Their first revision dates them and gives them their outlet.
CREATE TEMP TABLE new_articles AS
SELECT
    article_id, outlet_id, canonical_url, title, published_at, said_at::DATE AS article_date,
    first_seen_at, revision_id AS current_revision_id, 1 AS revision_count, said_at
FROM new_revisions AS s
WHERE NOT EXISTS (FROM core.articles AS t WHERE t.article_id = s.article_id)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY first_seen_at, revision_id) = 1;

CREATE TEMP TABLE new_copy_keys AS
SELECT DISTINCT k.article_id, k.copy_key, a.article_date
FROM stage_copy_keys AS k JOIN new_articles AS a USING (article_id);

-- Each new article points at a group it matches among those known, else at the earliest match
-- among the new ones; following the pointers ends at the article that names the group.
CREATE TEMP TABLE new_groups AS
WITH RECURSIVE known AS (
    SELECT n.article_id, min_by(a.copy_group_id, (a.article_date, a.article_id)) AS parent_id
    FROM new_copy_keys AS n
    JOIN core.article_copy_keys AS k
        ON k.copy_key = n.copy_key AND abs(k.article_date - n.article_date) <= 7
    JOIN core.articles AS a ON a.article_id = k.article_id
    GROUP BY n.article_id
),
fresh AS (
    SELECT n.article_id, min_by(o.article_id, (a.said_at, o.article_id)) AS parent_id
    FROM new_copy_keys AS n
    JOIN new_copy_keys AS o
        ON o.copy_key = n.copy_key AND abs(o.article_date - n.article_date) <= 7
    JOIN new_articles AS a ON a.article_id = o.article_id
    GROUP BY n.article_id
),
pointers AS (
    SELECT
        article_id, coalesce(known.parent_id, fresh.parent_id, article_id) AS parent_id,
        known.parent_id IS NOT NULL AS is_known
    FROM new_articles LEFT JOIN known USING (article_id) LEFT JOIN fresh USING (article_id)
),
chains AS (
    SELECT article_id, parent_id, is_known OR article_id = parent_id AS is_end FROM pointers
    UNION ALL
    SELECT c.article_id, p.parent_id, p.is_known OR p.article_id = p.parent_id
    FROM chains AS c JOIN pointers AS p ON p.article_id = c.parent_id
    WHERE NOT c.is_end
)
SELECT article_id, parent_id AS copy_group_id FROM chains WHERE is_end;

INSERT INTO core.articles BY NAME
SELECT a.* EXCLUDE (said_at), g.copy_group_id
FROM new_articles AS a JOIN new_groups AS g USING (article_id)
ORDER BY article_date, article_id;

INSERT INTO core.article_copy_keys BY NAME FROM new_copy_keys ORDER BY article_date, copy_key;

INSERT INTO core.copy_groups BY NAME
SELECT article_id, copy_group_id, article_id = copy_group_id AS is_original
FROM core.articles
WHERE
    copy_group_id IN (SELECT copy_group_id FROM new_groups WHERE article_id <> copy_group_id)
    AND article_id NOT IN (SELECT article_id FROM core.copy_groups)
ORDER BY copy_group_id, article_id;
