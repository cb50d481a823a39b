-- One row a failure that was kept: what, at which stage, why, and where its bytes lie.
CREATE OR REPLACE VIEW quarantine AS
SELECT
    q.quarantine_id, q.stage, q.subject, q.problem, q.detail, q.first_seen_at, q.last_seen_at,
    x.archive_file, x.archive_offset, q.fetch_id, q.run_id
FROM ops.quarantine AS q
LEFT JOIN ops.fetches AS x ON x.fetch_id = q.fetch_id;
COMMENT ON VIEW quarantine IS 'One row a failure that was kept: what, at which stage, why, and where its bytes lie. Warnings: none.';
COMMENT ON COLUMN quarantine.quarantine_id IS 'Hash id of the failure.';
COMMENT ON COLUMN quarantine.stage IS 'poll, fetch, extract, parse or load.';
COMMENT ON COLUMN quarantine.subject IS 'URL or file that failed.';
COMMENT ON COLUMN quarantine.problem IS 'What went wrong, in one sentence.';
COMMENT ON COLUMN quarantine.detail IS 'More for whoever repairs it, such as a traceback.';
COMMENT ON COLUMN quarantine.first_seen_at IS 'When it first happened, UTC.';
COMMENT ON COLUMN quarantine.last_seen_at IS 'When it last happened, UTC.';
COMMENT ON COLUMN quarantine.archive_file IS 'WARC file that holds the bytes.';
COMMENT ON COLUMN quarantine.archive_offset IS 'Byte offset there.';
COMMENT ON COLUMN quarantine.fetch_id IS 'Exchange that brought the bytes.';
COMMENT ON COLUMN quarantine.run_id IS 'Run that met it last.';
