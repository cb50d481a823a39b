-- Every URL that this run discovered or decided has exactly one fate, and it is a word we know.
SELECT url_id, count(u.fate) AS fates, any_value(u.fate) AS fate
FROM (
    SELECT url_id FROM stage_feed_items WHERE url_id IS NOT NULL
    UNION
    SELECT url_id FROM stage_url_fates
)
LEFT JOIN ops.url_fates AS u USING (url_id)
GROUP BY url_id
HAVING fates <> 1 OR any_value(u.fate) NOT IN (
    'loaded', 'duplicate', 'revision', 'too_short', 'not_html', 'home_page', 'blocked',
    'paywalled', 'consent_page', 'robots', 'too_big', 'http_error', 'quarantined', 'pending'
)
LIMIT 1
