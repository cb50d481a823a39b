-- Statements that were made more than once, counted by compaction, and those touched since; the
-- numbers of claims beside their figures.

CREATE TABLE core.repeated_statements (
    statement_id BIGINT NOT NULL,
    claimant_id BIGINT,
    content_text VARCHAR NOT NULL,
    first_claim_date DATE NOT NULL,
    last_claim_date DATE NOT NULL,
    report_count BIGINT NOT NULL,
    origin_count BIGINT NOT NULL,
    outlet_count BIGINT NOT NULL,
    standing_report_count BIGINT NOT NULL,
    claim_id BIGINT NOT NULL
);
COMMENT ON TABLE core.repeated_statements IS 'One row a statement of several claims, as compaction found it; it stands unless a load has touched it since (core.touched_statements).';
COMMENT ON COLUMN core.repeated_statements.statement_id IS 'Hash id of claimant and words.';
COMMENT ON COLUMN core.repeated_statements.claimant_id IS 'Who claims it; null when it could not be named.';
COMMENT ON COLUMN core.repeated_statements.content_text IS 'The words claimed.';
COMMENT ON COLUMN core.repeated_statements.first_claim_date IS 'Day it was first reported.';
COMMENT ON COLUMN core.repeated_statements.last_claim_date IS 'Day it was last reported.';
COMMENT ON COLUMN core.repeated_statements.report_count IS 'Articles that report it or did.';
COMMENT ON COLUMN core.repeated_statements.origin_count IS 'Copy groups of these articles.';
COMMENT ON COLUMN core.repeated_statements.outlet_count IS 'Outlets of these articles.';
COMMENT ON COLUMN core.repeated_statements.standing_report_count IS 'Articles that still say so.';
COMMENT ON COLUMN core.repeated_statements.claim_id IS 'The claim that reports it first.';

CREATE TABLE core.touched_statements (
    statement_id BIGINT NOT NULL
);
COMMENT ON TABLE core.touched_statements IS 'One row a statement of which a load has added or changed a claim since compaction.';
COMMENT ON COLUMN core.touched_statements.statement_id IS 'Hash id of claimant and words.';
INSERT INTO core.touched_statements
SELECT statement_id
FROM core.claims
WHERE kind <> 'status_statement'
GROUP BY statement_id
HAVING count(*) > 1;

ALTER TABLE core.claim_quantities ADD COLUMN claim_number INTEGER;
COMMENT ON COLUMN core.claim_quantities.claim_number IS 'Number of the claim.';
UPDATE core.claim_quantities SET claim_number = c.claim_number
FROM core.claims AS c WHERE c.claim_id = core.claim_quantities.claim_id;
