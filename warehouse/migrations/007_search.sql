-- Finding claims by their words, and trends, without reading every claim.

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
    outlet_id BIGINT NOT NULL,
    article_count INTEGER NOT NULL,
    story_count INTEGER NOT NULL
);
COMMENT ON TABLE core.read_days IS 'One row a day and outlet, and one for all outlets together: what was read.';
COMMENT ON COLUMN core.read_days.article_date IS 'Day.';
COMMENT ON COLUMN core.read_days.outlet_id IS 'Outlet; 0 for all together.';
COMMENT ON COLUMN core.read_days.article_count IS 'Articles that count for the day: by their date, or that of a claim in them.';
COMMENT ON COLUMN core.read_days.story_count IS 'Stories among them: copies of one text are one.';
INSERT INTO core.read_days
SELECT article_date, coalesce(outlet_id, 0), count(DISTINCT article_id), count(DISTINCT copy_group_id)
FROM core.article_days
GROUP BY GROUPING SETS ((article_date), (article_date, outlet_id))
ORDER BY ALL;
