-- What is shown of claims that disagree stands beside them: there are fifty claims to a pair.

ALTER TABLE core.disagreements ADD COLUMN claim_id_a BIGINT;
ALTER TABLE core.disagreements ADD COLUMN claim_id_b BIGINT;
ALTER TABLE core.disagreements ADD COLUMN claimant_words_a VARCHAR;
ALTER TABLE core.disagreements ADD COLUMN claimant_words_b VARCHAR;
ALTER TABLE core.disagreements ADD COLUMN side_code_a VARCHAR;
ALTER TABLE core.disagreements ADD COLUMN side_code_b VARCHAR;
ALTER TABLE core.disagreements ADD COLUMN content_text_a VARCHAR;
ALTER TABLE core.disagreements ADD COLUMN content_text_b VARCHAR;
ALTER TABLE core.disagreements ADD COLUMN verification_status VARCHAR;
ALTER TABLE core.disagreements ADD COLUMN outlet_id BIGINT;
COMMENT ON COLUMN core.disagreements.claim_id_a IS 'The one claim.';
COMMENT ON COLUMN core.disagreements.claim_id_b IS 'The other.';
COMMENT ON COLUMN core.disagreements.claimant_words_a IS 'Who claims the one, as written, where nobody could be named.';
COMMENT ON COLUMN core.disagreements.claimant_words_b IS 'Who claims the other, as written, where nobody could be named.';
COMMENT ON COLUMN core.disagreements.side_code_a IS 'State that the claimant of the one speaks for.';
COMMENT ON COLUMN core.disagreements.side_code_b IS 'State that the claimant of the other speaks for.';
COMMENT ON COLUMN core.disagreements.content_text_a IS 'The words claimed by the one.';
COMMENT ON COLUMN core.disagreements.content_text_b IS 'The words claimed by the other.';
COMMENT ON COLUMN core.disagreements.verification_status IS 'What the article of the one says of it.';
COMMENT ON COLUMN core.disagreements.outlet_id IS 'Outlet of the one.';

-- The few claims first: held against all of them, the pairs would be in memory with their words.
CREATE TEMP TABLE paired AS
SELECT
    claim_number, claim_id, CASE WHEN claimant_id IS NULL THEN claimant_words END AS claimant_words,
    side_code, content_text, verification_status, outlet_id
FROM core.claims
WHERE
    claim_number IN (
        SELECT unnest([claim_number_a, claim_number_b]) FROM core.disagreements
    );

CREATE TEMP TABLE pairs AS FROM core.disagreements;

DELETE FROM core.disagreements;

INSERT INTO core.disagreements
SELECT
    p.* REPLACE (
        a.claim_id AS claim_id_a, b.claim_id AS claim_id_b, a.claimant_words AS claimant_words_a,
        b.claimant_words AS claimant_words_b, a.side_code AS side_code_a,
        b.side_code AS side_code_b, a.content_text AS content_text_a,
        b.content_text AS content_text_b, a.verification_status AS verification_status,
        a.outlet_id AS outlet_id
    )
FROM pairs AS p
JOIN paired AS a ON a.claim_number = claim_number_a
JOIN paired AS b ON b.claim_number = claim_number_b
ORDER BY claim_date, claim_number_a, claim_number_b;

DROP TABLE pairs;

DROP TABLE paired;
