-- One row a table: how many of its rows stand for the same thing as another row.
SELECT 'ops.polls' AS table_name, count(*) - count(DISTINCT poll_id) AS doubled FROM ops.polls
UNION ALL
SELECT 'ops.fetches', count(*) - count(DISTINCT fetch_id) FROM ops.fetches
UNION ALL
SELECT 'ops.url_fates', count(*) - count(DISTINCT url_id) FROM ops.url_fates
UNION ALL
SELECT 'core.articles', count(*) - count(DISTINCT regexp_extract(canonical_url, '[^/]*$'))
FROM core.articles
UNION ALL
SELECT 'core.article_revisions', count(*) - count(DISTINCT revision_id) FROM core.article_revisions
UNION ALL
SELECT 'core.claims', count(*) - count(DISTINCT claim_id) FROM core.claims;
