-- Claims by words, claimant, subject, status or day, newest first; copies counted, not listed.
-- text VARCHAR: words that claim, claimant or title hold, all of them; flood* for all that begin so
-- who VARCHAR: words of the claimant's name or of an alias, or the code of the state it speaks for
-- who_code VARCHAR: the state meant by who, when it names one
-- about VARCHAR: party of a figure or place in the claim, by name or country code
-- about_code VARCHAR: the state meant by about, when it names one
-- status VARCHAR: verification status, such as unverifiable or denied
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 50: rows at most
WITH found AS (
    SELECT claim_number, copy_group_id, statement_id
    FROM core.claims
    WHERE
        is_current AND NOT is_repeat
        AND ($text IS NULL OR claim_number IN (FROM claims_with_words($text)))
        AND (
            $who IS NULL OR side_code = coalesce($who_code, upper($who))
            OR (claimant_id IS NULL AND has_words(claimant_words, $who))
            OR claimant_id IN (
                SELECT entity_id
                FROM core.entities
                WHERE $who IS NOT NULL AND has_words(name, $who)
                UNION ALL
                SELECT entity_id
                FROM core.entity_aliases
                WHERE $who IS NOT NULL AND has_words(alias, $who)
            )
        )
        AND ($about IS NULL OR claim_id IN (
            SELECT claim_id
            FROM core.claim_quantities
            WHERE
                $about IS NOT NULL
                AND (has_words(party, $about) OR party = coalesce($about_code, upper($about)))
            UNION ALL
            SELECT claim_id
            FROM core.claim_places
            WHERE
                $about IS NOT NULL
                AND (has_words(name, $about) OR country_code = coalesce($about_code, upper($about)))
        ))
        AND ($status IS NULL OR verification_status = $status)
        AND ($since IS NULL OR claim_date >= $since::DATE)
        AND ($until IS NULL OR claim_date <= $until::DATE)
    ORDER BY claimed_at DESC, article_id, ordinal
    LIMIT $row_limit
),
reports AS (
    SELECT copy_group_id, statement_id, count(*) AS report_count
    FROM core.claims
    WHERE is_current AND copy_group_id IN (SELECT copy_group_id FROM found)
    GROUP BY copy_group_id, statement_id
)
SELECT
    claim_id, claim_date, claimant, side_code, content_text, verification_status, outlet, title,
    r.report_count, round(confidence, 2) AS confidence
FROM claims AS c
JOIN (SELECT claim_number FROM found) USING (claim_number)
JOIN reports AS r USING (copy_group_id, statement_id)
ORDER BY claimed_at DESC, article_id, ordinal
