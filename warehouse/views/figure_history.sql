-- One row a figure that a claimant had not given before for the same thing; repeats, also of
-- older figures, copies, and figures that the claimant denies ("no dead" apart) are left out.
CREATE OR REPLACE VIEW figure_history AS
SELECT
    f.figure_date AS said_date, c.claim_date, f.claimant, f.side_code, f.party, f.measure, f.change,
    f.unit, f.scope, f.is_projected, f.counted, f.amount, f.bound, f.low_value, f.high_value,
    f.previous_amount, f.previous_date, f.difference, f.status, f.verification_status,
    f.report_count, f.origin_count, c.content_text, o.name AS outlet, a.title,
    f.first_reported_at AS claimed_at, f.claim_id, f.claim_number, f.figure_id
FROM stated_figures AS f
JOIN core.claims AS c ON c.claim_number = f.claim_number
JOIN core.articles AS a ON a.article_id = c.article_id
JOIN core.outlets AS o ON o.outlet_id = c.outlet_id
WHERE f.is_new AND NOT f.is_part;
COMMENT ON VIEW figure_history IS 'One row a figure that a claimant had not given before for the same thing; repeats, also of older figures, copies, and figures that the claimant denies are left out. Warnings: hearsay, machine, coverage, kinds, parties.';
COMMENT ON COLUMN figure_history.said_date IS 'Day the figure is of: the one that it names, else the day it was said, else of the claim.';
COMMENT ON COLUMN figure_history.claim_date IS 'Day of the claim that gives it first.';
COMMENT ON COLUMN figure_history.claimant IS 'Who gives it.';
COMMENT ON COLUMN figure_history.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN figure_history.party IS 'Whose loss, stock or gain it is.';
COMMENT ON COLUMN figure_history.measure IS 'What it measures.';
COMMENT ON COLUMN figure_history.change IS 'level, increase or decrease: a series holds one of them only.';
COMMENT ON COLUMN figure_history.unit IS 'Unit of the amount.';
COMMENT ON COLUMN figure_history.scope IS 'Scope, where it tells two series apart: losses of a side in a war.';
COMMENT ON COLUMN figure_history.is_projected IS 'Whether the figure is planned, possible or conditional rather than stated as a fact.';
COMMENT ON COLUMN figure_history.counted IS 'What is counted, as written.';
COMMENT ON COLUMN figure_history.amount IS 'The number: the value, else the middle or the end of the range.';
COMMENT ON COLUMN figure_history.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN figure_history.low_value IS 'Lower end, where stated.';
COMMENT ON COLUMN figure_history.high_value IS 'Upper end, where stated.';
COMMENT ON COLUMN figure_history.previous_amount IS 'The figure this claimant gave before; null for the first.';
COMMENT ON COLUMN figure_history.previous_date IS 'Day that one is of.';
COMMENT ON COLUMN figure_history.difference IS 'amount less previous_amount.';
COMMENT ON COLUMN figure_history.status IS 'standing, corrected (the claimant gave a lower one in its place) or withdrawn (no text that reported it still does).';
COMMENT ON COLUMN figure_history.verification_status IS 'What an article says of the claim.';
COMMENT ON COLUMN figure_history.report_count IS 'Articles that report it on that day, an address once.';
COMMENT ON COLUMN figure_history.origin_count IS 'Independent ones: copies and versions count once.';
COMMENT ON COLUMN figure_history.content_text IS 'The words claimed.';
COMMENT ON COLUMN figure_history.outlet IS 'Outlet that published it first.';
COMMENT ON COLUMN figure_history.title IS 'Title of its article.';
COMMENT ON COLUMN figure_history.claimed_at IS 'When it was first published, UTC.';
COMMENT ON COLUMN figure_history.claim_id IS 'Claim that gives it first.';
COMMENT ON COLUMN figure_history.claim_number IS 'Number of the claim.';
COMMENT ON COLUMN figure_history.figure_id IS 'Reports of one figure of one day.';
