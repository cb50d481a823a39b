-- What months of polling need: evidence of completeness, moves, sites, rechecks, incidents.

ALTER TABLE ops.feeds ADD COLUMN poll_url VARCHAR;
ALTER TABLE ops.feeds ADD COLUMN previous_urls VARCHAR[] DEFAULT [];
ALTER TABLE ops.feeds ADD COLUMN sighted_url VARCHAR;
ALTER TABLE ops.feeds ADD COLUMN sighted_count INTEGER DEFAULT 0;
ALTER TABLE ops.feeds ADD COLUMN sighted_since_at TIMESTAMP;
ALTER TABLE ops.feeds ADD COLUMN distrusts_validators BOOLEAN DEFAULT false;
ALTER TABLE ops.feeds ADD COLUMN failing_since_at TIMESTAMP;
ALTER TABLE ops.feeds ADD COLUMN news_gap_count INTEGER DEFAULT 0;
ALTER TABLE ops.feeds ADD COLUMN usual_gap_s INTEGER;
ALTER TABLE ops.feeds ADD COLUMN longest_gap_s INTEGER;
ALTER TABLE ops.feeds ADD COLUMN window_keys BIGINT[] DEFAULT [];
UPDATE ops.feeds SET poll_url = url;
COMMENT ON COLUMN ops.feeds.url IS 'Address by which the feed is listed; its identity.';
COMMENT ON COLUMN ops.feeds.poll_url IS 'Address that is polled: the listed one, or where the feed moved to for good.';
COMMENT ON COLUMN ops.feeds.previous_urls IS 'Addresses that were polled before it, oldest first.';
COMMENT ON COLUMN ops.feeds.sighted_url IS 'Address that the feed was found at of late, by a permanent redirect or over https; adopted when that lasts.';
COMMENT ON COLUMN ops.feeds.sighted_count IS 'Polls in a row that found the same feed there.';
COMMENT ON COLUMN ops.feeds.sighted_since_at IS 'First of these polls, UTC.';
COMMENT ON COLUMN ops.feeds.distrusts_validators IS 'True when the feed changed while its validators did not: it is asked unconditionally since.';
COMMENT ON COLUMN ops.feeds.failing_since_at IS 'First of the polls that failed without a success since, UTC; null when all is well.';
COMMENT ON COLUMN ops.feeds.news_gap_count IS 'How many gaps between answers with new entries were measured.';
COMMENT ON COLUMN ops.feeds.usual_gap_s IS 'Moving average of these gaps, seconds.';
COMMENT ON COLUMN ops.feeds.longest_gap_s IS 'Longest of these gaps, fading by 2 % a gap, seconds.';
COMMENT ON COLUMN ops.feeds.window_keys IS 'Keys of the entries that the last readable answer showed, in its order.';

CREATE TABLE ops.polls (
    poll_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    feed_id BIGINT NOT NULL,
    polled_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    problem VARCHAR,
    status_code INTEGER,
    since_at TIMESTAMP,
    item_count INTEGER NOT NULL,
    new_count INTEGER NOT NULL,
    shared_count INTEGER NOT NULL,
    continuity VARCHAR
);
COMMENT ON TABLE ops.polls IS 'One row a poll of a feed: what it found, and whether anything can have been missed since the poll before.';
COMMENT ON COLUMN ops.polls.poll_id IS 'Hash id of the poll; also of its exchange in ops.fetches.';
COMMENT ON COLUMN ops.polls.run_id IS 'Run that made it.';
COMMENT ON COLUMN ops.polls.feed_id IS 'Feed.';
COMMENT ON COLUMN ops.polls.polled_at IS 'When, UTC.';
COMMENT ON COLUMN ops.polls.outcome IS 'changed, unchanged, failed, resting (the site asked for a pause) or offline (this machine''s network was down).';
COMMENT ON COLUMN ops.polls.problem IS 'Why it failed, in one sentence.';
COMMENT ON COLUMN ops.polls.status_code IS 'HTTP status; null when no answer came.';
COMMENT ON COLUMN ops.polls.since_at IS 'The readable answer before this one, UTC: a gap lies between the two.';
COMMENT ON COLUMN ops.polls.item_count IS 'Entries in the answer.';
COMMENT ON COLUMN ops.polls.new_count IS 'Of these, entries never seen before.';
COMMENT ON COLUMN ops.polls.shared_count IS 'Of these, entries that the readable answer before showed, too.';
COMMENT ON COLUMN ops.polls.continuity IS 'proven: the answer reaches back to what was known. possible_gap: it does not, entries may have been missed. unproven: the feed is not ordered by age, so sharing proves nothing. first: nothing to compare. Null without a readable answer.';

ALTER TABLE ops.poll_days ADD COLUMN compared_count INTEGER DEFAULT 0;
ALTER TABLE ops.poll_days ADD COLUMN proven_count INTEGER DEFAULT 0;
COMMENT ON COLUMN ops.poll_days.compared_count IS 'Answers that could be held against the one before.';
COMMENT ON COLUMN ops.poll_days.proven_count IS 'Of these, answers that reach back to it: nothing was missed between the two.';

CREATE TABLE ops.sites (
    site VARCHAR NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    average_ms INTEGER NOT NULL,
    rests_until_at TIMESTAMP,
    problem VARCHAR
);
COMMENT ON TABLE ops.sites IS 'One row a site (registered domain) that was asked: its pace, and whether it asked for a rest.';
COMMENT ON COLUMN ops.sites.site IS 'Registered domain.';
COMMENT ON COLUMN ops.sites.asked_at IS 'Last request, UTC.';
COMMENT ON COLUMN ops.sites.average_ms IS 'Moving average of its response times, milliseconds.';
COMMENT ON COLUMN ops.sites.rests_until_at IS 'Nothing is asked of the site before then, UTC; null when it may be asked.';
COMMENT ON COLUMN ops.sites.problem IS 'What it rests for, in one sentence.';

CREATE TABLE ops.incidents (
    incident_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    feed_id BIGINT,
    subject VARCHAR NOT NULL,
    problem VARCHAR NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE ops.incidents IS 'One row an incident: something a person should know of, from when to when.';
COMMENT ON COLUMN ops.incidents.incident_id IS 'Hash id of kind, subject and beginning.';
COMMENT ON COLUMN ops.incidents.kind IS 'failing, retired, quiet, possible_gap, moved, distrusted_validators, offline or clock_set_back.';
COMMENT ON COLUMN ops.incidents.feed_id IS 'Feed that it concerns; null for what concerns them all.';
COMMENT ON COLUMN ops.incidents.subject IS 'Address of the feed that it concerns, or the name of what else it does.';
COMMENT ON COLUMN ops.incidents.problem IS 'What is wrong, in one sentence.';
COMMENT ON COLUMN ops.incidents.opened_at IS 'Since when, UTC.';
COMMENT ON COLUMN ops.incidents.last_seen_at IS 'When it was last found to go on, UTC.';
COMMENT ON COLUMN ops.incidents.closed_at IS 'When it was over, UTC; null while it goes on.';
COMMENT ON COLUMN ops.incidents.run_id IS 'Run that wrote this row last.';

COMMENT ON TABLE ops.feed_items IS 'One row a version of an entry of a feed; a new version when its title, summary or link (its query aside) changed.';
ALTER TABLE ops.feed_items ADD COLUMN url_id BIGINT;
COMMENT ON COLUMN ops.feed_items.url_id IS 'Hash id of the URL it leads to, as in ops.url_fates.';
UPDATE ops.feed_items SET url_id = f.url_id
FROM ops.url_fates AS f WHERE f.canonical_url = ops.feed_items.canonical_url;

COMMENT ON COLUMN core.article_revisions.canonical_url IS 'Address that names the article, in canonical form.';
ALTER TABLE ops.url_fates ADD COLUMN identity_reason VARCHAR;
COMMENT ON COLUMN ops.url_fates.identity_reason IS 'Why it was taken for its article: url (its own address), redirect, edition (AMP or mobile), canonical+text or canonical+title (the address that the page names, and its words), text (the same words at another address of the publisher); null where it gave no article.';

CREATE TABLE ops.article_checks (
    article_id BIGINT NOT NULL,
    url_id BIGINT NOT NULL,
    feed_item_id BIGINT NOT NULL,
    fetch_id BIGINT,
    run_id VARCHAR NOT NULL,
    load_number INTEGER NOT NULL,
    checked_at TIMESTAMP NOT NULL,
    occasion VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    revision_id BIGINT,
    moved_to_url VARCHAR,
    status_code INTEGER,
    problem VARCHAR
);
COMMENT ON TABLE ops.article_checks IS 'One row a visit to the page of an article that was loaded already, and what it showed.';
COMMENT ON COLUMN ops.article_checks.article_id IS 'Article.';
COMMENT ON COLUMN ops.article_checks.url_id IS 'Its URL, as in ops.url_fates.';
COMMENT ON COLUMN ops.article_checks.feed_item_id IS 'Version of the feed entry that led to it.';
COMMENT ON COLUMN ops.article_checks.fetch_id IS 'Exchange; null when the visit was put off.';
COMMENT ON COLUMN ops.article_checks.run_id IS 'Run that made it.';
COMMENT ON COLUMN ops.article_checks.load_number IS 'Number of the load that added it, counting from 1.';
COMMENT ON COLUMN ops.article_checks.checked_at IS 'When, UTC.';
COMMENT ON COLUMN ops.article_checks.occasion IS 'Why it was visited again: day, week (24 and 168 hours after it was first fetched; other ages as 6h) or feed (its entry changed).';
COMMENT ON COLUMN ops.article_checks.result IS 'unchanged, revised, flapping (too many versions: no more are kept), gone (404 or 410), redirected (it leads to something else), unreadable, failed (tried again a few times), or waiting (the visit was put off to a later run).';
COMMENT ON COLUMN ops.article_checks.revision_id IS 'Revision that the page showed; null when it showed none that is kept.';
COMMENT ON COLUMN ops.article_checks.moved_to_url IS 'Where it led instead, in canonical form; null unless redirected.';
COMMENT ON COLUMN ops.article_checks.status_code IS 'HTTP status; null when no answer came.';
COMMENT ON COLUMN ops.article_checks.problem IS 'What stood in the way, in one sentence.';

ALTER TABLE core.article_revisions ADD COLUMN seen_load_number INTEGER;
ALTER TABLE core.article_revisions ADD COLUMN previous_revision_id BIGINT;
ALTER TABLE core.article_revisions ADD COLUMN change VARCHAR;
COMMENT ON COLUMN core.article_revisions.last_seen_at IS 'When it was last fetched, UTC.';
COMMENT ON COLUMN core.article_revisions.seen_load_number IS 'Number of the last load that saw it on its page; the revision seen by the latest load is the current one, whatever the clock said. 0 when it was only read from the archive, of a superseded revision.';
COMMENT ON COLUMN core.article_revisions.previous_revision_id IS 'Revision that was current before it; null for the first.';
COMMENT ON COLUMN core.article_revisions.change IS 'What differs from the revision before: first, text, title, or text_and_title.';
UPDATE core.article_revisions AS t
SET
    seen_load_number = CASE WHEN is_current THEN s.newest_load ELSE load_number END,
    previous_revision_id = s.before.revision_id,
    change = CASE
        WHEN s.before IS NULL THEN 'first'
        WHEN s.before.text_sha256 = t.text_sha256 THEN 'title'
        WHEN s.before.title IS NOT DISTINCT FROM t.title THEN 'text'
        ELSE 'text_and_title'
    END
FROM (
    SELECT
        revision_id, max(load_number) OVER (PARTITION BY article_id) AS newest_load,
        lag({'revision_id': revision_id, 'title': title, 'text_sha256': text_sha256}) OVER (
            PARTITION BY article_id ORDER BY load_number, first_seen_at, revision_id
        ) AS before
    FROM core.article_revisions
) AS s
WHERE s.revision_id = t.revision_id;

ALTER TABLE core.articles ADD COLUMN gone_at TIMESTAMP;
ALTER TABLE core.articles ADD COLUMN moved_to_url VARCHAR;
COMMENT ON COLUMN core.articles.gone_at IS 'When its page was first found missing (404 or 410), UTC; null while it is there.';
COMMENT ON COLUMN core.articles.moved_to_url IS 'Where its page was last found to lead elsewhere; null while it does not.';

ALTER TABLE core.article_revisions ADD COLUMN outlet_id BIGINT;
COMMENT ON COLUMN core.article_revisions.outlet_id IS 'Outlet whose feed led to it.';
UPDATE core.article_revisions SET outlet_id = a.outlet_id
FROM core.articles AS a WHERE a.article_id = core.article_revisions.article_id;
