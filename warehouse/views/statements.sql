-- One row a statement: what a claimant said in the same words, in whichever articles and days.
CREATE OR REPLACE VIEW statements AS
SELECT
    c.statement_id, any_value(e.name) AS claimant, any_value(c.content_text) AS content_text,
    min(c.claim_date) AS first_claim_date, max(c.claim_date) AS last_claim_date,
    count(DISTINCT c.article_id) AS report_count, count(DISTINCT c.copy_group_id) AS origin_count,
    count(DISTINCT c.outlet_id) AS outlet_count, bool_or(c.is_current) AS is_standing,
    count(DISTINCT c.article_id) FILTER (c.is_current) AS standing_report_count,
    min_by(c.claim_id, (c.claimed_at, c.claim_id)) AS claim_id
FROM core.claims AS c
LEFT JOIN core.entities AS e ON e.entity_id = c.claimant_id
WHERE c.kind <> 'status_statement'
GROUP BY c.statement_id;
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
