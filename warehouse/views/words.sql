-- The words of a text as they are compared: in lower case, without accents and punctuation.
CREATE OR REPLACE MACRO split_words(words) AS
    regexp_extract_all(strip_accents(lower(words)), '[\p{L}\p{N}]+');

-- A word without the ending of a plural, and "movie" as "movies" leaves it, after Harman's "How
-- effective is suffixing?" (1991).
CREATE OR REPLACE MACRO stem_of(word) AS CASE
    WHEN length(word) < 4 THEN word
    WHEN ends_with(word, 'ies') AND NOT regexp_matches(word, '[ae]ies$') THEN word[:-4] || 'y'
    WHEN ends_with(word, 'ie') THEN word[:-3] || 'y'
    WHEN regexp_matches(word, '(ss|sh|ch|x|zz)es$') THEN word[:-3]
    WHEN ends_with(word, 's') AND NOT regexp_matches(word, '[us]s$') THEN word[:-2]
    ELSE word
END;

-- Whether a text is surely one word and nothing else: letters of other scripts are not looked at.
CREATE OR REPLACE MACRO is_one_word(words) AS
    coalesce(regexp_full_match(trim(words), '[0-9A-Za-z]+'), false);

-- Whether a word is so common that it finds nothing: it is neither kept nor asked for.
CREATE OR REPLACE MACRO is_common(word) AS word IN (
    'a', 'an', 'and', 'are', 'as', 'at', 'be', 'been', 'but', 'by', 'for', 'from', 'had', 'has',
    'have', 'he', 'her', 'his', 'in', 'is', 'it', 'its', 'not', 'of', 'on', 'or', 's', 'she',
    'that', 'the', 'their', 'they', 'this', 'to', 'was', 'we', 'were', 'which', 'will', 'with'
);
-- One row a claim that holds all of the words, itself, in its claimant's name or in its article's
-- title; "flood" finds "floods", and "flood*" every word that begins so.
CREATE OR REPLACE MACRO claims_with_words(words) AS TABLE
WITH asked AS (
    SELECT word, row_number() OVER () AS number
    FROM (
        SELECT unnest(list_distinct(
            regexp_extract_all(strip_accents(lower(words)), '[\p{L}\p{N}]+\*?')
        )) AS word
    )
    WHERE NOT is_common(word)
),
known AS (
    SELECT DISTINCT a.number, w.word_id
    FROM asked AS a JOIN core.words AS w ON w.stem = stem_of(a.word)
    WHERE NOT ends_with(a.word, '*')
    UNION ALL
    SELECT DISTINCT a.number, w.word_id
    FROM asked AS a JOIN core.words AS w ON starts_with(w.word, a.word[:-2])
    WHERE ends_with(a.word, '*')
),
-- The first word apart: of two words DuckDB 1.5 else reads every list between theirs.
held AS MATERIALIZED (
    SELECT k.number, h.word_id, h.claim_numbers
    FROM core.word_claims AS h JOIN (FROM known WHERE number = 1) AS k USING (word_id)
    UNION ALL
    SELECT k.number, h.word_id, h.claim_numbers
    FROM core.word_claims AS h JOIN (FROM known WHERE number > 1) AS k USING (word_id)
),
-- Only the claims of the rarest word are looked for among those of the others.
rarest AS (
    SELECT number, min(word_id) = max(word_id) AS is_one_stem
    FROM held
    GROUP BY number
    ORDER BY sum(len(claim_numbers)), number
    LIMIT 1
),
candidates AS (
    SELECT unnest(claim_numbers) AS claim_number
    FROM held JOIN rarest USING (number)
    WHERE is_one_stem
    UNION ALL
    SELECT DISTINCT unnest(claim_numbers)
    FROM held JOIN rarest USING (number)
    WHERE NOT is_one_stem
)
-- As lists, which the planner knows to be short: so it is them that a table is searched for.
SELECT unnest(list(claim_number)) AS claim_number
FROM (
    SELECT claim_number FROM candidates WHERE (SELECT count(*) FROM asked) = 1
    UNION ALL
    SELECT claim_number
    FROM (
        SELECT number, unnest(claim_numbers) AS claim_number
        FROM held ANTI JOIN rarest USING (number)
    )
    WHERE claim_number IN (SELECT unnest(list(claim_number)) FROM candidates)
    GROUP BY claim_number
    HAVING count(DISTINCT number) = (SELECT count(*) FROM asked) - 1
);

-- The same for one word, letters and digits only. It is the rule, and to plan for several takes
-- longer than its answer.
CREATE OR REPLACE MACRO claims_with_word(asked) AS TABLE
SELECT unnest(list(claim_number)) AS claim_number
FROM (
    SELECT unnest(claim_numbers) AS claim_number
    FROM core.word_claims
    WHERE
        word_id IN (
            SELECT word_id FROM core.words WHERE stem = stem_of(strip_accents(lower(trim(asked))))
        )
);
