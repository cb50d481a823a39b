-- One claim with everything it rests on, back to the bytes of the archive.
-- claim VARCHAR: id of the claim in the warehouse, or the id its parser gave it
-- Each id is looked for by itself: so the planner knows that few rows have it.
WITH wanted AS (
    FROM (
        FROM core.claims WHERE claim_id = try_cast($claim AS BIGINT)
        UNION ALL
        FROM core.claims WHERE record_id = $claim
    )
    ORDER BY is_current DESC, claimed_at, claim_id
    LIMIT 1
)
-- As claim_lineage tells it; from one claim on, inner joins are known to find one row each.
SELECT
    c.claim_id, c.record_id, c.is_current, c.extractor, p.parser, p.run_id AS parse_run_id,
    r.revision_id, r.article_id, r.title, r.url, r.extractor AS article_extractor, r.published_at,
    r.published_source, r.first_seen_at, r.is_current AS is_current_revision, r.run_id,
    r.fetch_id, f.fetched_at, f.status_code, f.final_url, f.body_sha256, f.archive_file,
    f.archive_offset, r.feed_item_id, i.identity AS item_identity, i.title AS item_title,
    i.seen_at AS item_seen_at, r.feed_id, d.url AS feed_url, d.outlet_name AS outlet,
    c.claimed_at, c.kind, c.cue_lemma, c.cue_class, c.claimant_name, c.claimant_type,
    c.claimant_method, c.side_code, c.content_text, c.modality, c.polarity,
    c.verification_status, c.verified_by, c.confidence, t.article_text
FROM wanted AS c
JOIN core.parses AS p ON p.parse_id = c.parse_id
JOIN core.article_revisions AS r ON r.revision_id = c.revision_id
JOIN core.article_texts AS t ON t.revision_id = c.revision_id
JOIN ops.fetches AS f ON f.fetch_id = r.fetch_id
LEFT JOIN ops.feed_items AS i ON i.feed_item_id = r.feed_item_id
JOIN ops.feeds AS d ON d.feed_id = r.feed_id
