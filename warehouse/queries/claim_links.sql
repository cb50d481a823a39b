-- The claims that one claim is linked with.
-- claim_id BIGINT: id of the claim in the warehouse
SELECT l.relation, l.linked_claim_id, c.claimant_name, c.content_text
FROM core.claim_links AS l JOIN core.claims AS c ON c.claim_id = l.linked_claim_id
WHERE l.claim_id = $claim_id
ORDER BY l.ordinal
