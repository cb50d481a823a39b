-- Whether a text holds every one of the words, wherever and in whatever case; true without words,
-- false without a text.
CREATE OR REPLACE MACRO has_words(haystack, words) AS
    words IS NULL OR (haystack IS NOT NULL AND len(list_filter(
        string_split(lower(trim(words)), ' '), lambda word: NOT contains(lower(haystack), word)
    )) = 0);
