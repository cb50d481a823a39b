-- Which articles are copies of one text: each copy with the article that it was first seen in.
-- text VARCHAR: words of a title in the group, all of them
-- outlet VARCHAR: words of the name of an outlet in the group
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 500: rows at most
WITH members AS (
    SELECT
        g.copy_group_id, a.article_id, a.article_date, a.title, a.canonical_url, a.first_seen_at,
        o.name AS outlet, g.is_original
    FROM core.copy_groups AS g
    JOIN core.articles AS a ON a.article_id = g.article_id
    JOIN core.outlets AS o ON o.outlet_id = a.outlet_id
)
SELECT
    copy_group_id, count(*) OVER (PARTITION BY copy_group_id) AS article_count,
    min(article_date) OVER (PARTITION BY copy_group_id) AS first_date, is_original, outlet, title,
    first_seen_at, canonical_url, article_id
FROM members
WHERE copy_group_id IN (
    SELECT copy_group_id
    FROM members
    WHERE
        has_words(title, $text) AND has_words(outlet, $outlet)
        AND ($since IS NULL OR article_date >= $since::DATE)
        AND ($until IS NULL OR article_date <= $until::DATE)
)
ORDER BY first_date DESC, copy_group_id, is_original DESC, first_seen_at, article_id
LIMIT $row_limit
