-- The facts of claims in the order of their numbers, and the months of claimants.

CREATE TEMP TABLE sorted_facts AS FROM core.claim_facts ORDER BY claim_number;

DELETE FROM core.claim_facts;

INSERT INTO core.claim_facts BY NAME FROM sorted_facts;

DELETE FROM core.claimant_months;

INSERT INTO core.claimant_months
WITH spoken AS (
    SELECT
        date_trunc('month', claim_date)::DATE AS month_date, claimant_id,
        list_sort(list(DISTINCT outlet_id)) AS outlet_ids,
        coalesce(list_sort(list(side_code) FILTER (side_code IS NOT NULL)), []) AS side_codes
    FROM core.claim_daily
    WHERE claimant_id IS NOT NULL
    GROUP BY ALL
),
counted AS (
    SELECT
        date_trunc('month', claim_date)::DATE AS month_date, key_id AS claimant_id,
        sum(claim_count)::INTEGER AS claim_count, sum(story_count)::INTEGER AS story_count,
        min(claim_date) AS first_claim_date, max(claim_date) AS last_claim_date
    FROM core.day_counts
    WHERE kind = 'claimant'
    GROUP BY ALL
)
SELECT
    month_date, claimant_id, coalesce(claim_count, 0), coalesce(story_count, 0),
    first_claim_date, last_claim_date, outlet_ids, side_codes
FROM spoken LEFT JOIN counted USING (month_date, claimant_id)
ORDER BY claimant_id, month_date;

DELETE FROM core.closed_months;

INSERT INTO core.closed_months
SELECT DISTINCT month_date FROM core.claimant_months ORDER BY month_date;
