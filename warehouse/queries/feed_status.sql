-- Feeds in words.
SELECT
    outlet, state, problem, last_new_item_at, next_poll_at, possible_gap_at, item_count,
    loaded_count, pending_count, url
FROM feed_health
WHERE is_active OR state <> 'removed'
ORDER BY failure_weight DESC, outlet, url
