-- What was first told unconfirmed and later confirmed, by whom, and in which articles.
-- An article tells it when it holds all words that both claims share.
-- text VARCHAR: words that both claims hold, all of them
-- since DATE: first day of the confirmation; without it the last day_count days
-- until DATE: last day of the confirmation
-- day_count INTEGER = 30: days at most between the two
-- least_words INTEGER = 3: words at least that both claims share
-- row_limit INTEGER = 20: rows at most
-- The words stand in a row: as a constant, DuckDB 1.5 would look for them in all claims, before it
-- asks which are confirmed.
WITH span AS (
    SELECT
        coalesce($since::DATE, max(claim_date) - $day_count::INTEGER) AS first_day, $text AS asked
    FROM core.day_counts
    WHERE kind = 'all'
),
confirming AS (
    SELECT claim_id, claimed_at, claimant, content_text, content_words(content_text) AS words
    FROM claims CROSS JOIN span
    WHERE
        cue_class = 'confirm' AND polarity = 'affirmative' AND has_words(content_text, asked)
        AND claim_date >= first_day AND ($until IS NULL OR claim_date <= $until::DATE)
),
unconfirmed AS (
    SELECT claim_id, claimed_at, claimant, content_text, content_words(content_text) AS words
    FROM claims CROSS JOIN span
    WHERE
        verification_status = 'unverifiable' AND has_words(content_text, asked)
        AND claim_date >= first_day - $day_count::INTEGER
),
-- Word by word: few claims share three, most share none.
shared AS (
    SELECT
        u.claim_id AS unconfirmed_id, c.claim_id AS confirming_id, list_sort(list(word)) AS words
    FROM (SELECT claim_id, claimed_at, claimant, unnest(words) AS word FROM confirming) AS c
    JOIN (SELECT claim_id, claimed_at, claimant, unnest(words) AS word FROM unconfirmed) AS u
        USING (word)
    WHERE
        u.claimed_at < c.claimed_at
        AND c.claimed_at - u.claimed_at <= to_days($day_count::INTEGER)
        AND u.claimant IS DISTINCT FROM c.claimant
    GROUP BY ALL
    HAVING count(*) >= $least_words
),
pairs AS (
    SELECT
        u.claim_id, u.claimed_at, u.claimant, u.content_text, c.claim_id AS confirmed_claim_id,
        c.claimed_at AS confirmed_at, c.claimant AS confirmed_by,
        c.content_text AS confirmed_text, s.words
    FROM shared AS s
    JOIN confirming AS c ON c.claim_id = s.confirming_id
    JOIN unconfirmed AS u ON u.claim_id = s.unconfirmed_id
    QUALIFY
        row_number() OVER (PARTITION BY u.claim_id ORDER BY c.claimed_at, c.claim_id) = 1
        AND row_number() OVER (PARTITION BY c.claim_id ORDER BY u.claimed_at, u.claim_id) = 1
    ORDER BY c.claimed_at::DATE DESC, c.claim_id
    LIMIT $row_limit
),
told AS (
    SELECT p.claim_id, r.revision_id, a.published_at >= p.confirmed_at AS is_after
    FROM pairs AS p
    JOIN core.articles AS a
        ON
            a.article_date BETWEEN p.claimed_at::DATE
            AND p.confirmed_at::DATE + $day_count::INTEGER
    JOIN core.article_revisions AS r ON r.article_id = a.article_id
    JOIN core.article_texts AS t ON t.revision_id = r.revision_id
    WHERE len(list_filter(p.words, lambda word: NOT contains(lower(t.article_text), word))) = 0
)
SELECT
    p.claimed_at::DATE AS first_date, p.claimant AS first_claimant, p.content_text,
    p.confirmed_at::DATE AS confirmed_date, p.confirmed_by, p.confirmed_text,
    list_sort(p.words) AS words, count(*) FILTER (NOT is_after) AS unconfirmed_count,
    count(*) FILTER (is_after) AS confirmed_count,
    list(revision_id ORDER BY revision_id) FILTER (NOT is_after) AS unconfirmed_revision_ids,
    list(revision_id ORDER BY revision_id) FILTER (is_after) AS confirmed_revision_ids,
    p.claim_id, p.confirmed_claim_id
FROM pairs AS p LEFT JOIN told AS t ON t.claim_id = p.claim_id
GROUP BY ALL
ORDER BY confirmed_date DESC, p.confirmed_claim_id
