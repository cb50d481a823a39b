-- Which of the readings that were loaded before stand now.
-- Only where known_parses has rows.

UPDATE core.parses AS t
SET is_current = NOT t.is_current
FROM known_parses AS k
WHERE
    t.load_number >= (FROM horizon)
    AND t.parse_id = k.parse_id AND k.article_id IN (FROM known_articles)
    AND k.is_current <> (k.parse_id IN (SELECT parse_id FROM current_parses));
