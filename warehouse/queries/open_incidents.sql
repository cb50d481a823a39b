-- The incidents that go on, oldest first.
SELECT incident_id, kind, outlet, subject, problem, opened_at, last_seen_at
FROM incidents
WHERE is_open
ORDER BY opened_at, incident_id
