-- The facts of new and changed claims, and which months are no longer as they were.
-- Only where touched_days has rows.

CREATE TEMP TABLE facts_now AS
SELECT
    claim_number, claim_date, claimant_id, outlet_id, copy_group_id, side_code,
    is_current AND kind <> 'status_statement' AS is_counted,
    coalesce(is_repeat, false) AS is_repeat, copy_group_id <> article_id AS is_copy,
    row_number() OVER (PARTITION BY parse_id, statement_id ORDER BY claim_id DESC) > 1
        AS is_retold
FROM core.claims
WHERE claim_date IN (FROM touched_days);

CREATE TEMP TABLE facts_before AS
SELECT claim_number, is_counted, is_repeat
FROM core.claim_facts
WHERE claim_date IN (FROM touched_days);

UPDATE core.claim_facts AS t
SET is_counted = s.is_counted, is_repeat = s.is_repeat
FROM (
    SELECT n.*
    FROM facts_now AS n JOIN facts_before AS b USING (claim_number)
    WHERE n.is_counted <> b.is_counted OR n.is_repeat <> b.is_repeat
) AS s
WHERE t.claim_number = s.claim_number AND t.claim_date = s.claim_date;

INSERT INTO core.claim_facts BY NAME
FROM facts_now ANTI JOIN facts_before USING (claim_number) ORDER BY claim_number;

DELETE FROM core.closed_months
WHERE month_date IN (SELECT date_trunc('month', claim_date)::DATE FROM touched_days);

-- Only where claims_at_hand has rows.
INSERT INTO core.touched_statements
SELECT DISTINCT statement_id
FROM claims_at_hand
WHERE
    (is_new OR is_current <> was_current)
    AND statement_id NOT IN (SELECT statement_id FROM core.touched_statements)
ORDER BY statement_id;
