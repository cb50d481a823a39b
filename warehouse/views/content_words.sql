-- The words of a text that say what it is about, folded and each once: no articles, no numbers.
CREATE OR REPLACE MACRO content_words(content) AS
    list_distinct(list_filter(
        regexp_extract_all(lower(content), '[[:alpha:]]{3,}'),
        lambda word: NOT list_contains([
            'the', 'and', 'that', 'with', 'for', 'from', 'had', 'has', 'have', 'was', 'were',
            'been', 'are', 'but', 'not', 'its', 'his', 'her', 'their', 'they', 'who', 'which',
            'when', 'where', 'this', 'these', 'those', 'into', 'off', 'out', 'over', 'under',
            'after', 'before', 'more', 'than', 'people', 'said', 'could', 'would', 'will', 'may',
            'might', 'still', 'also', 'there', 'about', 'all', 'one', 'two', 'three', 'some',
            'any', 'can', 'did', 'does', 'she', 'him', 'them', 'what', 'how', 'why', 'while',
            'because', 'between', 'during', 'against', 'being', 'found', 'reported', 'confirmed'
        ], word)
    ));
