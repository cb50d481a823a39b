-- One row a figure in a claim, those that a later revision left out included: who gave it, of
-- which day it is, and which reports of it are one (figure_id) and which figures follow one another
-- (series_id). Of several figures for one thing in a claim the first is the whole.
CREATE OR REPLACE VIEW figure_reports AS
SELECT
    f.claim_id, f.ordinal, f.claim_date, f.claimed_at, f.claim_ordinal, f.claimant_id,
    e.name AS claimant, f.speaker_id, f.side_code, f.party, f.measure,
    f.change, f.unit, f.scope, f.bound, f.value, f.low_value, f.high_value, f.counted, f.amount,
    f.figure_date, f.thing, f.series_scope, f.is_projected, f.is_correcting, f.aspect,
    f.verification_status, f.content_text, f.outlet_id, f.article_id, f.revision_id,
    f.copy_group_id, f.is_current, f.series_id, f.figure_id, o.name AS outlet, a.title,
    a.canonical_url, f.claim_number
FROM core.figure_reports AS f
JOIN core.articles AS a ON a.article_id = f.article_id
JOIN core.outlets AS o ON o.outlet_id = f.outlet_id
JOIN core.entities AS e ON e.entity_id = f.claimant_id;
COMMENT ON VIEW figure_reports IS 'One row a figure in a claim, those that a later revision left out included: whose it is, of which day, and which reports of it are one. Warnings: hearsay, machine, copies, coverage, unnamed, kinds, parties, superseded.';
COMMENT ON COLUMN figure_reports.claim_id IS 'Claim the figure stands in.';
COMMENT ON COLUMN figure_reports.ordinal IS 'Position among the claim''s figures, from 0.';
COMMENT ON COLUMN figure_reports.claim_date IS 'Day of the claim.';
COMMENT ON COLUMN figure_reports.claimed_at IS 'When the outlet first published the claim, UTC.';
COMMENT ON COLUMN figure_reports.claim_ordinal IS 'Position of the claim in its article, from 0.';
COMMENT ON COLUMN figure_reports.claimant_id IS 'Whose figure it is: the claimant, or the body for which a person speaks.';
COMMENT ON COLUMN figure_reports.claimant IS 'Its name; a body of a state without the states, where it is called so, too.';
COMMENT ON COLUMN figure_reports.speaker_id IS 'Who said it.';
COMMENT ON COLUMN figure_reports.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN figure_reports.party IS 'Whose loss, stock or gain it is: a name or an ISO country code.';
COMMENT ON COLUMN figure_reports.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN figure_reports.change IS 'level, increase or decrease.';
COMMENT ON COLUMN figure_reports.unit IS 'person, item, percent, day and so on; ISO 4217 for money.';
COMMENT ON COLUMN figure_reports.scope IS 'incident or cumulative, where that is clear.';
COMMENT ON COLUMN figure_reports.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN figure_reports.value IS 'The number, in the unit.';
COMMENT ON COLUMN figure_reports.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN figure_reports.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN figure_reports.counted IS 'What is counted, as written.';
COMMENT ON COLUMN figure_reports.amount IS 'The value, else the middle or the end of the range.';
COMMENT ON COLUMN figure_reports.figure_date IS 'Day the figure is of: the one that it names, else the day it was said, else of the claim.';
COMMENT ON COLUMN figure_reports.thing IS 'What is counted, where the measure does not say it; lower case.';
COMMENT ON COLUMN figure_reports.series_scope IS 'Scope, where it tells two series apart: losses of a side in a war.';
COMMENT ON COLUMN figure_reports.is_projected IS 'Whether the figure is planned, possible or conditional.';
COMMENT ON COLUMN figure_reports.is_correcting IS 'Whether the words say that a figure is corrected or lowered.';
COMMENT ON COLUMN figure_reports.aspect IS 'whole, part (of something smaller, which is no figure of the series) or previous (replaced by the claims own).';
COMMENT ON COLUMN figure_reports.verification_status IS 'What the article says of the claim.';
COMMENT ON COLUMN figure_reports.content_text IS 'The words claimed.';
COMMENT ON COLUMN figure_reports.outlet_id IS 'Outlet.';
COMMENT ON COLUMN figure_reports.article_id IS 'Article: an address counts once.';
COMMENT ON COLUMN figure_reports.revision_id IS 'Revision it stands in.';
COMMENT ON COLUMN figure_reports.copy_group_id IS 'Copy group of the article: an origin counts once.';
COMMENT ON COLUMN figure_reports.is_current IS 'Whether the article still says it.';
COMMENT ON COLUMN figure_reports.series_id IS 'The figures of one claimant for one thing.';
COMMENT ON COLUMN figure_reports.figure_id IS 'Reports of one figure of one day.';
COMMENT ON COLUMN figure_reports.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN figure_reports.title IS 'Title of the article.';
COMMENT ON COLUMN figure_reports.canonical_url IS 'Address of the article.';
COMMENT ON COLUMN figure_reports.claim_number IS 'Number of the claim.';
