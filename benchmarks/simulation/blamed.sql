-- One row a moment at which at least three hosts were asked: how many polls then failed.
-- With fewer hosts nobody can tell a dead network from dead hosts.
SELECT polled_at, count(*) FILTER (WHERE outcome = 'failed') AS failed_count
FROM ops.polls JOIN ops.feeds USING (feed_id)
GROUP BY polled_at
HAVING count(DISTINCT regexp_extract(poll_url, '//([^/]*)', 1)) >= 3;
