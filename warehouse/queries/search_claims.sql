-- Claims by words, claimant, subject, status or day, newest first; copies counted, not listed.
-- text VARCHAR: words that the claim or its article's title hold, all of them
-- who VARCHAR: words of the claimant's name or of an alias, or the code of the state it speaks for
-- who_code VARCHAR: the state meant by who, when it names one
-- about VARCHAR: party of a figure or place in the claim, by name or country code
-- about_code VARCHAR: the state meant by about, when it names one
-- status VARCHAR: verification status, such as unverifiable or denied
-- since DATE: first day
-- until DATE: last day
-- row_limit INTEGER = 50: rows at most
SELECT
    claim_id, claim_date, claimant, side_code, content_text, verification_status, outlet, title,
    count(*) OVER (PARTITION BY copy_group_id, statement_id) AS report_count,
    round(confidence, 2) AS confidence
FROM claims
WHERE
    has_words(concat_ws(' ', title, content_text), $text)
    AND (
        $who IS NULL OR has_words(claimant, $who) OR side_code = coalesce($who_code, upper($who))
        OR claimant_id IN (SELECT entity_id FROM core.entity_aliases WHERE has_words(alias, $who))
    )
    AND ($about IS NULL OR claim_id IN (
        SELECT claim_id
        FROM core.claim_quantities
        WHERE has_words(party, $about) OR party = coalesce($about_code, upper($about))
        UNION ALL
        SELECT claim_id
        FROM core.claim_places
        WHERE has_words(name, $about) OR country_code = coalesce($about_code, upper($about))
    ))
    AND ($status IS NULL OR verification_status = $status)
    AND ($since IS NULL OR claim_date >= $since::DATE)
    AND ($until IS NULL OR claim_date <= $until::DATE)
QUALIFY row_number() OVER (
    PARTITION BY copy_group_id, statement_id ORDER BY is_copy, claimed_at, claim_id
) = 1
ORDER BY claimed_at DESC, article_id, ordinal
LIMIT $row_limit
