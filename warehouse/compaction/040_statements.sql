-- Statements of several claims are counted again where a load has touched them.

CREATE TEMP TABLE recounted AS FROM statements_since_compaction();

DELETE FROM core.repeated_statements WHERE statement_id IN (FROM core.touched_statements);

INSERT INTO core.repeated_statements BY NAME FROM recounted ORDER BY first_claim_date, statement_id;

DELETE FROM core.touched_statements;
