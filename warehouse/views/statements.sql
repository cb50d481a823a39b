-- One row a statement of several claims that a load has touched since compaction.
CREATE OR REPLACE MACRO statements_since_compaction() AS TABLE
WITH held AS (
    SELECT rowid AS row_number, statement_id
    FROM core.claims
    WHERE kind <> 'status_statement' AND statement_id IN (FROM core.touched_statements)
),
again AS (
    SELECT statement_id FROM held GROUP BY statement_id HAVING count(*) > 1
)
SELECT
    statement_id, told.claimant_id AS claimant_id, told.content_text AS content_text,
    first_claim_date, last_claim_date, report_count, origin_count, outlet_count,
    standing_report_count, told.claim_id AS claim_id
FROM (
    SELECT
        statement_id, min(claim_date) AS first_claim_date, max(claim_date) AS last_claim_date,
        count(DISTINCT article_id) AS report_count,
        count(DISTINCT copy_group_id) AS origin_count,
        count(DISTINCT outlet_id) AS outlet_count,
        count(DISTINCT article_id) FILTER (is_current) AS standing_report_count,
        min_by(
            {'claimant_id': claimant_id, 'content_text': content_text, 'claim_id': claim_id},
            (claimed_at, claim_id)
        ) AS told
    FROM core.claims
    WHERE rowid IN (SELECT row_number FROM held SEMI JOIN again USING (statement_id))
    GROUP BY statement_id
);

-- One row a statement: what a claimant said in the same words, in whichever articles and days.
CREATE OR REPLACE VIEW statements AS
WITH since AS MATERIALIZED (
    FROM statements_since_compaction()
),
repeated AS (
    FROM core.repeated_statements ANTI JOIN core.touched_statements USING (statement_id)
    UNION ALL
    FROM since
),
told AS (
    FROM repeated
    UNION ALL BY NAME
    SELECT
        statement_id, claimant_id, content_text, claim_date AS first_claim_date,
        claim_date AS last_claim_date, 1 AS report_count, 1 AS origin_count, 1 AS outlet_count,
        is_current::BIGINT AS standing_report_count, claim_id
    FROM core.claims
    WHERE
        kind <> 'status_statement'
        AND statement_id NOT IN (SELECT statement_id FROM core.repeated_statements)
        AND statement_id NOT IN (SELECT statement_id FROM since)
)
SELECT
    statement_id, e.name AS claimant, content_text, first_claim_date, last_claim_date,
    report_count, origin_count, outlet_count, standing_report_count > 0 AS is_standing,
    standing_report_count, claim_id
FROM told LEFT JOIN core.entities AS e ON e.entity_id = claimant_id;
COMMENT ON VIEW statements IS 'One row a statement: what a claimant said in the same words, in whichever articles and days. Figures that are the same in other words are one in stated_figures. Warnings: hearsay, machine, unnamed, coverage.';
COMMENT ON COLUMN statements.statement_id IS 'Hash id of claimant and words: the same in every article that repeats them. Whether the articles are copies of one text is another thing: see origin_count.';
COMMENT ON COLUMN statements.claimant IS 'Who claims it; null when it could not be named.';
COMMENT ON COLUMN statements.content_text IS 'The words claimed.';
COMMENT ON COLUMN statements.first_claim_date IS 'Day it was first reported.';
COMMENT ON COLUMN statements.last_claim_date IS 'Day it was last reported.';
COMMENT ON COLUMN statements.report_count IS 'Articles that report it or did, an address once.';
COMMENT ON COLUMN statements.origin_count IS 'Independent ones: copies of one text and versions of one address count once.';
COMMENT ON COLUMN statements.outlet_count IS 'Outlets that report it or did.';
COMMENT ON COLUMN statements.is_standing IS 'Whether an article still says so; else it was withdrawn, or reworded.';
COMMENT ON COLUMN statements.standing_report_count IS 'Articles that still say so.';
COMMENT ON COLUMN statements.claim_id IS 'The claim that reports it first.';
