-- The words of new claims, and the counts of the touched days.
-- Only where touched_articles has rows.

-- Texts are cut at spaces: which words are in a piece is asked once, however many hold it.
CREATE TEMP TABLE claim_pieces AS
SELECT claim_number, unnest(string_split(content_text, ' ')) AS piece FROM counted_claims;

CREATE TEMP TABLE name_pieces AS
SELECT entity_id AS claimant_id, unnest(string_split(name, ' ')) AS piece
FROM core.entities
WHERE entity_id IN (SELECT claimant_id FROM counted_claims);

CREATE TEMP TABLE title_pieces AS
SELECT article_id, unnest(string_split(title, ' ')) AS piece
FROM core.articles
WHERE
    article_date >= (
        SELECT min(article_date) FROM core.articles
        WHERE article_id IN (SELECT article_id FROM counted_claims)
    )
    AND article_id IN (SELECT article_id FROM counted_claims);

CREATE TEMP TABLE read_words AS
SELECT piece, word
FROM (
    SELECT piece, unnest(split_words(piece)) AS word
    FROM (
        SELECT piece FROM claim_pieces
        UNION
        SELECT piece FROM name_pieces
        UNION
        SELECT piece FROM title_pieces
    )
)
WHERE NOT is_common(word);

INSERT INTO core.words BY NAME
WITH fresh AS (
    SELECT word, stem_of(word) AS stem
    FROM (SELECT DISTINCT word FROM read_words)
    WHERE word NOT IN (SELECT word FROM core.words)
),
known AS (
    SELECT stem, any_value(word_id) AS word_id FROM core.words GROUP BY stem
)
SELECT
    word, stem,
    coalesce(
        known.word_id,
        (SELECT coalesce(max(word_id), 0) FROM core.words)
        + dense_rank() OVER (ORDER BY known.word_id IS NOT NULL, stem)
    ) AS word_id
FROM fresh LEFT JOIN known USING (stem)
ORDER BY stem, word;

CREATE TEMP TABLE piece_words AS
SELECT DISTINCT piece, word_id FROM read_words JOIN core.words USING (word);

CREATE TEMP TABLE held_words AS
SELECT word_id, claim_number FROM claim_pieces JOIN piece_words USING (piece)
UNION
SELECT word_id, claim_number
FROM counted_claims JOIN name_pieces USING (claimant_id) JOIN piece_words USING (piece)
UNION
SELECT word_id, claim_number
FROM counted_claims JOIN title_pieces USING (article_id) JOIN piece_words USING (piece);

INSERT INTO core.word_claims BY NAME
SELECT word_id, load_number, list_sort(list(claim_number)) AS claim_numbers
FROM held_words
SEMI JOIN new_numbers USING (claim_number)
CROSS JOIN load_counter
GROUP BY ALL
ORDER BY word_id;

DELETE FROM core.day_counts WHERE claim_date IN (FROM touched_days);

INSERT INTO core.day_counts BY NAME
WITH counted AS MATERIALIZED (
    SELECT
        claim_number, claim_date, claimant_id, outlet_id, is_repeat,
        dense_rank() OVER (ORDER BY claim_date, copy_group_id)::INTEGER AS story
    FROM counted_claims
    WHERE is_counted
),
things AS (
    SELECT
        'word' AS kind, word_id::BIGINT AS key_id, any_value(claim_date) AS claim_date,
        count(*) FILTER (NOT is_repeat) AS claim_count
    FROM held_words JOIN counted USING (claim_number)
    GROUP BY word_id, story
    UNION ALL
    SELECT 'all', 0, any_value(claim_date), count(*) FILTER (NOT is_repeat)
    FROM counted
    GROUP BY story
    UNION ALL
    SELECT
        'claimant', coalesce(claimant_id, 0), any_value(claim_date),
        count(*) FILTER (NOT is_repeat)
    FROM counted
    GROUP BY claimant_id, story
    UNION ALL
    SELECT 'outlet', outlet_id, any_value(claim_date), count(*) FILTER (NOT is_repeat)
    FROM counted
    GROUP BY outlet_id, story
)
SELECT
    claim_date, kind, key_id, sum(claim_count)::INTEGER AS claim_count,
    count(*)::INTEGER AS story_count
FROM things
GROUP BY claim_date, kind, key_id
UNION ALL
SELECT
    claim_date, 'current', 0, count(*) FILTER (is_current)::INTEGER,
    count(DISTINCT copy_group_id) FILTER (is_current)::INTEGER
FROM counted_claims
GROUP BY claim_date
ORDER BY kind, key_id, claim_date;
