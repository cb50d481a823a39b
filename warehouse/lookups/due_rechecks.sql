-- One row a loaded article whose page is to be seen again: its URL, why, how often that failed.
-- names VARCHAR[], hours INTEGER[]: occasions, and how long after the first fetch each comes
-- now TIMESTAMP: an article is visited for the last occasion that came, once for all it missed
-- most_attempts INTEGER: failures after which an occasion is given up
WITH occasions AS (
    SELECT unnest($names::VARCHAR[]) AS occasion, unnest($hours::INTEGER[]) AS hours
),
young AS (
    SELECT article_id, first_seen_at
    FROM core.articles
    WHERE
        first_seen_at + to_hours((SELECT min(hours) FROM occasions)) <= $now
        AND article_id NOT IN (
            SELECT article_id
            FROM ops.article_checks
            WHERE
                occasion = (SELECT max_by(occasion, hours) FROM occasions)
                AND result NOT IN ('failed', 'waiting')
        )
),
checks AS (
    SELECT c.*, o.hours, c.result IN ('failed', 'waiting') AS is_open
    FROM ops.article_checks AS c LEFT JOIN occasions AS o USING (occasion)
    WHERE article_id IN (
        SELECT article_id FROM young
        UNION ALL
        SELECT article_id FROM ops.article_checks WHERE result IN ('failed', 'waiting')
    )
),
settled AS (
    SELECT article_id, max(hours) AS hours, max(load_number) AS load_number
    FROM checks
    WHERE NOT is_open
    GROUP BY article_id
),
unsettled AS (
    SELECT
        c.article_id, occasion, count(*) FILTER (result = 'failed')::INTEGER AS attempts,
        max_by(checked_at, c.load_number) AS tried_at, max(c.load_number) AS load_number,
        max_by(feed_item_id, c.load_number) AS feed_item_id
    FROM checks AS c LEFT JOIN settled AS s USING (article_id)
    WHERE is_open AND c.load_number > coalesce(s.load_number, 0)
    GROUP BY c.article_id, occasion
),
due AS (
    SELECT y.article_id, max_by(o.occasion, o.hours) AS occasion
    FROM young AS y LEFT JOIN settled AS s USING (article_id)
    JOIN occasions AS o
        ON o.hours > coalesce(s.hours, 0) AND y.first_seen_at + to_hours(o.hours) <= $now
    GROUP BY y.article_id
    UNION ALL
    SELECT article_id, occasion FROM unsettled WHERE occasion = 'feed'
),
pages AS (
    SELECT u.*, a.first_seen_at, u.canonical_url = a.canonical_url AS is_own
    FROM ops.url_fates AS u
    JOIN (
        FROM core.articles WHERE article_id IN (SELECT article_id FROM due)
    ) AS a ON a.article_id = u.article_id
    WHERE u.fate IN ('loaded', 'revision') AND u.article_id IN (SELECT article_id FROM due)
)
SELECT
    p.* REPLACE (coalesce(e.feed_item_id, p.feed_item_id) AS feed_item_id), d.occasion,
    coalesce(w.attempts, 0) AS failures, w.tried_at
FROM due AS d
JOIN pages AS p ON p.article_id = d.article_id
LEFT JOIN unsettled AS w ON w.article_id = d.article_id AND w.occasion = d.occasion
LEFT JOIN (
    SELECT article_id, max_by(feed_item_id, load_number) AS feed_item_id
    FROM unsettled
    GROUP BY article_id
) AS e ON e.article_id = d.article_id
WHERE coalesce(w.attempts, 0) < $most_attempts
QUALIFY row_number() OVER (
    PARTITION BY d.article_id
    ORDER BY d.occasion = 'feed', p.is_own DESC, p.discovered_at, p.url_id
) = 1
ORDER BY p.first_seen_at, p.article_id
