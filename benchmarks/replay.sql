-- One row a feed: entries, those with several versions, and the rows that stand for one entry each
-- (all rows less the further versions: a row that was loaded twice counts twice).
WITH entries AS (
    SELECT
        feed_id,
        item_key,
        count(*) AS row_count,
        count(DISTINCT content_sha256) AS version_count
    FROM ops.feed_items
    GROUP BY feed_id, item_key
)
SELECT
    f.outlet_name,
    count(*) AS ids,
    count(*) FILTER (WHERE e.version_count > 1) AS changed_ids,
    sum(e.row_count - e.version_count + 1)::BIGINT AS rows_after_second_replay
FROM entries AS e
JOIN ops.feeds AS f USING (feed_id)
GROUP BY f.outlet_name
ORDER BY f.outlet_name;
