-- What is counted and followed ahead, so that questions need not read every claim: the words of
-- claims, counts by day, figures.

ALTER TABLE core.claims ADD COLUMN claim_number INTEGER;
ALTER TABLE core.claims ADD COLUMN is_repeat BOOLEAN;
UPDATE core.claims SET claim_number = rowid + 1;
COMMENT ON COLUMN core.claims.claim_number IS 'Number of the claim, from 1 without gaps, by which its words refer to it.';
COMMENT ON COLUMN core.claims.is_repeat IS 'Whether another current claim of its copy group says the same and is the one that counts.';

CREATE TABLE core.words (
    word VARCHAR NOT NULL,
    stem VARCHAR NOT NULL,
    word_id INTEGER NOT NULL
);
COMMENT ON TABLE core.words IS 'One row a word that a claim, its claimant or its article''s title holds.';
COMMENT ON COLUMN core.words.word IS 'The word, in lower case and without accents.';
COMMENT ON COLUMN core.words.stem IS 'The word without the ending of a plural.';
COMMENT ON COLUMN core.words.word_id IS 'Number of the stem: words of one stem share it.';

CREATE TABLE core.word_claims (
    word_id INTEGER NOT NULL,
    load_number INTEGER NOT NULL,
    claim_numbers INTEGER[] NOT NULL
);
COMMENT ON TABLE core.word_claims IS 'One row a word and load: the claims that hold it.';
COMMENT ON COLUMN core.word_claims.word_id IS 'Number of the word''s stem.';
COMMENT ON COLUMN core.word_claims.load_number IS 'Number of the load that brought them.';
COMMENT ON COLUMN core.word_claims.claim_numbers IS 'Numbers of the claims, in order.';

CREATE TABLE core.day_counts (
    claim_date DATE NOT NULL,
    kind VARCHAR NOT NULL,
    key_id BIGINT NOT NULL,
    claim_count INTEGER NOT NULL,
    story_count INTEGER NOT NULL
);
COMMENT ON TABLE core.day_counts IS 'One row a day and thing counted: all claims, those with a word, of a claimant, of an outlet.';
COMMENT ON COLUMN core.day_counts.claim_date IS 'Day.';
COMMENT ON COLUMN core.day_counts.kind IS 'all, word, claimant or outlet; current counts every current claim, repeats and status statements too.';
COMMENT ON COLUMN core.day_counts.key_id IS 'Number of the word, or id of the claimant or outlet; 0 for all, and for claimants that could not be named.';
COMMENT ON COLUMN core.day_counts.claim_count IS 'Current claims, status statements left out and what a story repeats counted once.';
COMMENT ON COLUMN core.day_counts.story_count IS 'Stories that hold such a claim: copies of one text are one.';

ALTER TABLE core.claim_daily ADD COLUMN side_code VARCHAR;
COMMENT ON COLUMN core.claim_daily.side_code IS 'State or party to a conflict that the claimant spoke for most often.';

CREATE TABLE core.read_days (
    article_date DATE NOT NULL,
    outlet_id BIGINT,
    article_count INTEGER NOT NULL,
    story_count INTEGER NOT NULL
);
COMMENT ON TABLE core.read_days IS 'One row a day and outlet, and one for all outlets together: what was read.';
COMMENT ON COLUMN core.read_days.article_date IS 'Day.';
COMMENT ON COLUMN core.read_days.outlet_id IS 'Outlet; null for all together.';
COMMENT ON COLUMN core.read_days.article_count IS 'Articles that count for the day: by their date, or that of a claim in them.';
COMMENT ON COLUMN core.read_days.story_count IS 'Stories among them: copies of one text are one.';
INSERT INTO core.read_days
SELECT
    article_date, outlet_id, count(DISTINCT article_id), count(DISTINCT copy_group_id)
FROM core.article_days
GROUP BY GROUPING SETS ((article_date), (article_date, outlet_id))
ORDER BY ALL;

CREATE TABLE core.figure_reports (
    claim_id BIGINT NOT NULL,
    claim_number INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    claim_date DATE NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    claim_ordinal INTEGER NOT NULL,
    claimant_id BIGINT NOT NULL,
    speaker_id BIGINT,
    side_code VARCHAR,
    party VARCHAR,
    measure VARCHAR NOT NULL,
    change VARCHAR NOT NULL,
    unit VARCHAR,
    scope VARCHAR,
    bound VARCHAR NOT NULL,
    value DOUBLE,
    low_value DOUBLE,
    high_value DOUBLE,
    counted VARCHAR,
    amount DOUBLE NOT NULL,
    figure_date DATE NOT NULL,
    thing VARCHAR,
    series_scope VARCHAR,
    is_projected BOOLEAN NOT NULL,
    is_correcting BOOLEAN,
    aspect VARCHAR NOT NULL,
    verification_status VARCHAR NOT NULL,
    outlet_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    revision_id BIGINT NOT NULL,
    copy_group_id BIGINT NOT NULL,
    is_current BOOLEAN NOT NULL,
    series_id BIGINT NOT NULL,
    figure_id BIGINT NOT NULL
);
COMMENT ON TABLE core.figure_reports IS 'One row a figure in a claim, those that a later revision left out included; made anew with its article.';
COMMENT ON COLUMN core.figure_reports.claim_id IS 'Claim the figure stands in.';
COMMENT ON COLUMN core.figure_reports.claim_number IS 'Its number, by which its words refer to it.';
COMMENT ON COLUMN core.figure_reports.ordinal IS 'Position among the claim''s figures, from 0.';
COMMENT ON COLUMN core.figure_reports.claim_date IS 'Day of the claim.';
COMMENT ON COLUMN core.figure_reports.claimed_at IS 'When the outlet first published the claim, UTC.';
COMMENT ON COLUMN core.figure_reports.claim_ordinal IS 'Position of the claim in its article, from 0.';
COMMENT ON COLUMN core.figure_reports.claimant_id IS 'Whose figure it is: the claimant, or the body for which a person speaks.';
COMMENT ON COLUMN core.figure_reports.speaker_id IS 'Who said it.';
COMMENT ON COLUMN core.figure_reports.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN core.figure_reports.party IS 'Whose loss, stock or gain it is: a name or an ISO country code.';
COMMENT ON COLUMN core.figure_reports.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN core.figure_reports.change IS 'level, increase or decrease.';
COMMENT ON COLUMN core.figure_reports.unit IS 'person, item, percent, day and so on; ISO 4217 for money.';
COMMENT ON COLUMN core.figure_reports.scope IS 'incident or cumulative, where that is clear.';
COMMENT ON COLUMN core.figure_reports.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN core.figure_reports.value IS 'The number, in the unit.';
COMMENT ON COLUMN core.figure_reports.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN core.figure_reports.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN core.figure_reports.counted IS 'What is counted, as written.';
COMMENT ON COLUMN core.figure_reports.amount IS 'The value, else the middle or the end of the range.';
COMMENT ON COLUMN core.figure_reports.figure_date IS 'Day the figure is of: the one that it names, else the day it was said, else of the claim.';
COMMENT ON COLUMN core.figure_reports.thing IS 'What is counted, where the measure does not say it; lower case.';
COMMENT ON COLUMN core.figure_reports.series_scope IS 'Scope, where it tells two series apart: losses of a side in a war.';
COMMENT ON COLUMN core.figure_reports.is_projected IS 'Whether the figure is planned, possible or conditional.';
COMMENT ON COLUMN core.figure_reports.is_correcting IS 'Whether the words say that a figure is corrected or lowered.';
COMMENT ON COLUMN core.figure_reports.aspect IS 'whole, part (of something smaller, which is no figure of the series) or previous (replaced by the claims own).';
COMMENT ON COLUMN core.figure_reports.verification_status IS 'What the article says of the claim.';
COMMENT ON COLUMN core.figure_reports.outlet_id IS 'Outlet.';
COMMENT ON COLUMN core.figure_reports.article_id IS 'Article: an address counts once.';
COMMENT ON COLUMN core.figure_reports.revision_id IS 'Revision it stands in.';
COMMENT ON COLUMN core.figure_reports.copy_group_id IS 'Copy group of the article: an origin counts once.';
COMMENT ON COLUMN core.figure_reports.is_current IS 'Whether the article still says it.';
COMMENT ON COLUMN core.figure_reports.series_id IS 'The figures of one claimant for one thing.';
COMMENT ON COLUMN core.figure_reports.figure_id IS 'Reports of one figure of one day.';

CREATE TABLE core.stated_figures (
    figure_date DATE NOT NULL,
    claimant_id BIGINT NOT NULL,
    side_code VARCHAR,
    party VARCHAR,
    measure VARCHAR NOT NULL,
    change VARCHAR NOT NULL,
    unit VARCHAR,
    scope VARCHAR,
    counted VARCHAR,
    is_projected BOOLEAN NOT NULL,
    is_part BOOLEAN NOT NULL,
    is_new BOOLEAN NOT NULL,
    bound VARCHAR NOT NULL,
    amount DOUBLE NOT NULL,
    low_value DOUBLE,
    high_value DOUBLE,
    previous_amount DOUBLE,
    previous_date DATE,
    difference DOUBLE,
    status VARCHAR NOT NULL,
    corrected_on DATE,
    corrected_amount DOUBLE,
    verification_status VARCHAR NOT NULL,
    report_count BIGINT NOT NULL,
    origin_count BIGINT NOT NULL,
    outlet_count BIGINT NOT NULL,
    first_reported_at TIMESTAMP NOT NULL,
    last_reported_at TIMESTAMP NOT NULL,
    claim_id BIGINT NOT NULL,
    claim_number INTEGER NOT NULL,
    series_id BIGINT NOT NULL,
    figure_id BIGINT NOT NULL
);
COMMENT ON TABLE core.stated_figures IS 'One row a day, claimant and figure that it gave; a series is made anew when a report of it comes or goes.';
COMMENT ON COLUMN core.stated_figures.figure_date IS 'Day the figure is of: the one that it names, else the day it was said, else of the claim.';
COMMENT ON COLUMN core.stated_figures.claimant_id IS 'Whose figure it is: the claimant, or the body for which a person speaks.';
COMMENT ON COLUMN core.stated_figures.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN core.stated_figures.party IS 'Whose loss, stock or gain it is: a name or an ISO country code.';
COMMENT ON COLUMN core.stated_figures.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN core.stated_figures.change IS 'level, increase or decrease.';
COMMENT ON COLUMN core.stated_figures.unit IS 'person, item, percent, day and so on; ISO 4217 for money.';
COMMENT ON COLUMN core.stated_figures.scope IS 'Scope, where it tells two series apart: losses of a side in a war.';
COMMENT ON COLUMN core.stated_figures.counted IS 'What is counted, as written.';
COMMENT ON COLUMN core.stated_figures.is_projected IS 'Whether the figure is planned, possible or conditional.';
COMMENT ON COLUMN core.stated_figures.is_part IS 'Whether it is of something smaller than the series: never in its range.';
COMMENT ON COLUMN core.stated_figures.is_new IS 'Whether the claimant had not given it before, and it leads its article.';
COMMENT ON COLUMN core.stated_figures.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN core.stated_figures.amount IS 'The value, else the middle or the end of the range.';
COMMENT ON COLUMN core.stated_figures.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN core.stated_figures.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN core.stated_figures.previous_amount IS 'The different figure that the claimant gave last before; null where this one was given before.';
COMMENT ON COLUMN core.stated_figures.previous_date IS 'Day that one is of.';
COMMENT ON COLUMN core.stated_figures.difference IS 'amount less previous_amount.';
COMMENT ON COLUMN core.stated_figures.status IS 'standing, corrected (the claimant gave a lower one in its place) or withdrawn (no text that reported it still does).';
COMMENT ON COLUMN core.stated_figures.corrected_on IS 'Day of the correction.';
COMMENT ON COLUMN core.stated_figures.corrected_amount IS 'What the claimant gave in its place.';
COMMENT ON COLUMN core.stated_figures.verification_status IS 'What an article says of the claim: disputed, denied and so on.';
COMMENT ON COLUMN core.stated_figures.report_count IS 'Articles that report it, an address once.';
COMMENT ON COLUMN core.stated_figures.origin_count IS 'Independent ones: copies of one text and versions of one address count once.';
COMMENT ON COLUMN core.stated_figures.outlet_count IS 'Outlets that report it.';
COMMENT ON COLUMN core.stated_figures.first_reported_at IS 'When it was first published, UTC.';
COMMENT ON COLUMN core.stated_figures.last_reported_at IS 'When it was last published, UTC.';
COMMENT ON COLUMN core.stated_figures.claim_id IS 'The claim that reports it first.';
COMMENT ON COLUMN core.stated_figures.claim_number IS 'Its number.';
COMMENT ON COLUMN core.stated_figures.series_id IS 'The figures of one claimant for one thing.';
COMMENT ON COLUMN core.stated_figures.figure_id IS 'Reports of one figure of one day.';

CREATE TABLE core.disagreements (
    basis VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    claim_date DATE NOT NULL,
    claim_number_a INTEGER NOT NULL,
    claim_number_b INTEGER NOT NULL,
    claimant_id_a BIGINT,
    claimant_id_b BIGINT,
    measure VARCHAR,
    party VARCHAR,
    unit VARCHAR,
    amount_a DOUBLE,
    amount_b DOUBLE,
    article_id BIGINT,
    week_date DATE
);
COMMENT ON TABLE core.disagreements IS 'One row a pair of current claims that disagree; made anew with the article that links them, or with the week of their figures.';
COMMENT ON COLUMN core.disagreements.basis IS 'article (one article links them) or figures (different totals in one week).';
COMMENT ON COLUMN core.disagreements.relation IS 'rival_of, or denies.';
COMMENT ON COLUMN core.disagreements.claim_date IS 'Day of the later claim.';
COMMENT ON COLUMN core.disagreements.claim_number_a IS 'Number of one claim; of the one that denies.';
COMMENT ON COLUMN core.disagreements.claim_number_b IS 'Number of the other.';
COMMENT ON COLUMN core.disagreements.claimant_id_a IS 'Who claims the one.';
COMMENT ON COLUMN core.disagreements.claimant_id_b IS 'Who claims the other.';
COMMENT ON COLUMN core.disagreements.measure IS 'What their figures measure; null where an article links them.';
COMMENT ON COLUMN core.disagreements.party IS 'Whose loss, stock or gain it is.';
COMMENT ON COLUMN core.disagreements.unit IS 'Unit of the figures.';
COMMENT ON COLUMN core.disagreements.amount_a IS 'Figure of the one.';
COMMENT ON COLUMN core.disagreements.amount_b IS 'Figure of the other.';
COMMENT ON COLUMN core.disagreements.article_id IS 'Article that links them; null for figures.';
COMMENT ON COLUMN core.disagreements.week_date IS 'Monday of the week of the figures; null where an article links them.';
