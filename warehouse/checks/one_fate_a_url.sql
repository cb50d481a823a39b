-- Every discovered URL has exactly one fate, and it is a word we know.
SELECT url_id, count(*) AS fates, any_value(fate) AS fate
FROM ops.url_fates
GROUP BY url_id
HAVING count(*) > 1 OR any_value(fate) NOT IN (
    'loaded', 'duplicate', 'revision', 'too_short', 'not_html', 'home_page', 'blocked',
    'paywalled', 'consent_page', 'robots', 'too_big', 'http_error', 'quarantined', 'pending'
)
LIMIT 1
