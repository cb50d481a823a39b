-- What the flows did: feeds and their polling state, fetches, runs, items, fates, quarantine.

CREATE SCHEMA ops;

CREATE TABLE ops.migrations (
    number INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE ops.migrations IS 'One row an applied migration; number 0 stands for the views.';
COMMENT ON COLUMN ops.migrations.number IS 'Number of the migration.';
COMMENT ON COLUMN ops.migrations.name IS 'Its file name, without the ending.';
COMMENT ON COLUMN ops.migrations.sha256 IS 'SHA-256 of its text, hex.';

CREATE TABLE ops.runs (
    run_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    status VARCHAR NOT NULL,
    versions VARCHAR NOT NULL,
    feeds_polled INTEGER NOT NULL,
    feeds_failed INTEGER NOT NULL,
    items_new INTEGER NOT NULL,
    pages_fetched INTEGER NOT NULL,
    revisions_loaded INTEGER NOT NULL,
    claims_loaded INTEGER NOT NULL,
    quarantined INTEGER NOT NULL
);
COMMENT ON TABLE ops.runs IS 'One row a committed run; a run whose id is here is never loaded again.';
COMMENT ON COLUMN ops.runs.run_id IS 'Logical id of the run: the slot of its schedule, not the moment it ran.';
COMMENT ON COLUMN ops.runs.started_at IS 'When the run began, UTC.';
COMMENT ON COLUMN ops.runs.finished_at IS 'When its last stage before loading ended, UTC.';
COMMENT ON COLUMN ops.runs.status IS 'fine, partly (some feeds failed) or failed.';
COMMENT ON COLUMN ops.runs.versions IS 'Versions of the program, its rules and its models, as JSON.';
COMMENT ON COLUMN ops.runs.feeds_polled IS 'Feeds asked in this run.';
COMMENT ON COLUMN ops.runs.feeds_failed IS 'Of these, feeds that gave no readable answer.';
COMMENT ON COLUMN ops.runs.items_new IS 'Feed entries seen for the first time.';
COMMENT ON COLUMN ops.runs.pages_fetched IS 'Article pages requested.';
COMMENT ON COLUMN ops.runs.revisions_loaded IS 'Article revisions that this run added to the warehouse.';
COMMENT ON COLUMN ops.runs.claims_loaded IS 'Claims that this run added to the warehouse.';
COMMENT ON COLUMN ops.runs.quarantined IS 'Failures that this run put into quarantine.';

CREATE TABLE ops.feeds (
    feed_id BIGINT PRIMARY KEY,
    url VARCHAR NOT NULL,
    outlet_name VARCHAR NOT NULL,
    title VARCHAR,
    home_url VARCHAR,
    format VARCHAR,
    language VARCHAR,
    is_active BOOLEAN NOT NULL,
    added_at TIMESTAMP NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    body_sha256 VARCHAR,
    last_polled_at TIMESTAMP,
    last_success_at TIMESTAMP,
    last_changed_at TIMESTAMP,
    last_new_item_at TIMESTAMP,
    next_poll_at TIMESTAMP,
    interval_s INTEGER NOT NULL,
    failure_weight DOUBLE NOT NULL,
    state VARCHAR NOT NULL,
    problem VARCHAR,
    possible_gap_at TIMESTAMP
);
COMMENT ON TABLE ops.feeds IS 'One row a feed, with the state of polling it; replaced by each run that polled it.';
COMMENT ON COLUMN ops.feeds.feed_id IS 'Hash id of the feed.';
COMMENT ON COLUMN ops.feeds.url IS 'Address that is polled.';
COMMENT ON COLUMN ops.feeds.outlet_name IS 'Outlet that publishes the feed, as the feed list names it.';
COMMENT ON COLUMN ops.feeds.title IS 'Title the feed gives itself.';
COMMENT ON COLUMN ops.feeds.home_url IS 'Web page the feed names as its own.';
COMMENT ON COLUMN ops.feeds.format IS 'Format and version of the last document, such as rss20 or atom10.';
COMMENT ON COLUMN ops.feeds.language IS 'Language the feed declares.';
COMMENT ON COLUMN ops.feeds.is_active IS 'False when the feed is gone or was removed from the list.';
COMMENT ON COLUMN ops.feeds.added_at IS 'When the feed was added, UTC.';
COMMENT ON COLUMN ops.feeds.etag IS 'Validator of the last good response, for the next conditional request.';
COMMENT ON COLUMN ops.feeds.last_modified IS 'Validator of the last good response, for the next conditional request.';
COMMENT ON COLUMN ops.feeds.body_sha256 IS 'SHA-256 of the last good body, hex.';
COMMENT ON COLUMN ops.feeds.last_polled_at IS 'Last request, UTC.';
COMMENT ON COLUMN ops.feeds.last_success_at IS 'Last readable answer, UTC.';
COMMENT ON COLUMN ops.feeds.last_changed_at IS 'Last answer that differed from the one before, UTC.';
COMMENT ON COLUMN ops.feeds.last_new_item_at IS 'Last answer with an entry not seen before, UTC.';
COMMENT ON COLUMN ops.feeds.next_poll_at IS 'When the feed is due again, UTC.';
COMMENT ON COLUMN ops.feeds.interval_s IS 'Current polling interval, seconds.';
COMMENT ON COLUMN ops.feeds.failure_weight IS 'Weighted count of recent failures; 0 when all is well.';
COMMENT ON COLUMN ops.feeds.state IS 'State in one word, such as ok, failing or gone.';
COMMENT ON COLUMN ops.feeds.problem IS 'What went wrong at the last poll, in one sentence.';
COMMENT ON COLUMN ops.feeds.possible_gap_at IS 'When entries may have been missed because the feed turned over between two polls, UTC.';

CREATE TABLE ops.fetches (
    fetch_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    feed_id BIGINT,
    kind VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    status_code INTEGER,
    problem VARCHAR,
    content_type VARCHAR,
    body_bytes BIGINT NOT NULL,
    body_sha256 VARCHAR,
    archive_file VARCHAR,
    archive_offset BIGINT
);
COMMENT ON TABLE ops.fetches IS 'One row an HTTP exchange, whatever came of it, and where its bytes lie in the archive.';
COMMENT ON COLUMN ops.fetches.fetch_id IS 'Hash id of the exchange.';
COMMENT ON COLUMN ops.fetches.run_id IS 'Run that made it.';
COMMENT ON COLUMN ops.fetches.feed_id IS 'Feed it was made for.';
COMMENT ON COLUMN ops.fetches.kind IS 'feed, page or robots.';
COMMENT ON COLUMN ops.fetches.url IS 'Address asked for.';
COMMENT ON COLUMN ops.fetches.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN ops.fetches.fetched_at IS 'When the request was sent, UTC.';
COMMENT ON COLUMN ops.fetches.elapsed_ms IS 'Time to the end of the body, milliseconds.';
COMMENT ON COLUMN ops.fetches.status_code IS 'HTTP status; null when no answer came.';
COMMENT ON COLUMN ops.fetches.problem IS 'Why there is no usable answer; null when there is.';
COMMENT ON COLUMN ops.fetches.content_type IS 'Content-Type header.';
COMMENT ON COLUMN ops.fetches.body_bytes IS 'Size of the decompressed body, bytes.';
COMMENT ON COLUMN ops.fetches.body_sha256 IS 'SHA-256 of the decompressed body, hex.';
COMMENT ON COLUMN ops.fetches.archive_file IS 'WARC file that holds the exchange.';
COMMENT ON COLUMN ops.fetches.archive_offset IS 'Byte offset there of its request record, which its response follows.';

CREATE TABLE ops.feed_items (
    feed_item_id BIGINT NOT NULL,
    feed_id BIGINT NOT NULL,
    item_key BIGINT NOT NULL,
    identity VARCHAR NOT NULL,
    identity_reason VARCHAR NOT NULL,
    url VARCHAR,
    canonical_url VARCHAR,
    title VARCHAR,
    summary VARCHAR,
    published_at TIMESTAMP,
    content_sha256 VARCHAR NOT NULL,
    fetch_id BIGINT NOT NULL,
    seen_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE ops.feed_items IS 'One row a version of an entry of a feed; a new version when its title or summary changed.';
COMMENT ON COLUMN ops.feed_items.feed_item_id IS 'Hash id of this version.';
COMMENT ON COLUMN ops.feed_items.feed_id IS 'Feed that showed it.';
COMMENT ON COLUMN ops.feed_items.item_key IS 'Hash id of the entry, the same for all its versions.';
COMMENT ON COLUMN ops.feed_items.identity IS 'What tells the entry from the feed''s others.';
COMMENT ON COLUMN ops.feed_items.identity_reason IS 'Which field gave the identity: guid, url or content.';
COMMENT ON COLUMN ops.feed_items.url IS 'Link of the entry, as published.';
COMMENT ON COLUMN ops.feed_items.canonical_url IS 'The link without trackers, in canonical form.';
COMMENT ON COLUMN ops.feed_items.title IS 'Title of the entry.';
COMMENT ON COLUMN ops.feed_items.summary IS 'Summary of the entry.';
COMMENT ON COLUMN ops.feed_items.published_at IS 'Date the entry gives itself, UTC.';
COMMENT ON COLUMN ops.feed_items.content_sha256 IS 'SHA-256 of what makes a version, hex.';
COMMENT ON COLUMN ops.feed_items.fetch_id IS 'Exchange that showed this version first.';
COMMENT ON COLUMN ops.feed_items.seen_at IS 'When that was, UTC.';

CREATE TABLE ops.url_fates (
    url_id BIGINT NOT NULL,
    canonical_url VARCHAR NOT NULL,
    original_url VARCHAR NOT NULL,
    feed_id BIGINT NOT NULL,
    feed_item_id BIGINT NOT NULL,
    fate VARCHAR NOT NULL,
    reason VARCHAR,
    discovered_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    article_id BIGINT,
    fetch_id BIGINT,
    attempts INTEGER NOT NULL
);
COMMENT ON TABLE ops.url_fates IS 'One row a discovered URL, with the one thing that became of it.';
COMMENT ON COLUMN ops.url_fates.url_id IS 'Hash id of the URL.';
COMMENT ON COLUMN ops.url_fates.canonical_url IS 'The URL without trackers, in canonical form.';
COMMENT ON COLUMN ops.url_fates.original_url IS 'The URL as the feed gave it.';
COMMENT ON COLUMN ops.url_fates.feed_id IS 'Feed that gave it.';
COMMENT ON COLUMN ops.url_fates.feed_item_id IS 'Version of the entry that gave it.';
COMMENT ON COLUMN ops.url_fates.fate IS 'loaded, duplicate, revision, too_short, not_html, home_page, blocked, paywalled, consent_page, robots, too_big, http_error, quarantined, or pending while it waits.';
COMMENT ON COLUMN ops.url_fates.reason IS 'Why, in a few words.';
COMMENT ON COLUMN ops.url_fates.discovered_at IS 'When the URL was first seen, UTC.';
COMMENT ON COLUMN ops.url_fates.decided_at IS 'When this fate was decided, UTC.';
COMMENT ON COLUMN ops.url_fates.article_id IS 'Article it led to.';
COMMENT ON COLUMN ops.url_fates.fetch_id IS 'Exchange that decided it.';
COMMENT ON COLUMN ops.url_fates.attempts IS 'Requests made for it so far.';

CREATE TABLE ops.quarantine (
    quarantine_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    problem VARCHAR NOT NULL,
    detail VARCHAR,
    fetch_id BIGINT,
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE ops.quarantine IS 'One row a failure that was kept: what, at which stage, why. Its bytes are in the archive.';
COMMENT ON COLUMN ops.quarantine.quarantine_id IS 'Hash id of the failure.';
COMMENT ON COLUMN ops.quarantine.run_id IS 'Run that met it last.';
COMMENT ON COLUMN ops.quarantine.stage IS 'poll, fetch, extract, parse or load.';
COMMENT ON COLUMN ops.quarantine.subject IS 'URL or file that failed.';
COMMENT ON COLUMN ops.quarantine.problem IS 'What went wrong, in one sentence.';
COMMENT ON COLUMN ops.quarantine.detail IS 'More for whoever repairs it, such as a traceback.';
COMMENT ON COLUMN ops.quarantine.fetch_id IS 'Exchange that brought the bytes.';
COMMENT ON COLUMN ops.quarantine.first_seen_at IS 'When it first happened, UTC.';
COMMENT ON COLUMN ops.quarantine.last_seen_at IS 'When it last happened, UTC.';

CREATE TABLE ops.poll_days (
    poll_date DATE NOT NULL,
    feed_id BIGINT NOT NULL,
    answered_count INTEGER NOT NULL,
    failed_count INTEGER NOT NULL
);
COMMENT ON TABLE ops.poll_days IS 'One row a day and feed: how often it was asked, and how often it answered.';
COMMENT ON COLUMN ops.poll_days.poll_date IS 'Day, UTC.';
COMMENT ON COLUMN ops.poll_days.feed_id IS 'Feed.';
COMMENT ON COLUMN ops.poll_days.answered_count IS 'Requests with a readable answer, unchanged ones included.';
COMMENT ON COLUMN ops.poll_days.failed_count IS 'Requests without one.';
