-- One row a figure in a current claim.
CREATE OR REPLACE VIEW figures AS
SELECT
    q.claim_id, q.ordinal, q.claim_date,
    least(coalesce(t.said_date, q.claim_date), q.claim_date) AS said_date, c.claimed_at,
    c.claimant, c.side_code, q.party, q.measure, q.change, q.value, q.low_value, q.high_value,
    q.bound, q.unit, q.counted, q.scope, c.verification_status, c.polarity, c.modality,
    c.content_text, c.outlet, c.title, c.confidence, c.is_copy, c.ordinal AS claim_ordinal,
    q.claimant_id, c.statement_id, c.article_id, c.copy_group_id
FROM core.claim_quantities AS q
JOIN claims AS c ON c.claim_id = q.claim_id AND c.claim_date = q.claim_date
LEFT JOIN (
    SELECT claim_id, max(from_at)::DATE AS said_date
    FROM core.claim_times
    WHERE role = 'utterance' AND precision IN ('minute', 'hour', 'day')
    GROUP BY claim_id
) AS t ON t.claim_id = q.claim_id
-- As in the view articles: the planner runs along the claims, not along their figures.
WHERE q.ordinal % 2 < 2 AND q.claim_number >= 0;
COMMENT ON VIEW figures IS 'One row a figure in a current claim. Warnings: hearsay, machine, copies, coverage, unnamed, kinds, parties.';
COMMENT ON COLUMN figures.claim_id IS 'Claim the figure stands in.';
COMMENT ON COLUMN figures.ordinal IS 'Position among the claim''s figures, from 0.';
COMMENT ON COLUMN figures.claim_date IS 'Day of the claim.';
COMMENT ON COLUMN figures.said_date IS 'Day the claimant said it, where the article tells an earlier one; else the day of the claim.';
COMMENT ON COLUMN figures.claimed_at IS 'When the outlet first published the claim, UTC.';
COMMENT ON COLUMN figures.claimant IS 'Who gives the figure.';
COMMENT ON COLUMN figures.side_code IS 'State that the claimant speaks for. Not whose loss or gain the figure is: that is party.';
COMMENT ON COLUMN figures.party IS 'Whose loss, stock or gain it is: a name or an ISO country code.';
COMMENT ON COLUMN figures.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN figures.change IS 'level, increase or decrease; never add or compare one with another.';
COMMENT ON COLUMN figures.value IS 'The number, in the unit.';
COMMENT ON COLUMN figures.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN figures.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN figures.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN figures.unit IS 'person, item, percent, day and so on; ISO 4217 for money.';
COMMENT ON COLUMN figures.counted IS 'What is counted, as written.';
COMMENT ON COLUMN figures.scope IS 'incident or cumulative, where that is clear.';
COMMENT ON COLUMN figures.verification_status IS 'What the article says of the claim: unverifiable, confirmed and so on.';
COMMENT ON COLUMN figures.polarity IS 'affirmative or negative.';
COMMENT ON COLUMN figures.modality IS 'asserted, believed, planned, possible, conditional or narrated.';
COMMENT ON COLUMN figures.content_text IS 'The words claimed.';
COMMENT ON COLUMN figures.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN figures.title IS 'Title of the article.';
COMMENT ON COLUMN figures.confidence IS 'Probability that the claim was read rightly, 0 to 1.';
COMMENT ON COLUMN figures.is_copy IS 'Whether the article is a copy of another outlet''s.';
COMMENT ON COLUMN figures.claim_ordinal IS 'Position of the claim in its article, from 0.';
COMMENT ON COLUMN figures.claimant_id IS 'Entity that gives the figure.';
COMMENT ON COLUMN figures.statement_id IS 'Hash id of claimant and words.';
COMMENT ON COLUMN figures.article_id IS 'Article.';
COMMENT ON COLUMN figures.copy_group_id IS 'Copy group of the article: count these to count a story once.';
