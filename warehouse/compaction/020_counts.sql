-- The counts of one word beside each other, day by day; of all else, those of one day.

CREATE TEMP TABLE sorted_counts AS
FROM core.day_counts
ORDER BY kind, CASE WHEN kind = 'word' THEN key_id END, claim_date, key_id;

DELETE FROM core.day_counts;

INSERT INTO core.day_counts BY NAME FROM sorted_counts;
