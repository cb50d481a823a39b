-- Every span of a new claim is the piece of its revision's text that its offsets name.
SELECT c.claim_id, s.role, s.start_offset, s.span_text
FROM core.claim_spans AS s
JOIN new_claims AS c USING (claim_id)
JOIN core.article_texts AS t USING (revision_id)
WHERE s.span_text <> substring(t.article_text, s.start_offset + 1, s.end_offset - s.start_offset)
LIMIT 1
