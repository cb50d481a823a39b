-- Who is quoted most: claimants by the stories that carry a claim of theirs.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 20: rows at most
WITH matching AS (
    SELECT claimant_id, claim_date, outlet_id, side_code, copy_group_id, is_repeat
    FROM core.claim_facts
    WHERE
        $text IS NOT NULL AND is_counted
        AND ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
        AND claim_number IN (FROM claims_with_words($text))
),
-- Without words the sums of whole months, and the days that are left.
summed AS (
    SELECT claimant_id, claim_count, story_count, first_claim_date, last_claim_date
    FROM claimant_sums($since, $until)
    WHERE $text IS NULL
    UNION ALL
    SELECT claimant_id, sum(claim_count), count(*), min(claim_date), max(claim_date)
    FROM (
        SELECT claimant_id, claim_date, count(*) FILTER (NOT is_repeat) AS claim_count
        FROM matching
        WHERE claimant_id IS NOT NULL
        GROUP BY claimant_id, claim_date, copy_group_id
    )
    GROUP BY claimant_id
),
counted AS (
    SELECT
        claimant_id, sum(story_count)::BIGINT AS story_count,
        sum(claim_count)::BIGINT AS claim_count, min(first_claim_date) AS first_claim_date,
        max(last_claim_date) AS last_claim_date
    FROM summed
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
asked_for AS (
    SELECT claimant, unnest(claimant_ids) AS claimant_id FROM named
),
months AS (
    SELECT claimant, outlet_ids, side_codes
    FROM asked_for JOIN core.claimant_months USING (claimant_id)
    WHERE $text IS NULL AND month_date IN (FROM whole_months($since, $until))
),
heard AS (
    SELECT claimant, unnest(outlet_ids) AS outlet_id, NULL AS side_code FROM months
    UNION ALL
    SELECT claimant, NULL, unnest(side_codes) FROM months
    UNION ALL
    SELECT claimant, outlet_id, side_code
    FROM asked_for JOIN core.claim_daily USING (claimant_id)
    WHERE $text IS NULL AND claim_date IN (FROM other_days($since, $until))
    UNION ALL
    SELECT claimant, outlet_id, side_code FROM asked_for JOIN matching USING (claimant_id)
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
    SELECT
        claimant, mode(side_code ORDER BY side_code) AS side_code,
        count(DISTINCT outlet_id) AS outlet_count
    FROM heard
    GROUP BY claimant
) AS h USING (claimant)
CROSS JOIN total
ORDER BY n.story_count DESC, n.claim_count DESC, n.claimant
