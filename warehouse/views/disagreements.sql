-- One row a pair of claims that disagree: linked in one article, or two claimants with different
-- totals, or figures for one place, in one week.
CREATE OR REPLACE VIEW disagreements AS
SELECT
    d.claim_date, d.basis, d.relation, coalesce(ea.name, d.claimant_words_a) AS claimant_a,
    d.side_code_a, d.amount_a, d.content_text_a,
    coalesce(eb.name, d.claimant_words_b) AS claimant_b, d.side_code_b, d.amount_b,
    d.content_text_b, d.measure, d.party, d.unit, d.verification_status, o.name AS outlet,
    d.claim_id_a, d.claim_id_b, d.claim_number_a, d.claim_number_b
FROM core.disagreements AS d
JOIN core.outlets AS o ON o.outlet_id = d.outlet_id
LEFT JOIN core.entities AS ea ON ea.entity_id = d.claimant_id_a
LEFT JOIN core.entities AS eb ON eb.entity_id = d.claimant_id_b;
COMMENT ON VIEW disagreements IS 'One row a pair of claims that disagree: linked in one article, or two claimants with different totals, or figures for one place, in one week. Warnings: hearsay, machine, parties.';
COMMENT ON COLUMN disagreements.claim_date IS 'Day of the later claim.';
COMMENT ON COLUMN disagreements.basis IS 'article: linked by one article. figures: different figures for the same thing in one week.';
COMMENT ON COLUMN disagreements.relation IS 'rival_of, or denies (the first denies the second).';
COMMENT ON COLUMN disagreements.claimant_a IS 'Who makes the first claim.';
COMMENT ON COLUMN disagreements.side_code_a IS 'State the first speaks for.';
COMMENT ON COLUMN disagreements.amount_a IS 'Figure of the first, where figures are compared.';
COMMENT ON COLUMN disagreements.content_text_a IS 'Words of the first.';
COMMENT ON COLUMN disagreements.claimant_b IS 'Who makes the second claim.';
COMMENT ON COLUMN disagreements.side_code_b IS 'State the second speaks for.';
COMMENT ON COLUMN disagreements.amount_b IS 'Figure of the second, where figures are compared.';
COMMENT ON COLUMN disagreements.content_text_b IS 'Words of the second.';
COMMENT ON COLUMN disagreements.measure IS 'What the figures measure.';
COMMENT ON COLUMN disagreements.party IS 'Whose loss, stock or gain they are.';
COMMENT ON COLUMN disagreements.unit IS 'Unit of the figures.';
COMMENT ON COLUMN disagreements.verification_status IS 'What the first claim''s article says of it.';
COMMENT ON COLUMN disagreements.outlet IS 'Outlet of the first claim.';
COMMENT ON COLUMN disagreements.claim_id_a IS 'The first claim.';
COMMENT ON COLUMN disagreements.claim_id_b IS 'The second claim.';
COMMENT ON COLUMN disagreements.claim_number_a IS 'Number of the one claim.';
COMMENT ON COLUMN disagreements.claim_number_b IS 'Number of the other.';
