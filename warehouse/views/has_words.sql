-- The words of a text in lower case, with blanks around them and for the signs between them.
CREATE OR REPLACE MACRO spaced(words) AS
    ' ' || translate(lower(words), '.,;:!?()[]/&-–—''’"“”', repeat(' ', 20)) || ' ';

-- Whether a text holds every one of the words, in whatever case and order; true without words,
-- false without a text. A word of up to three letters is whole ("UN" is not in "Hun"), a longer one
-- may go on ("minist" is in "the minister").
CREATE OR REPLACE MACRO has_words(haystack, words) AS
    words IS NULL OR (haystack IS NOT NULL AND len(list_filter(
        string_split(spaced(words), ' '),
        lambda word: CASE
            WHEN word = '' THEN false
            WHEN NOT contains(lower(haystack), word) THEN true  -- most texts, and soon told
            WHEN length(word) <= 3 THEN NOT contains(spaced(haystack), ' ' || word || ' ')
            ELSE NOT contains(spaced(haystack), ' ' || word)
        END
    )) = 0);
