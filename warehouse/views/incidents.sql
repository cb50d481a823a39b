-- One row an incident: something a person should know of, from when to when.
CREATE OR REPLACE VIEW incidents AS
SELECT
    i.incident_id, i.kind, f.outlet_name AS outlet, i.subject, i.problem, i.opened_at,
    i.last_seen_at, i.closed_at, i.closed_at IS NULL AS is_open, i.feed_id, i.run_id
FROM ops.incidents AS i
LEFT JOIN ops.feeds AS f ON f.feed_id = i.feed_id;
COMMENT ON VIEW incidents IS 'One row an incident: something a person should know of, from when to when. Warnings: none.';
COMMENT ON COLUMN incidents.incident_id IS 'Hash id of kind, subject and beginning.';
COMMENT ON COLUMN incidents.kind IS 'failing, retired, quiet, possible_gap, moved, distrusted_validators, offline or clock_set_back.';
COMMENT ON COLUMN incidents.outlet IS 'Outlet of the feed it concerns.';
COMMENT ON COLUMN incidents.subject IS 'Address of the feed it concerns, or the name of what else it does.';
COMMENT ON COLUMN incidents.problem IS 'What is wrong, in one sentence.';
COMMENT ON COLUMN incidents.opened_at IS 'Since when, UTC.';
COMMENT ON COLUMN incidents.last_seen_at IS 'When it was last found to go on, UTC.';
COMMENT ON COLUMN incidents.closed_at IS 'When it was over, UTC; null while it goes on.';
COMMENT ON COLUMN incidents.is_open IS 'True while it goes on.';
COMMENT ON COLUMN incidents.feed_id IS 'Feed it concerns; null for what concerns them all.';
COMMENT ON COLUMN incidents.run_id IS 'Run that wrote this row last.';
