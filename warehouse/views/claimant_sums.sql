-- One row a month between two days that is wholly counted; NULL is no limit.
CREATE OR REPLACE MACRO whole_months(since, until) AS TABLE
SELECT month_date
FROM core.closed_months
WHERE
    (since IS NULL OR month_date >= since::DATE)
    AND (until IS NULL OR month_date < date_trunc('month', until::DATE + 1)::DATE);

-- One row a day between the two with claims that no such month holds.
CREATE OR REPLACE MACRO other_days(since, until) AS TABLE
SELECT unnest(list(claim_date)) AS claim_date  -- a list is known to be short
FROM core.day_counts
WHERE
    kind = 'current' AND (since IS NULL OR claim_date >= since::DATE)
    AND (until IS NULL OR claim_date <= until::DATE)
    AND date_trunc('month', claim_date)::DATE NOT IN (FROM whole_months(since, until));

-- One row a claimant and such a month or day: its claims, the stories with one, and the first and
-- last day with one.
CREATE OR REPLACE MACRO claimant_sums(since, until) AS TABLE
SELECT claimant_id, claim_count, story_count, first_claim_date, last_claim_date
FROM core.claimant_months
WHERE
    month_date IN (FROM whole_months(since, until)) AND first_claim_date IS NOT NULL
UNION ALL
SELECT key_id, claim_count, story_count, claim_date, claim_date
FROM core.day_counts
WHERE kind = 'claimant' AND key_id <> 0 AND claim_date IN (FROM other_days(since, until));
