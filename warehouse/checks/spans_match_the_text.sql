-- Every span of a new claim is the piece of its revision's text that its offsets name.
-- A claim's stretch of the text is cut out once: finding an offset means counting from the start.
-- Only where new_claims has rows.
WITH stretches AS (
    SELECT claim_id, min(start_offset) AS begins, max(end_offset) AS ends
    FROM stage_spans
    GROUP BY claim_id
),
placed AS MATERIALIZED (
    SELECT claim_id, c.revision_id, begins, ends
    FROM stretches JOIN new_claims AS c USING (claim_id)
),
cut AS MATERIALIZED (
    SELECT claim_id, begins, substring(t.article_text, begins + 1, ends - begins) AS stretch
    FROM placed JOIN stage_texts AS t USING (revision_id)
)
SELECT claim_id, s.role, s.start_offset, s.span_text
FROM stage_spans AS s JOIN cut USING (claim_id)
WHERE
    s.span_text
    <> substring(stretch, s.start_offset - begins + 1, s.end_offset - s.start_offset)
LIMIT 1
