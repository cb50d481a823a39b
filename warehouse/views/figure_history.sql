-- One row a figure that a claimant had not given before for the same thing; repeats, also of
-- older figures, copies, and figures that the claimant denies ("no dead" apart) are left out.
CREATE OR REPLACE VIEW figure_history AS
WITH amounts AS (
    SELECT
        *, coalesce(value, (low_value + high_value) / 2, low_value, high_value) AS amount,
        lower(CASE WHEN measure IN ('count', 'other', 'share', 'money') THEN counted END) AS thing,
        modality IN ('planned', 'possible', 'conditional') AS is_projected
    FROM figures
    WHERE NOT is_copy AND claimant IS NOT NULL
),
-- A figure given before is retold, not revised: background fills the end of most articles.
fresh AS (
    FROM amounts
    WHERE amount IS NOT NULL AND (polarity = 'affirmative' OR amount = 0)
    QUALIFY row_number() OVER (
        PARTITION BY claimant, party, measure, unit, change, scope, thing, is_projected, amount
        ORDER BY said_date, claimed_at, claim_ordinal, ordinal, claim_id
    ) = 1
),
-- Of several fresh figures in one article the first is its news.
leads AS (
    FROM fresh
    QUALIFY row_number() OVER (
        PARTITION BY
            claimant, party, measure, unit, change, scope, thing, is_projected, article_id,
            said_date
        ORDER BY claim_ordinal, ordinal
    ) = 1
),
ordered AS (
    SELECT
        *, lag(amount) OVER series AS previous_amount, lag(said_date) OVER series AS previous_date
    FROM leads
    WINDOW series AS (
        PARTITION BY claimant, party, measure, unit, change, scope, thing, is_projected
        ORDER BY said_date, claimed_at, claim_id, ordinal
    )
)
SELECT
    said_date, claim_date, claimant, side_code, party, measure, change, unit, scope, is_projected,
    counted, amount, bound, low_value, high_value, previous_amount, previous_date,
    amount - previous_amount AS difference, verification_status, content_text, outlet, title,
    claimed_at, claim_id
FROM ordered;
COMMENT ON VIEW figure_history IS 'One row a figure that a claimant had not given before for the same thing; repeats, also of older figures, copies, and figures that the claimant denies are left out. Warnings: hearsay, machine, coverage, kinds, parties.';
COMMENT ON COLUMN figure_history.said_date IS 'Day the claimant said it, where the article tells an earlier one; else the day of the claim.';
COMMENT ON COLUMN figure_history.claim_date IS 'Day of the claim.';
COMMENT ON COLUMN figure_history.claimant IS 'Who gives it.';
COMMENT ON COLUMN figure_history.side_code IS 'State that the claimant speaks for.';
COMMENT ON COLUMN figure_history.party IS 'Whose loss, stock or gain it is.';
COMMENT ON COLUMN figure_history.measure IS 'What it measures.';
COMMENT ON COLUMN figure_history.change IS 'level, increase or decrease: a series holds one of them only.';
COMMENT ON COLUMN figure_history.unit IS 'Unit of the amount.';
COMMENT ON COLUMN figure_history.scope IS 'incident or cumulative, where that is clear.';
COMMENT ON COLUMN figure_history.is_projected IS 'Whether the figure is planned, possible or conditional rather than stated as a fact.';
COMMENT ON COLUMN figure_history.counted IS 'What is counted, as written.';
COMMENT ON COLUMN figure_history.amount IS 'The number: the value, else the middle or the end of the range.';
COMMENT ON COLUMN figure_history.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN figure_history.low_value IS 'Lower end, where stated.';
COMMENT ON COLUMN figure_history.high_value IS 'Upper end, where stated.';
COMMENT ON COLUMN figure_history.previous_amount IS 'The figure this claimant gave before; null for the first.';
COMMENT ON COLUMN figure_history.previous_date IS 'Day it was given.';
COMMENT ON COLUMN figure_history.difference IS 'amount less previous_amount.';
COMMENT ON COLUMN figure_history.verification_status IS 'What the article says of the claim.';
COMMENT ON COLUMN figure_history.content_text IS 'The words claimed.';
COMMENT ON COLUMN figure_history.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN figure_history.title IS 'Title of the article.';
COMMENT ON COLUMN figure_history.claim_id IS 'Claim the figure stands in.';
COMMENT ON COLUMN figure_history.claimed_at IS 'When the outlet first published the claim, UTC.';
