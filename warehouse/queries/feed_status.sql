-- How each feed stands, those in trouble first.
-- only_trouble BOOLEAN = false: only the feeds in trouble
SELECT
    outlet, title, trouble, trouble_since_at, state, is_active, problem,
    last_new_item_at, usual_gap_s, next_poll_at, gap_since_at, gap_until_at, poll_url,
    sighted_url, sighted_count, item_count, loaded_count, pending_count, url
FROM feed_health
WHERE trouble IS NOT NULL OR NOT $only_trouble::BOOLEAN
ORDER BY severity NULLS LAST, is_active DESC, trouble_since_at, outlet, url
