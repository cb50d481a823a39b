-- One row an outlet.
CREATE OR REPLACE VIEW outlets AS
SELECT
    o.outlet_id, o.name AS outlet, o.site, o.first_seen_at, count(a.article_id) AS article_count,
    count(a.article_id) FILTER (a.copy_group_id <> a.article_id) AS copy_count,
    max(a.article_date) AS last_article_date
FROM core.outlets AS o
LEFT JOIN core.articles AS a ON a.outlet_id = o.outlet_id
GROUP BY o.outlet_id, o.name, o.site, o.first_seen_at;
COMMENT ON VIEW outlets IS 'One row an outlet. Warnings: copies.';
COMMENT ON COLUMN outlets.outlet_id IS 'Hash id of the outlet''s name.';
COMMENT ON COLUMN outlets.outlet IS 'Name of the outlet.';
COMMENT ON COLUMN outlets.site IS 'Registered domain it was first seen on.';
COMMENT ON COLUMN outlets.first_seen_at IS 'When its first article was fetched, UTC.';
COMMENT ON COLUMN outlets.article_count IS 'Articles held.';
COMMENT ON COLUMN outlets.copy_count IS 'Of these, copies of another outlet''s article.';
COMMENT ON COLUMN outlets.last_article_date IS 'Day of its newest article.';
