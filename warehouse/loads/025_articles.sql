-- Texts of new revisions, new articles, and which of them copy which.

-- Only where new_revisions has rows.
INSERT INTO core.article_texts BY NAME
SELECT revision_id, any_value(article_text) AS article_text
FROM stage_texts
WHERE revision_id IN (SELECT revision_id FROM new_revisions)
GROUP BY revision_id;

-- New articles. Their first revision dates them and gives them their outlet.
CREATE TEMP TABLE new_articles AS
SELECT
    article_id, s.outlet_id, s.said_at, s.said_at::DATE AS article_date, s.first_seen_at,
    revision_id AS first_revision_id, s.fetch_id AS first_fetch_id
FROM new_revisions AS s JOIN revisions_at_hand AS h USING (article_id, revision_id)
WHERE h.change = 'first';

CREATE TEMP TABLE new_copy_keys AS
SELECT DISTINCT k.article_id, k.copy_key, a.article_date
FROM stage_copy_keys AS k JOIN new_articles AS a USING (article_id);

-- Each new article points at a group it matches among those known, else at the earliest match
-- among the new ones; following the pointers ends at the article that names the group.
CREATE TEMP TABLE new_groups AS
WITH RECURSIVE near AS (
    SELECT n.article_id, k.article_id AS other_id, k.article_date
    FROM new_copy_keys AS n
    JOIN core.article_copy_keys AS k
        ON k.copy_key = n.copy_key AND abs(k.article_date - n.article_date) <= 7
    WHERE
        k.article_date BETWEEN (SELECT min(article_date) - 7 FROM new_copy_keys)
        AND (SELECT max(article_date) + 7 FROM new_copy_keys)
),
known AS (
    SELECT n.article_id, min_by(a.copy_group_id, (a.article_date, a.article_id)) AS parent_id
    FROM near AS n
    JOIN core.articles AS a ON a.article_id = n.other_id AND a.article_date = n.article_date
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

-- Only where new_articles has rows.
INSERT INTO core.articles BY NAME
SELECT
    article_id, a.outlet_id, c.canonical_url, c.title, c.published_at, a.article_date,
    a.first_seen_at, revision_id AS current_revision_id, h.revision_count, g.copy_group_id
FROM new_articles AS a
JOIN new_groups AS g USING (article_id)
JOIN revisions_at_hand AS h USING (article_id)
JOIN new_revisions AS c USING (article_id, revision_id)
WHERE h.is_current
ORDER BY a.article_date, article_id;

-- Only where new_copy_keys has rows.
INSERT INTO core.article_copy_keys BY NAME FROM new_copy_keys ORDER BY article_date, copy_key;

-- An article that is copied for the first time joins its group with its first copy.
-- Only where new_articles has rows.
INSERT INTO core.copy_groups BY NAME
WITH copies AS (
    FROM new_groups WHERE article_id <> copy_group_id
)
SELECT article_id, copy_group_id, false AS is_original FROM copies
UNION ALL
SELECT copy_group_id, copy_group_id, true
FROM (SELECT DISTINCT copy_group_id FROM copies) AS c
WHERE NOT EXISTS (FROM core.copy_groups AS t WHERE t.article_id = c.copy_group_id)
ORDER BY copy_group_id, article_id;

CREATE TEMP TABLE articles_at_hand AS
SELECT article_id, article_date, outlet_id, copy_group_id, first_revision_id, first_fetch_id
FROM new_articles JOIN new_groups USING (article_id)
UNION ALL
SELECT
    article_id, a.article_date, a.outlet_id, a.copy_group_id, r.revision_id, r.fetch_id
FROM core.articles AS a JOIN known_revisions AS r USING (article_id)
WHERE r.change = 'first' AND article_id IN (FROM known_articles);
