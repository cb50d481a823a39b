-- What a story says twice is marked; claims of an older schema, not marked yet, are taken for new.

-- What follows from articles is made anew for these.
CREATE TEMP TABLE followed_articles AS
SELECT article_id FROM touched_articles
UNION
SELECT article_id FROM core.claims WHERE is_repeat IS NULL;

CREATE TEMP TABLE touched_series (series_id BIGINT NOT NULL);

CREATE TEMP TABLE repeats AS
SELECT
    claim_id, claim_date, is_repeat,
    row_number() OVER (
        PARTITION BY copy_group_id, statement_id
        ORDER BY copy_group_id <> article_id, claimed_at, claim_id
    ) > 1 AS is_repeat_now
FROM core.claims
WHERE
    is_current
    AND (
        is_repeat IS NULL OR copy_group_id IN (
            SELECT copy_group_id FROM core.articles WHERE article_id IN (FROM touched_articles)
        )
    );

DELETE FROM repeats WHERE is_repeat_now IS NOT DISTINCT FROM is_repeat;

CREATE TEMP TABLE new_numbers AS
SELECT claim_number FROM core.claims WHERE is_repeat IS NULL
UNION ALL
SELECT claim_number FROM new_claims;

UPDATE core.claims AS t
SET is_repeat = is_repeat_now
FROM repeats AS s
WHERE t.claim_id = s.claim_id AND t.claim_date = s.claim_date;

INSERT INTO touched_days
SELECT claim_date FROM repeats
UNION
SELECT claim_date FROM new_claims
EXCEPT
FROM touched_days;
