-- Visits to the pages of articles that were loaded before.

CREATE TEMP TABLE load_counter AS SELECT count(*)::INTEGER + 1 AS load_number FROM ops.runs;

CREATE TEMP TABLE new_checks AS
FROM stage_article_checks AS s
WHERE NOT EXISTS (
    FROM ops.article_checks AS t WHERE t.run_id = s.run_id AND t.url_id = s.url_id
)
QUALIFY row_number() OVER (PARTITION BY run_id, url_id ORDER BY checked_at) = 1;

-- Only where new_checks has rows.
INSERT INTO ops.article_checks BY NAME
FROM new_checks CROSS JOIN load_counter ORDER BY checked_at, url_id;
