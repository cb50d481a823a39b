-- One claim with everything it rests on, back to the bytes of the archive.
-- claim VARCHAR: id of the claim in the warehouse, or the id its parser gave it
SELECT
    l.*, c.claimed_at, c.kind, c.cue_lemma, c.cue_class, c.claimant_name, c.claimant_type,
    c.claimant_method, c.side_code, c.content_text, c.modality, c.polarity,
    c.verification_status, c.verified_by, c.confidence, t.article_text
FROM claim_lineage AS l
JOIN core.claims AS c ON c.claim_id = l.claim_id
JOIN core.article_texts AS t ON t.revision_id = l.revision_id
WHERE l.claim_id = try_cast($claim AS BIGINT) OR l.record_id = $claim
ORDER BY l.is_current DESC, c.claimed_at, l.claim_id
LIMIT 1
