-- One row a claim of these readings, in their order: who, in which way, what, with which figures.
-- $1 BIGINT[]: the readings
SELECT
    c.parse_id, coalesce(c.claimant_name, c.claimant_words), c.kind, c.content_text,
    coalesce(list({
        'value': q.value, 'low': q.low_value, 'high': q.high_value, 'bound': q.bound,
        'unit': q.unit, 'counted': q.counted, 'measure': q.measure, 'party': q.party,
        'change': q.change, 'scope': q.scope
    } ORDER BY q.ordinal) FILTER (q.claim_id IS NOT NULL), [])
FROM core.claims AS c LEFT JOIN core.claim_quantities AS q USING (claim_id)
WHERE c.parse_id IN (SELECT unnest($1::BIGINT[]))
GROUP BY
    c.parse_id, c.claim_id, c.ordinal, c.claimant_name, c.claimant_words, c.kind, c.content_text
ORDER BY c.parse_id, c.ordinal
