-- One row a claim that disputes or denies another's figure, in any revision of an article.
CREATE OR REPLACE VIEW figure_disputes AS
SELECT
    a.claim_date, a.claimed_at, e.name AS claimant_a, f.claimant AS claimant_b, l.relation,
    f.measure, f.party, f.unit, f.amount AS amount_b, f.bound AS bound_b, f.figure_date,
    a.content_text AS content_text_a, f.content_text AS content_text_b, f.verification_status,
    a.article_id, a.revision_id, a.copy_group_id, f.is_current, f.figure_id,
    a.claim_id AS claim_id_a, f.claim_id AS claim_id_b
FROM figure_reports AS f
JOIN core.claim_links AS l ON l.linked_claim_id = f.claim_id
JOIN core.claims AS a ON a.claim_id = l.claim_id
JOIN core.entities AS e ON e.entity_id = a.claimant_id
WHERE
    l.relation IN ('denies', 'qualifies') AND a.kind NOT IN ('status_statement', 'non_disclosure')
    AND f.verification_status IN ('disputed', 'denied') AND f.aspect = 'whole'
    AND a.cue_class <> 'confirm' AND e.name <> f.claimant;
COMMENT ON VIEW figure_disputes IS 'One row a claim that disputes or denies another''s figure, in any revision of an article. Warnings: hearsay, machine, copies, coverage, unnamed, kinds, parties, superseded.';
COMMENT ON COLUMN figure_disputes.claim_date IS 'Day of the claim that disputes.';
COMMENT ON COLUMN figure_disputes.claimed_at IS 'When the outlet first published it, UTC.';
COMMENT ON COLUMN figure_disputes.claimant_a IS 'Who disputes.';
COMMENT ON COLUMN figure_disputes.claimant_b IS 'Whose figure is disputed.';
COMMENT ON COLUMN figure_disputes.relation IS 'denies, or qualifies (calls into question).';
COMMENT ON COLUMN figure_disputes.measure IS 'What the figure measures.';
COMMENT ON COLUMN figure_disputes.party IS 'Whose loss, stock or gain it is.';
COMMENT ON COLUMN figure_disputes.unit IS 'Unit of the figure.';
COMMENT ON COLUMN figure_disputes.amount_b IS 'The figure disputed, in that text.';
COMMENT ON COLUMN figure_disputes.bound_b IS 'Its bound.';
COMMENT ON COLUMN figure_disputes.figure_date IS 'Day the figure is of.';
COMMENT ON COLUMN figure_disputes.content_text_a IS 'Words that dispute.';
COMMENT ON COLUMN figure_disputes.content_text_b IS 'Words that give the figure.';
COMMENT ON COLUMN figure_disputes.verification_status IS 'disputed or denied.';
COMMENT ON COLUMN figure_disputes.article_id IS 'Article.';
COMMENT ON COLUMN figure_disputes.revision_id IS 'Revision in which both stand.';
COMMENT ON COLUMN figure_disputes.copy_group_id IS 'Copy group of the article.';
COMMENT ON COLUMN figure_disputes.is_current IS 'Whether the article still says so.';
COMMENT ON COLUMN figure_disputes.figure_id IS 'The figure, as stated_figures has it.';
COMMENT ON COLUMN figure_disputes.claim_id_a IS 'The claim that disputes.';
COMMENT ON COLUMN figure_disputes.claim_id_b IS 'The claim that is disputed.';
