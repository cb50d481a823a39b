-- One claim with everything it rests on, back to the bytes of the archive.
-- claim VARCHAR: id of the claim in the warehouse, or the id its parser gave it
-- Each id is looked for by itself: so the planner knows that few rows have it.
WITH found AS (
    FROM claim_lineage WHERE claim_id = try_cast($claim AS BIGINT)
    UNION
    FROM claim_lineage WHERE record_id = $claim
),
wanted AS (
    SELECT
        l.*, c.claimed_at, c.kind, c.cue_lemma, c.cue_class, c.claimant_name, c.claimant_type,
        c.claimant_method, c.side_code, c.content_text, c.modality, c.polarity,
        c.verification_status, c.verified_by, c.confidence
    FROM found AS l JOIN core.claims AS c USING (claim_id)
    ORDER BY is_current DESC, claimed_at, claim_id
    LIMIT 1
)
SELECT w.*, t.article_text
FROM wanted AS w JOIN core.article_texts AS t USING (revision_id)
