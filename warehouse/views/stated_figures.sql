-- One row a day, claimant and figure that it gave: who reports it, how many tell it of their own,
-- what the claimant gave before, and whether it still stands.
CREATE OR REPLACE VIEW stated_figures AS
SELECT
    f.figure_date, e.name AS claimant, f.side_code, f.party, f.measure, f.change, f.unit, f.scope,
    f.counted, f.thing, f.is_projected, f.is_part, f.is_new, f.is_latest, f.bound, f.amount,
    f.low_value, f.high_value, f.previous_amount, f.previous_date, f.difference, f.status,
    f.corrected_on, f.corrected_amount, f.verification_status, f.report_count, f.origin_count,
    f.outlet_count, f.first_reported_at, f.last_reported_at, f.claimant_id, f.claim_id, f.event_id,
    f.series_id, f.figure_id, f.claim_number
FROM core.stated_figures AS f
JOIN core.entities AS e ON e.entity_id = f.claimant_id;
COMMENT ON VIEW stated_figures IS 'One row a day, claimant and figure that it gave: who reports it, what was given before, and whether it still stands. Warnings: hearsay, machine, coverage, unnamed, kinds, parties.';
COMMENT ON COLUMN stated_figures.figure_date IS 'Day the figure is of: the one that it names, else the day it was said, else of the claim.';
COMMENT ON COLUMN stated_figures.claimant IS 'Its name; a body of a state without the states, where it is called so, too.';
COMMENT ON COLUMN stated_figures.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN stated_figures.party IS 'Whose loss, stock or gain it is: a name or an ISO country code.';
COMMENT ON COLUMN stated_figures.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN stated_figures.change IS 'level, increase or decrease.';
COMMENT ON COLUMN stated_figures.unit IS 'person, item, percent, day and so on; ISO 4217 for money.';
COMMENT ON COLUMN stated_figures.scope IS 'Scope, where it tells two series apart: losses of a side in a war.';
COMMENT ON COLUMN stated_figures.counted IS 'What is counted, as written.';
COMMENT ON COLUMN stated_figures.thing IS 'What is counted, where the measure does not say it; lower case.';
COMMENT ON COLUMN stated_figures.is_projected IS 'Whether the figure is planned, possible or conditional.';
COMMENT ON COLUMN stated_figures.is_part IS 'Whether it is of something smaller than the series: never in its range.';
COMMENT ON COLUMN stated_figures.is_new IS 'Whether the claimant gives it for the first time, or comes back to it on a day that it names, and it leads its article.';
COMMENT ON COLUMN stated_figures.is_latest IS 'Whether it is new, or what the claimant gave last of the event, told again.';
COMMENT ON COLUMN stated_figures.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN stated_figures.amount IS 'The value, else the middle or the end of the range.';
COMMENT ON COLUMN stated_figures.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN stated_figures.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN stated_figures.previous_amount IS 'The different figure that the claimant gave last before; null where this one was given before.';
COMMENT ON COLUMN stated_figures.previous_date IS 'Day that one is of.';
COMMENT ON COLUMN stated_figures.difference IS 'amount less previous_amount.';
COMMENT ON COLUMN stated_figures.status IS 'standing, corrected (the claimant gave a lower one in its place) or withdrawn (no text that reported it still does).';
COMMENT ON COLUMN stated_figures.corrected_on IS 'Day of the correction.';
COMMENT ON COLUMN stated_figures.corrected_amount IS 'What the claimant gave in its place.';
COMMENT ON COLUMN stated_figures.verification_status IS 'What an article says of the claim: disputed, denied and so on.';
COMMENT ON COLUMN stated_figures.report_count IS 'Articles that report it, an address once.';
COMMENT ON COLUMN stated_figures.origin_count IS 'Independent ones: copies of one text and versions of one address count once.';
COMMENT ON COLUMN stated_figures.outlet_count IS 'Outlets that report it.';
COMMENT ON COLUMN stated_figures.first_reported_at IS 'When it was first published, UTC.';
COMMENT ON COLUMN stated_figures.last_reported_at IS 'When it was last published, UTC.';
COMMENT ON COLUMN stated_figures.claimant_id IS 'Whose figure it is: the claimant, or the body for which a person speaks.';
COMMENT ON COLUMN stated_figures.claim_id IS 'The claim that reports it first.';
COMMENT ON COLUMN stated_figures.event_id IS 'Figures of one event: those that may follow one another; null where a series was followed before they were told apart.';
COMMENT ON COLUMN stated_figures.series_id IS 'The figures of one claimant for one thing.';
COMMENT ON COLUMN stated_figures.figure_id IS 'Reports of one figure of one day.';
COMMENT ON COLUMN stated_figures.claim_number IS 'Number of that claim.';
