-- One claim with everything it rests on, back to the bytes of the archive.
-- claim VARCHAR: id of the claim in the warehouse, or the id its parser gave it
WITH wanted AS MATERIALIZED (
    SELECT claim_id, revision_id
    FROM core.claims
    WHERE claim_id = try_cast($claim AS BIGINT) OR record_id = $claim
    ORDER BY is_current DESC, claimed_at, claim_id
    LIMIT 1
)
SELECT
    l.*, c.claimed_at, c.kind, c.cue_lemma, c.cue_class, c.claimant_name, c.claimant_type,
    c.claimant_method, c.side_code, c.content_text, c.modality, c.polarity,
    c.verification_status, c.verified_by, c.confidence, t.article_text
FROM wanted AS w
JOIN claim_lineage AS l ON l.claim_id = w.claim_id
JOIN core.claims AS c ON c.claim_id = w.claim_id
JOIN core.article_texts AS t ON t.revision_id = w.revision_id
