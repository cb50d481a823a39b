-- How many feeds there are and are in trouble, what goes on, what was put aside.
SELECT
    (SELECT count(*) FROM feed_health WHERE is_active) AS feed_count,
    (SELECT count(*) FROM feed_trouble) AS troubled_feed_count,
    (SELECT count(*) FROM incidents WHERE is_open) AS open_incident_count,
    (SELECT count(*) FROM quarantine) AS quarantined_count
