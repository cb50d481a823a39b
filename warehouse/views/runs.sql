-- One row a committed run.
CREATE OR REPLACE VIEW runs AS
SELECT * FROM ops.runs;
COMMENT ON VIEW runs IS 'One row a committed run. Warnings: none.';
COMMENT ON COLUMN runs.run_id IS 'Logical id of the run: the slot of its schedule.';
COMMENT ON COLUMN runs.started_at IS 'When the run began, UTC.';
COMMENT ON COLUMN runs.finished_at IS 'When its last stage before loading ended, UTC.';
COMMENT ON COLUMN runs.status IS 'fine, partly (some feeds failed) or failed.';
COMMENT ON COLUMN runs.versions IS 'Versions of the program, its rules and its models, as JSON.';
COMMENT ON COLUMN runs.feeds_polled IS 'Feeds asked in this run.';
COMMENT ON COLUMN runs.feeds_failed IS 'Of these, feeds that gave no readable answer.';
COMMENT ON COLUMN runs.items_new IS 'Feed entries seen for the first time.';
COMMENT ON COLUMN runs.pages_fetched IS 'Article pages requested.';
COMMENT ON COLUMN runs.revisions_loaded IS 'Article revisions that this run added.';
COMMENT ON COLUMN runs.claims_loaded IS 'Claims that this run added.';
COMMENT ON COLUMN runs.quarantined IS 'Failures that this run put into quarantine.';
