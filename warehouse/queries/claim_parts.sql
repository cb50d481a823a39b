-- The pieces of text that a claim rests on, with what was read from each.
-- claim_id BIGINT: id of the claim in the warehouse
SELECT
    s.role, s.ordinal, s.start_offset, s.end_offset, s.span_text,
    CASE s.role
        WHEN 'quantity' THEN concat_ws(
            ' ', q.change, q.bound, q.value, q.low_value, q.high_value, q.unit, q.measure,
            'party ' || q.party, q.scope
        )
        WHEN 'time' THEN concat_ws(' ', t.from_iso, 'to', t.to_iso, t.role)
        WHEN 'place' THEN concat_ws(' ', p.name, p.country_code, p.role)
        WHEN 'relay' THEN concat_ws(' ', r.name, r.entity_type, r.side_code)
    END AS reading
FROM core.claim_spans AS s
LEFT JOIN core.claim_quantities AS q ON q.claim_id = s.claim_id AND q.ordinal = s.ordinal
LEFT JOIN core.claim_times AS t ON t.claim_id = s.claim_id AND t.ordinal = s.ordinal
LEFT JOIN core.claim_places AS p ON p.claim_id = s.claim_id AND p.ordinal = s.ordinal
LEFT JOIN core.claim_relays AS r ON r.claim_id = s.claim_id AND r.ordinal = s.ordinal
WHERE s.claim_id = $claim_id
ORDER BY s.start_offset, s.end_offset DESC, s.role
