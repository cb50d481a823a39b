-- One row a known article: its current revision, all it ever had, and its copy keys if asked for.
-- article_ids BIGINT[], text_sha256s VARCHAR[]: the articles, by id or by their current text
-- compared_ids BIGINT[]: of these, the ones whose copy keys are asked for
WITH found AS (
    FROM core.article_revisions
    WHERE
        is_current
        AND (
            article_id IN (SELECT unnest($article_ids::BIGINT[]))
            OR text_sha256 IN (SELECT unnest($text_sha256s::VARCHAR[]))
        )
),
versions AS (
    SELECT article_id, list(revision_id ORDER BY revision_id) AS revision_ids
    FROM core.article_revisions
    WHERE article_id IN (SELECT article_id FROM found)
    GROUP BY article_id
),
keys AS (
    SELECT article_id, list(copy_key ORDER BY copy_key) AS copy_keys
    FROM core.article_copy_keys
    WHERE article_id IN (SELECT unnest($compared_ids::BIGINT[]))
    GROUP BY article_id
)
SELECT f.*, v.revision_ids, coalesce(k.copy_keys, []) AS copy_keys
FROM found AS f
JOIN versions AS v ON v.article_id = f.article_id
LEFT JOIN keys AS k ON k.article_id = f.article_id
