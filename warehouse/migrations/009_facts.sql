-- What a trend asks of a claim, in few and narrow columns, and the months of claimants.

CREATE TABLE core.claim_facts (
    claim_number INTEGER NOT NULL,
    claim_date DATE NOT NULL,
    claimant_id BIGINT,
    outlet_id BIGINT NOT NULL,
    copy_group_id BIGINT NOT NULL,
    side_code VARCHAR,
    is_counted BOOLEAN NOT NULL,
    is_repeat BOOLEAN NOT NULL,
    is_copy BOOLEAN NOT NULL,
    is_retold BOOLEAN NOT NULL
);
COMMENT ON TABLE core.claim_facts IS 'One row a claim: what is counted of it, in the order of its numbers.';
COMMENT ON COLUMN core.claim_facts.claim_number IS 'Number of the claim.';
COMMENT ON COLUMN core.claim_facts.claim_date IS 'Day of the claim.';
COMMENT ON COLUMN core.claim_facts.claimant_id IS 'Who claims it; null when it could not be named.';
COMMENT ON COLUMN core.claim_facts.outlet_id IS 'Outlet.';
COMMENT ON COLUMN core.claim_facts.copy_group_id IS 'Story: copies of one text are one.';
COMMENT ON COLUMN core.claim_facts.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN core.claim_facts.is_counted IS 'Whether it is current and no status statement.';
COMMENT ON COLUMN core.claim_facts.is_repeat IS 'Whether another current claim of its copy group says the same and is the one that counts.';
COMMENT ON COLUMN core.claim_facts.is_copy IS 'Whether its article is a copy of another outlet''s.';
COMMENT ON COLUMN core.claim_facts.is_retold IS 'Whether a claim with a higher id of the same reading says the same.';
INSERT INTO core.claim_facts
SELECT
    claim_number, claim_date, claimant_id, outlet_id, copy_group_id, side_code,
    is_current AND kind <> 'status_statement', coalesce(is_repeat, false),
    copy_group_id <> article_id,
    row_number() OVER (PARTITION BY parse_id, statement_id ORDER BY claim_id DESC) > 1
FROM core.claims
ORDER BY claim_number;

CREATE TABLE core.claimant_months (
    month_date DATE NOT NULL,
    claimant_id BIGINT NOT NULL,
    claim_count INTEGER NOT NULL,
    story_count INTEGER NOT NULL,
    first_claim_date DATE,
    last_claim_date DATE,
    outlet_ids BIGINT[] NOT NULL,
    side_codes VARCHAR[] NOT NULL
);
COMMENT ON TABLE core.claimant_months IS 'One row a month and claimant: its days together, as compaction found them; they stand for months in closed_months alone.';
COMMENT ON COLUMN core.claimant_months.month_date IS 'First day of the month.';
COMMENT ON COLUMN core.claimant_months.claimant_id IS 'Claimant.';
COMMENT ON COLUMN core.claimant_months.claim_count IS 'Current claims, status statements left out and what a story repeats counted once.';
COMMENT ON COLUMN core.claimant_months.story_count IS 'Stories that hold such a claim, counted day by day.';
COMMENT ON COLUMN core.claimant_months.first_claim_date IS 'First day with such a claim.';
COMMENT ON COLUMN core.claimant_months.last_claim_date IS 'Last day with such a claim.';
COMMENT ON COLUMN core.claimant_months.outlet_ids IS 'Outlets that quote it.';
COMMENT ON COLUMN core.claimant_months.side_codes IS 'States that it spoke for, one a day and outlet.';

CREATE TABLE core.closed_months (
    month_date DATE NOT NULL
);
COMMENT ON TABLE core.closed_months IS 'One row a month that no load has touched since compaction.';
COMMENT ON COLUMN core.closed_months.month_date IS 'First day of the month.';

INSERT INTO core.claimant_months
WITH spoken AS (
    SELECT
        date_trunc('month', claim_date)::DATE AS month_date, claimant_id,
        list_sort(list(DISTINCT outlet_id)) AS outlet_ids,
        coalesce(list_sort(list(side_code) FILTER (side_code IS NOT NULL)), []) AS side_codes
    FROM core.claim_daily
    WHERE claimant_id IS NOT NULL
    GROUP BY ALL
),
counted AS (
    SELECT
        date_trunc('month', claim_date)::DATE AS month_date, key_id AS claimant_id,
        sum(claim_count)::INTEGER AS claim_count, sum(story_count)::INTEGER AS story_count,
        min(claim_date) AS first_claim_date, max(claim_date) AS last_claim_date
    FROM core.day_counts
    WHERE kind = 'claimant'
    GROUP BY ALL
)
SELECT
    month_date, claimant_id, coalesce(claim_count, 0), coalesce(story_count, 0),
    first_claim_date, last_claim_date, outlet_ids, side_codes
FROM spoken LEFT JOIN counted USING (month_date, claimant_id)
ORDER BY claimant_id, month_date;

INSERT INTO core.closed_months
SELECT DISTINCT month_date FROM core.claimant_months ORDER BY month_date;

-- The words of a claim beside its figures: there are four claims to a figure.
ALTER TABLE core.figure_reports ADD COLUMN content_text VARCHAR;
COMMENT ON COLUMN core.figure_reports.content_text IS 'The words claimed.';
UPDATE core.figure_reports SET content_text = c.content_text
FROM core.claims AS c WHERE c.claim_number = core.figure_reports.claim_number;
