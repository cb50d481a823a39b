-- What all loads know of a word, side by side.

CREATE TEMP TABLE sorted_words AS FROM core.word_claims ORDER BY word_id, load_number;

DELETE FROM core.word_claims;

INSERT INTO core.word_claims BY NAME FROM sorted_words;
