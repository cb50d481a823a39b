-- Who is quoted most: claimants by the stories that carry a claim of theirs.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 20: rows at most
WITH matching AS (
    SELECT claimant_id, claim_date, outlet_id, side_code, copy_group_id, is_repeat
    FROM core.claims
    WHERE
        $text IS NOT NULL AND is_current AND kind <> 'status_statement' AND claimant_id IS NOT NULL
        AND claim_number IN (FROM claims_with_words($text))
),
daily AS (
    SELECT key_id AS claimant_id, claim_date, claim_count, story_count
    FROM core.day_counts
    WHERE $text IS NULL AND kind = 'claimant' AND key_id <> 0
    UNION ALL
    SELECT claimant_id, claim_date, count(*) FILTER (NOT is_repeat), count(DISTINCT copy_group_id)
    FROM matching
    GROUP BY claimant_id, claim_date
),
counted AS (
    SELECT
        claimant_id, sum(story_count)::BIGINT AS story_count,
        sum(claim_count)::BIGINT AS claim_count, min(claim_date) AS first_claim_date,
        max(claim_date) AS last_claim_date
    FROM daily
    WHERE
        ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
    GROUP BY claimant_id
    ORDER BY story_count DESC, claim_count DESC, claimant_id
    LIMIT 4 * $row_limit
),
named AS (
    SELECT
        e.name AS claimant, list(claimant_id) AS claimant_ids, any_value(entity_type)
            AS claimant_type,
        sum(story_count)::BIGINT AS story_count, sum(claim_count)::BIGINT AS claim_count,
        min(first_claim_date) AS first_claim_date, max(last_claim_date) AS last_claim_date
    FROM counted JOIN core.entities AS e ON e.entity_id = claimant_id
    GROUP BY e.name
    ORDER BY story_count DESC, claim_count DESC, claimant
    LIMIT $row_limit
),
heard AS (
    SELECT claimant_id, outlet_id, side_code
    FROM core.claim_daily
    WHERE
        $text IS NULL AND ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
    UNION ALL
    SELECT claimant_id, outlet_id, side_code
    FROM matching
    WHERE
        ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
),
total AS (
    SELECT sum(story_count) AS total_story_count
    FROM core.read_days
    WHERE
        outlet_id IS NULL AND ($since IS NULL OR article_date >= $since::DATE)
        AND ($until IS NULL OR article_date <= $until::DATE)
)
SELECT
    n.claimant, n.claimant_type, h.side_code, n.story_count, n.claim_count, h.outlet_count,
    round(100.0 * n.story_count / total_story_count, 2) AS share_pct, n.first_claim_date,
    n.last_claim_date
FROM named AS n
JOIN (
    SELECT claimant, mode(side_code) AS side_code, count(DISTINCT outlet_id) AS outlet_count
    FROM heard
    JOIN (SELECT claimant, unnest(claimant_ids) AS claimant_id FROM named) USING (claimant_id)
    GROUP BY claimant
) AS h USING (claimant)
CROSS JOIN total
ORDER BY n.story_count DESC, n.claim_count DESC, n.claimant
