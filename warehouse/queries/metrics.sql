-- The figures that are watched: a metric, its label's value where it has one, its value.
SELECT 'claimwire_feeds' AS metric, coalesce(trouble, state) AS label, count(*)::DOUBLE AS value
FROM feed_health
WHERE is_active
GROUP BY label
UNION ALL
SELECT 'claimwire_incidents_open', kind, count(*) FROM incidents WHERE is_open GROUP BY kind
UNION ALL
SELECT 'claimwire_urls', fate, count(*) FROM ops.url_fates GROUP BY fate
UNION ALL
SELECT 'claimwire_possible_gaps', NULL, count(*) FROM gaps
UNION ALL
SELECT 'claimwire_quarantined', NULL, count(*) FROM ops.quarantine
UNION ALL
SELECT 'claimwire_articles', NULL, count(*) FROM core.articles
UNION ALL
SELECT 'claimwire_claims', NULL, coalesce(sum(claim_count), 0) FROM core.claim_daily
UNION ALL
SELECT 'claimwire_entries', NULL, coalesce(sum(items_new), 0) FROM ops.runs
UNION ALL
SELECT 'claimwire_runs', NULL, count(*) FROM ops.runs
UNION ALL
SELECT 'claimwire_last_run_timestamp_seconds', NULL, epoch(max(finished_at)) FROM ops.runs
UNION ALL
SELECT
    'claimwire_last_run_duration_seconds', NULL,
    epoch(arg_max(finished_at, finished_at)) - epoch(arg_max(started_at, finished_at))
FROM ops.runs
ORDER BY ALL
