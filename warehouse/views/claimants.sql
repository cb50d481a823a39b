-- One row a person, organization, place or group with a current claim.
CREATE OR REPLACE VIEW claimants AS
WITH quoted AS (
    SELECT claimant_id, outlet_ids, side_codes
    FROM core.claimant_months
    WHERE month_date IN (FROM whole_months(NULL, NULL))
    UNION ALL
    SELECT claimant_id, [outlet_id], [side_code]
    FROM core.claim_daily
    WHERE claimant_id IS NOT NULL AND claim_date IN (FROM other_days(NULL, NULL))
)
SELECT
    e.entity_id AS claimant_id, e.name AS claimant, e.entity_type, e.wikidata_id,
    list_mode(list_sort(q.side_codes)) AS side_code, s.claim_count, s.story_count,
    len(list_distinct(q.outlet_ids)) AS outlet_count, s.first_claim_date, s.last_claim_date
FROM (
    SELECT
        claimant_id, sum(claim_count)::BIGINT AS claim_count,
        sum(story_count)::BIGINT AS story_count, min(first_claim_date) AS first_claim_date,
        max(last_claim_date) AS last_claim_date
    FROM claimant_sums(NULL, NULL)
    GROUP BY claimant_id
) AS s
JOIN (
    SELECT
        claimant_id, flatten(list(outlet_ids)) AS outlet_ids,
        flatten(list(side_codes)) AS side_codes
    FROM quoted
    GROUP BY claimant_id
) AS q USING (claimant_id)
JOIN core.entities AS e ON e.entity_id = claimant_id;
COMMENT ON VIEW claimants IS 'One row a person, organization, place or group with a current claim. Warnings: machine, copies, unnamed.';
COMMENT ON COLUMN claimants.claimant_id IS 'Hash id of the entity.';
COMMENT ON COLUMN claimants.claimant IS 'Canonical name.';
COMMENT ON COLUMN claimants.entity_type IS 'person, organization, place, group, outlet or unknown.';
COMMENT ON COLUMN claimants.wikidata_id IS 'Wikidata id.';
COMMENT ON COLUMN claimants.side_code IS 'State it speaks for on most days and in most outlets, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN claimants.claim_count IS 'Current claims, status statements left out and what a story repeats counted once.';
COMMENT ON COLUMN claimants.story_count IS 'Stories that hold such a claim, copies counted once, day by day.';
COMMENT ON COLUMN claimants.outlet_count IS 'Outlets that published one.';
COMMENT ON COLUMN claimants.first_claim_date IS 'Day of its first claim.';
COMMENT ON COLUMN claimants.last_claim_date IS 'Day of its last claim.';
