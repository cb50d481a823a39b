-- One row a feed in trouble: since when, why, what may have been missed, what happens next.
CREATE OR REPLACE VIEW feed_trouble AS
WITH quiet AS (
    SELECT feed_id, opened_at, problem FROM ops.incidents WHERE kind = 'quiet' AND closed_at IS NULL
),
gaps_of_late AS (
    SELECT
        feed_id, count(*) AS gap_count, max(until_at) AS until_at,
        arg_max(since_at, until_at) AS since_at, arg_max(evidence, until_at) AS evidence
    FROM gaps
    WHERE until_at > (SELECT max(started_at) FROM ops.runs) - INTERVAL 7 DAY
    GROUP BY feed_id
),
troubled AS (
    SELECT
        f.*, g.gap_count, g.since_at AS gap_since_at, g.until_at AS gap_until_at, g.evidence,
        q.opened_at AS quiet_since_at, q.problem AS quiet_problem,
        CASE
            WHEN f.state IN ('retired', 'gone', 'failing', 'resting') THEN f.state
            WHEN q.feed_id IS NOT NULL THEN 'quiet'
            WHEN g.feed_id IS NOT NULL THEN 'possible_gap'
        END AS trouble
    FROM ops.feeds AS f
    LEFT JOIN quiet AS q ON q.feed_id = f.feed_id
    LEFT JOIN gaps_of_late AS g ON g.feed_id = f.feed_id
    WHERE f.is_active
)
SELECT
    outlet_name AS outlet, trouble,
    list_position(
        ['retired', 'gone', 'failing', 'quiet', 'resting', 'possible_gap'], trouble
    ) AS severity,
    CASE trouble
        WHEN 'quiet' THEN quiet_since_at
        WHEN 'possible_gap' THEN gap_since_at
        ELSE coalesce(failing_since_at, last_polled_at)
    END AS since_at,
    CASE trouble
        WHEN 'quiet' THEN quiet_problem
        WHEN 'possible_gap' THEN evidence
        ELSE problem
    END AS why,
    concat_ws(
        '; ',
        CASE
            WHEN trouble = 'quiet' THEN 'whatever it published without showing it'
            WHEN trouble = 'possible_gap' THEN NULL
            WHEN last_success_at IS NULL THEN 'all that it showed so far'
            ELSE 'what it showed and dropped after ' || strftime(last_success_at, '%Y-%m-%d %H:%M')
        END,
        CASE
            WHEN gap_count IS NOT NULL
                THEN 'entries between ' || strftime(gap_since_at, '%Y-%m-%d %H:%M') || ' and '
                    || strftime(gap_until_at, '%Y-%m-%d %H:%M')
        END,
        CASE WHEN gap_count > 1 THEN (gap_count - 1) || ' more of the last seven days' END
    ) AS may_have_missed,
    CASE
        WHEN trouble = 'retired' THEN 'it is not asked again'
        WHEN next_poll_at IS NULL THEN 'it is asked in the next run'
        WHEN trouble = 'gone'
            THEN 'it is asked once more at ' || strftime(next_poll_at, '%Y-%m-%d %H:%M')
        ELSE 'it is asked again at ' || strftime(next_poll_at, '%Y-%m-%d %H:%M')
    END AS what_next,
    coalesce(gap_count, 0) AS gap_count, gap_since_at, gap_until_at, url, feed_id
FROM troubled
WHERE trouble IS NOT NULL
ORDER BY severity, since_at, url;
COMMENT ON VIEW feed_trouble IS 'One row a feed in trouble: since when, why, what may have been missed, what happens next. Warnings: none.';
COMMENT ON COLUMN feed_trouble.outlet IS 'Outlet that publishes the feed.';
COMMENT ON COLUMN feed_trouble.trouble IS 'retired, gone (a 410 to be confirmed), failing, quiet, resting (the site asked for a pause) or possible_gap (of the last seven days).';
COMMENT ON COLUMN feed_trouble.severity IS 'Place of the trouble in that list: 1 is the worst.';
COMMENT ON COLUMN feed_trouble.since_at IS 'Since when, UTC.';
COMMENT ON COLUMN feed_trouble.why IS 'What is wrong, in one sentence.';
COMMENT ON COLUMN feed_trouble.may_have_missed IS 'What may be missing, in words; times in UTC.';
COMMENT ON COLUMN feed_trouble.what_next IS 'What happens next, in words; times in UTC.';
COMMENT ON COLUMN feed_trouble.gap_count IS 'Possible gaps of the last seven days.';
COMMENT ON COLUMN feed_trouble.gap_since_at IS 'The answer before the latest of them, UTC.';
COMMENT ON COLUMN feed_trouble.gap_until_at IS 'The answer after it, UTC.';
COMMENT ON COLUMN feed_trouble.url IS 'Address by which the feed is listed.';
COMMENT ON COLUMN feed_trouble.feed_id IS 'Hash id of the feed.';
