-- Which feeds are in trouble, since when, why, what may be missing, what happens next.
SELECT outlet, trouble, since_at, why, may_have_missed, what_next, url FROM feed_trouble
