-- Polling state, exchanges, items, fates and failures, exactly as staged.

MERGE INTO ops.feeds AS t
USING (
    FROM stage_feeds
    QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY last_polled_at DESC NULLS LAST) = 1
) AS s ON t.feed_id = s.feed_id
WHEN MATCHED THEN UPDATE SET
    url = s.url, outlet_name = s.outlet_name, title = s.title, home_url = s.home_url,
    format = s.format, language = s.language, is_active = s.is_active, added_at = s.added_at,
    etag = s.etag, last_modified = s.last_modified, body_sha256 = s.body_sha256,
    last_polled_at = s.last_polled_at, last_success_at = s.last_success_at,
    last_changed_at = s.last_changed_at, last_new_item_at = s.last_new_item_at,
    next_poll_at = s.next_poll_at, interval_s = s.interval_s, failure_weight = s.failure_weight,
    state = s.state, problem = s.problem, possible_gap_at = s.possible_gap_at,
    poll_url = s.poll_url, previous_urls = s.previous_urls, sighted_url = s.sighted_url,
    sighted_count = s.sighted_count, sighted_since_at = s.sighted_since_at,
    distrusts_validators = s.distrusts_validators, failing_since_at = s.failing_since_at,
    news_gap_count = s.news_gap_count, usual_gap_s = s.usual_gap_s,
    longest_gap_s = s.longest_gap_s, window_keys = s.window_keys
WHEN NOT MATCHED THEN INSERT BY NAME;

-- Only where stage_polls has rows.
INSERT INTO ops.polls BY NAME
FROM stage_polls AS s
WHERE NOT EXISTS (FROM ops.polls AS t WHERE t.poll_id = s.poll_id)
QUALIFY row_number() OVER (PARTITION BY poll_id ORDER BY polled_at) = 1
ORDER BY polled_at, poll_id;

-- Only where stage_sites has rows.
MERGE INTO ops.sites AS t
USING stage_sites AS s ON t.site = s.site
WHEN MATCHED THEN UPDATE SET
    asked_at = s.asked_at, average_ms = s.average_ms, rests_until_at = s.rests_until_at,
    problem = s.problem
WHEN NOT MATCHED THEN INSERT BY NAME;

-- Only where stage_incidents has rows.
MERGE INTO ops.incidents AS t
USING stage_incidents AS s ON t.incident_id = s.incident_id
WHEN MATCHED THEN UPDATE SET
    problem = s.problem, last_seen_at = s.last_seen_at, closed_at = s.closed_at,
    run_id = s.run_id
WHEN NOT MATCHED THEN INSERT BY NAME;

CREATE TEMP TABLE new_fetches AS
FROM stage_fetches AS s
WHERE NOT EXISTS (FROM ops.fetches AS t WHERE t.fetch_id = s.fetch_id)
QUALIFY row_number() OVER (PARTITION BY fetch_id ORDER BY fetched_at) = 1;

INSERT INTO ops.fetches BY NAME FROM new_fetches ORDER BY fetched_at, fetch_id;

INSERT INTO ops.feed_items BY NAME
FROM stage_feed_items AS s
WHERE NOT EXISTS (FROM ops.feed_items AS t WHERE t.feed_item_id = s.feed_item_id)
QUALIFY row_number() OVER (PARTITION BY feed_item_id ORDER BY seen_at) = 1
ORDER BY seen_at, feed_item_id;

-- The decision of the newest run stands, whatever its clock said; the first day seen is kept.
MERGE INTO ops.url_fates AS t
USING (
    FROM stage_url_fates
    QUALIFY row_number() OVER (PARTITION BY url_id ORDER BY decided_at DESC, attempts DESC) = 1
) AS s ON t.url_id = s.url_id
WHEN MATCHED THEN UPDATE SET
    canonical_url = s.canonical_url, original_url = s.original_url, feed_id = s.feed_id,
    feed_item_id = s.feed_item_id, fate = s.fate, reason = s.reason,
    discovered_at = least(t.discovered_at, s.discovered_at), decided_at = s.decided_at,
    article_id = s.article_id, fetch_id = s.fetch_id, attempts = s.attempts,
    identity_reason = coalesce(s.identity_reason, t.identity_reason)
WHEN NOT MATCHED THEN INSERT BY NAME;

CREATE TEMP TABLE new_failures AS
SELECT
    quarantine_id, last(run_id ORDER BY seen_at) AS run_id, any_value(stage) AS stage,
    any_value(subject) AS subject, last(problem ORDER BY seen_at) AS problem,
    last(detail ORDER BY seen_at) AS detail, last(fetch_id ORDER BY seen_at) AS fetch_id,
    min(seen_at) AS first_seen_at, max(seen_at) AS last_seen_at
FROM stage_quarantine
GROUP BY quarantine_id;

-- Only where new_failures has rows.
MERGE INTO ops.quarantine AS t
USING new_failures AS s ON t.quarantine_id = s.quarantine_id
WHEN MATCHED THEN UPDATE SET
    run_id = s.run_id, problem = s.problem, detail = s.detail, fetch_id = s.fetch_id,
    first_seen_at = least(t.first_seen_at, s.first_seen_at),
    last_seen_at = greatest(t.last_seen_at, s.last_seen_at)
WHEN NOT MATCHED THEN INSERT BY NAME;
