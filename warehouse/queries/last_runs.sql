-- The newest runs.
-- row_limit INTEGER = 5: rows at most
SELECT
    run_id, started_at, status, feeds_polled, feeds_failed, items_new, pages_fetched,
    revisions_loaded, claims_loaded, quarantined
FROM runs
ORDER BY started_at DESC, run_id DESC
LIMIT $row_limit
