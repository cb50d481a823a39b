-- Stages the articles `$first` to `$last` - 1 of `$total`, spread evenly over `$days` days.
-- Reads pool_* (the tables of benchmarks.scale.pool) and writes made_* temporary tables.

CREATE OR REPLACE TEMP MACRO draw(key, size) AS (hash(key) % size)::BIGINT;
CREATE OR REPLACE TEMP MACRO id(key) AS (hash(key) >> 1)::BIGINT;
CREATE OR REPLACE TEMP MACRO unit(key) AS draw(key, 1000003) / 1000003.0;
-- Zipf-like: the first of `size` things comes up some ten times as often as the tenth.
CREATE OR REPLACE TEMP MACRO skewed(key, size) AS floor(size ** unit(key))::BIGINT - 1;

CREATE OR REPLACE TEMP MACRO part(key, share) AS
    CASE WHEN share = 0 OR key IS NULL THEN key ELSE id(('entity', key, share)) END;
CREATE OR REPLACE TEMP MACRO named(name, share) AS
    CASE WHEN share = 0 THEN name ELSE name || ' ' || share END;

CREATE OR REPLACE TEMP TABLE made_articles AS
WITH numbered AS (
    SELECT
        number, unit(('copies', number)) < 0.25 AS is_copy,
        number - 1 - skewed(('of', number), 400) AS parent
    FROM (SELECT unnest(range($first, $last)) AS number)
)
SELECT
    number,
    -- A copy has the words of its original; of a copy of a copy nothing is known: it is none.
    CASE
        WHEN is_copy AND parent >= 0 AND unit(('copies', parent)) >= 0.25 THEN parent
        ELSE number
    END AS story,
    skewed(('outlet', number), 200) AS outlet,
    id(('article', number)) AS article_id,
    id(('revision', number)) AS revision_id,
    id(('fetch', number)) AS fetch_id,
    id(('parse', number)) AS parse_id,
    TIMESTAMP '2024-01-01' + to_microseconds(
        ((number::DOUBLE / $total * $days * 24 + 3 * unit(('at', number))) * 3600e6)::BIGINT
    ) AS fetched_at,
    fetched_at - to_minutes(10 + draw(('lag', number), 60)) AS published_at
FROM numbered;

-- Which paragraphs a story has, where each begins in its article, and its own words in the gap.
CREATE OR REPLACE TEMP TABLE made_paragraphs AS
WITH picked AS (
    SELECT
        a.number, a.story, unnest(range($least_paragraphs + skewed(('size', a.story), 30))) AS n
    FROM made_articles AS a
),
drawn AS (
    SELECT
        k.number, k.story, k.n, draw(('paragraph', k.story, k.n), $pool_size) AS paragraph_id,
        ' ' || w.word || ' ' || v.word AS own
    FROM picked AS k
    JOIN pool_words AS w ON w.number = draw(('word', k.story, k.n), $word_count)
    JOIN pool_words AS v ON v.number = draw(('another', k.story, k.n), $word_count)
)
SELECT
    d.*, p.gap, p.revision_id AS pool_id, length(own) AS own_length,
    coalesce(
        sum(p.char_count + own_length + 2) OVER (
            PARTITION BY d.number ORDER BY d.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0
    )::INTEGER AS begins,
    substring(p.paragraph, 1, p.gap) || own || substring(p.paragraph, p.gap + 1) AS paragraph
FROM drawn AS d JOIN pool_paragraphs AS p USING (paragraph_id);

CREATE OR REPLACE TEMP TABLE chosen AS
SELECT
    a.*, k.n, k.begins, k.gap, k.own_length, k.paragraph, c.claim_id AS pool_claim_id,
    id(('claim', number, n, c.record_id)) AS claim_id, skewed(('share', story, n), 40) AS share
FROM made_articles AS a
JOIN made_paragraphs AS k USING (number, story)
JOIN pool_claims AS c ON c.revision_id = k.pool_id;

CREATE OR REPLACE TEMP TABLE made_spans AS
SELECT
    c.claim_id, s.role, s.ordinal, c.begins + moved_start AS start_offset,
    c.begins + moved_end AS end_offset,
    substring(c.paragraph, moved_start + 1, moved_end - moved_start) AS span_text, s.is_quoted
FROM chosen AS c
JOIN pool_spans AS s ON s.claim_id = c.pool_claim_id
CROSS JOIN LATERAL (
    SELECT
        s.start_offset + CASE WHEN s.start_offset >= c.gap THEN c.own_length ELSE 0 END
            AS moved_start,
        s.end_offset + CASE WHEN s.end_offset >= c.gap THEN c.own_length ELSE 0 END AS moved_end
);

CREATE OR REPLACE TEMP TABLE made_claims AS
SELECT
    c.claim_id, 'r' || c.claim_id AS record_id, c.parse_id, c.revision_id, c.article_id,
    row_number() OVER (PARTITION BY number ORDER BY n, p.ordinal)::BIGINT - 1 AS ordinal,
    p.kind, p.cue_lemma, p.cue_class, part(p.claimant_id, share) AS claimant_id,
    named(p.claimant_name, share) AS claimant_name, p.claimant_words, p.claimant_type,
    CASE WHEN share = 0 THEN p.claimant_wikidata_id END AS claimant_wikidata_id,
    p.claimant_method, NULL::BIGINT AS speaks_for_id, p.side_code,
    coalesce(t.content_text, '') AS content_text,
    id(('statement', story, n, p.record_id)) AS statement_id, p.modality, p.polarity,
    p.verification_status, p.verified_by, p.confidence, p.extractor,
    NULL::TIMESTAMP AS posted_at
FROM chosen AS c
JOIN pool_claims AS p ON p.claim_id = c.pool_claim_id
LEFT JOIN (
    SELECT claim_id, string_agg(span_text, ' ' ORDER BY ordinal) AS content_text
    FROM made_spans
    WHERE role = 'content'
    GROUP BY claim_id
) AS t ON t.claim_id = c.claim_id;

-- Figures drift with the days, so that there is something to follow; parties are of every size.
CREATE OR REPLACE TEMP TABLE made_quantities AS
SELECT
    c.claim_id, q.ordinal, round(q.value * (1 + 3.0 * number / $total)) AS value,
    q.low_value, q.high_value, q.bound, q.unit, q.counted,
    ['killed', 'wounded', 'destroyed', 'money', 'count', 'share', 'displaced', 'missing'][
        1 + skewed(('measure', story, n), 9)
    ] AS measure,
    CASE WHEN unit(('party', story, n)) < 0.7
        THEN chr((65 + skewed(('p', story, n), 26))::INTEGER) || chr((65 + skewed(('q', story, n), 26))::INTEGER)
    END AS party,
    q.change, 'whole' AS aspect, coalesce(q.scope, CASE WHEN unit(('scope', story, n)) < 0.5 THEN 'cumulative' END)
        AS scope
FROM chosen AS c JOIN pool_quantities AS q ON q.claim_id = c.pool_claim_id;

CREATE OR REPLACE TEMP TABLE made_times AS
SELECT c.claim_id, t.* EXCLUDE (claim_id)
FROM chosen AS c JOIN pool_times AS t ON t.claim_id = c.pool_claim_id;

CREATE OR REPLACE TEMP TABLE made_places AS
SELECT c.claim_id, t.* EXCLUDE (claim_id)
FROM chosen AS c JOIN pool_places AS t ON t.claim_id = c.pool_claim_id;

CREATE OR REPLACE TEMP TABLE made_relays AS
SELECT c.claim_id, t.* EXCLUDE (claim_id)
FROM chosen AS c JOIN pool_relays AS t ON t.claim_id = c.pool_claim_id;

CREATE OR REPLACE TEMP TABLE made_links AS
SELECT
    c.claim_id, l.ordinal, l.relation, o.claim_id AS linked_claim_id,
    'r' || o.claim_id AS linked_record_id
FROM chosen AS c
JOIN pool_links AS l ON l.claim_id = c.pool_claim_id
JOIN chosen AS o
    ON o.number = c.number AND o.n = c.n AND o.pool_claim_id = l.linked_claim_id;

CREATE OR REPLACE TEMP TABLE made_entities AS
SELECT
    part(e.entity_id, share) AS entity_id, named(e.name, share) AS name, e.entity_type,
    CASE WHEN share = 0 THEN e.wikidata_id END AS wikidata_id, NULL::VARCHAR AS side_code,
    min(fetched_at) AS first_seen_at
FROM chosen AS c
JOIN pool_claims AS p ON p.claim_id = c.pool_claim_id
JOIN pool_entities AS e ON e.entity_id = p.claimant_id
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE made_aliases AS
SELECT
    part(e.entity_id, share) AS entity_id, e.alias, e.method, min(fetched_at) AS first_seen_at
FROM chosen AS c
JOIN pool_claims AS p ON p.claim_id = c.pool_claim_id
JOIN pool_aliases AS e ON e.entity_id = p.claimant_id
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE made_texts AS
SELECT id(('revision', number)) AS revision_id, string_agg(paragraph, e'\n\n' ORDER BY n)
    AS article_text
FROM made_paragraphs
GROUP BY number;

CREATE OR REPLACE TEMP TABLE made_outlets AS
SELECT
    id(('outlet', outlet)) AS outlet_id, 'Outlet ' || outlet AS name,
    'outlet' || outlet || '.test' AS site, min(fetched_at) AS first_seen_at
FROM made_articles
GROUP BY outlet;

CREATE OR REPLACE TEMP TABLE made_revisions AS
SELECT
    revision_id, article_id, id(('outlet', outlet)) AS outlet_id, id(('feed', outlet)) AS feed_id,
    id(('version', a.number)) AS feed_item_id, fetch_id, $run_id AS run_id, address AS url,
    address AS canonical_url, 'article' AS page_class,
    concat_ws(' ', w.word, v.word, x.word, y.word, 'as', z.word, 'grows') AS title,
    ['Ann Writer ' || draw(('author', a.number), 5000)] AS authors, published_at,
    'minute' AS published_precision, true AS published_has_zone,
    'json_ld' AS published_source, published_at::VARCHAR AS published_raw,
    NULL::TIMESTAMP AS modified_at, NULL::VARCHAR AS modified_precision,
    NULL::BOOLEAN AS modified_has_zone, NULL::VARCHAR AS modified_source,
    NULL::VARCHAR AS modified_raw, 'en' AS language, 'outlet' || outlet || '.test' AS site,
    'Outlet ' || outlet AS site_name, '{"text": "trafilatura", "title": "json_ld"}' AS field_sources,
    sha256(t.article_text) AS text_sha256, length(t.article_text) AS text_char_count,
    published_at::DATE AS published_on, 0.0 AS mojibake_ratio, NULL::DOUBLE AS free_share,
    []::STRUCT(kind VARCHAR, words VARCHAR)[] AS asides,
    []::STRUCT(
        start_offset BIGINT, end_offset BIGINT, title VARCHAR, posted_at TIMESTAMP,
        posted_precision VARCHAR, posted_has_zone BOOLEAN, posted_source VARCHAR,
        posted_raw VARCHAR
    )[] AS posts,
    'made 1' AS extractor, fetched_at AS first_seen_at, fetched_at AS last_seen_at,
    published_at AS said_at, published_at AS revised_at
FROM made_articles AS a
JOIN made_texts AS t USING (revision_id)
JOIN pool_words AS w ON w.number = draw(('t1', story), $word_count)
JOIN pool_words AS v ON v.number = draw(('t2', story), $word_count)
JOIN pool_words AS x ON x.number = draw(('t3', story), $word_count)
JOIN pool_words AS y ON y.number = draw(('t4', story), $word_count)
JOIN pool_words AS z ON z.number = draw(('t5', story), $word_count)
CROSS JOIN LATERAL (
    SELECT 'https://outlet' || outlet || '.test/news/' || v.word || '-' || a.number AS address
);

CREATE OR REPLACE TEMP TABLE made_copy_keys AS
SELECT article_id, unnest(list_transform(range(24), lambda band: id(('band', story, band))))
    AS copy_key
FROM made_articles;

CREATE OR REPLACE TEMP TABLE made_parses AS
SELECT
    parse_id, revision_id, article_id, $run_id AS run_id, 'made 1' AS parser,
    count(c.claim_id) AS claim_count
FROM made_articles LEFT JOIN made_claims AS c USING (parse_id, revision_id, article_id)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE made_fetches AS
SELECT
    fetch_id, $run_id AS run_id, id(('feed', outlet)) AS feed_id, 'page' AS kind, url,
    url AS final_url, fetched_at, draw(('elapsed', number), 900) AS elapsed_ms,
    200::BIGINT AS status_code, NULL::VARCHAR AS problem, 'text/html' AS content_type,
    40000 + draw(('bytes', number), 90000) AS body_bytes, sha256(url) AS body_sha256,
    'pages-' || (number // 10000) || '.warc.gz' AS archive_file,
    draw(('offset', number), 999999999) AS archive_offset
FROM made_articles JOIN (SELECT fetch_id, url FROM made_revisions) USING (fetch_id)
UNION ALL BY NAME
SELECT
    id(('poll', outlet, day)) AS fetch_id, $run_id AS run_id, id(('feed', outlet)) AS feed_id,
    'feed' AS kind, 'https://outlet' || outlet || '.test/feed.xml' AS url, url AS final_url,
    day + INTERVAL 1 HOUR AS fetched_at, 100 AS elapsed_ms, 200 AS status_code,
    'application/rss+xml' AS content_type, 20000 AS body_bytes
FROM (SELECT unnest(range(0, 200)) AS outlet)
CROSS JOIN (SELECT DISTINCT date_trunc('day', fetched_at) AS day FROM made_articles);

CREATE OR REPLACE TEMP TABLE made_feed_items AS
SELECT
    r.feed_item_id, r.feed_id, id(('item', number)) AS item_key, url AS identity,
    'url' AS identity_reason, url, canonical_url, title, title AS summary,
    r.published_at, sha256(title) AS content_sha256,
    id(('poll', outlet, date_trunc('day', fetched_at))) AS fetch_id, fetched_at AS seen_at,
    id(('url', number)) AS url_id
FROM made_articles AS a JOIN made_revisions AS r USING (revision_id);

CREATE OR REPLACE TEMP TABLE made_url_fates AS
SELECT
    url_id, canonical_url, url AS original_url, feed_id, feed_item_id, 'loaded' AS fate,
    NULL::VARCHAR AS reason, seen_at AS discovered_at, seen_at AS decided_at, r.article_id,
    r.fetch_id, 1::BIGINT AS attempts, 'url' AS identity_reason
FROM made_feed_items
JOIN (SELECT feed_item_id, article_id, fetch_id FROM made_revisions) AS r USING (feed_item_id);

CREATE OR REPLACE TEMP TABLE made_feeds AS
SELECT
    id(('feed', outlet)) AS feed_id, 'https://outlet' || outlet || '.test/feed.xml' AS url,
    'Outlet ' || outlet AS outlet_name, 'Outlet ' || outlet AS title, NULL::VARCHAR AS home_url,
    'rss20' AS format, 'en' AS language, true AS is_active, TIMESTAMP '2024-01-01' AS added_at,
    NULL::VARCHAR AS etag, NULL::VARCHAR AS last_modified, NULL::VARCHAR AS body_sha256,
    last_at AS last_polled_at, last_at AS last_success_at, last_at AS last_changed_at,
    last_at AS last_new_item_at, last_at + INTERVAL 1 HOUR AS next_poll_at,
    3600::BIGINT AS interval_s, 0.0 AS failure_weight, 'ok' AS state, NULL::VARCHAR AS problem,
    NULL::TIMESTAMP AS possible_gap_at, url AS poll_url, []::VARCHAR[] AS previous_urls,
    NULL::VARCHAR AS sighted_url, 0::BIGINT AS sighted_count, NULL::TIMESTAMP AS sighted_since_at,
    false AS distrusts_validators, NULL::TIMESTAMP AS failing_since_at,
    0::BIGINT AS news_gap_count, NULL::BIGINT AS usual_gap_s, NULL::BIGINT AS longest_gap_s,
    []::BIGINT[] AS window_keys
FROM (SELECT unnest(range(0, 200)) AS outlet)
CROSS JOIN (SELECT max(fetched_at) AS last_at FROM made_articles);
