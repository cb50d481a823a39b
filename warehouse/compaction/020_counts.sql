-- The counts of one thing beside each other, day by day.

CREATE TEMP TABLE sorted_counts AS FROM core.day_counts ORDER BY kind, key_id, claim_date;

DELETE FROM core.day_counts;

INSERT INTO core.day_counts BY NAME FROM sorted_counts;
