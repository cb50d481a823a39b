-- One row a person, organization, place or group with a current claim.
CREATE OR REPLACE VIEW claimants AS
SELECT
    e.entity_id AS claimant_id, e.name AS claimant, e.entity_type, e.wikidata_id,
    mode(c.side_code) AS side_code, count(*) AS claim_count,
    count(DISTINCT c.statement_id) AS statement_count,
    count(DISTINCT c.copy_group_id) AS story_count, count(DISTINCT c.outlet_id) AS outlet_count,
    min(c.claim_date) AS first_claim_date, max(c.claim_date) AS last_claim_date
FROM core.claims AS c
JOIN core.entities AS e ON e.entity_id = c.claimant_id
WHERE c.is_current
GROUP BY e.entity_id, e.name, e.entity_type, e.wikidata_id;
COMMENT ON VIEW claimants IS 'One row a person, organization, place or group with a current claim. Warnings: machine, copies, unnamed.';
COMMENT ON COLUMN claimants.claimant_id IS 'Hash id of the entity.';
COMMENT ON COLUMN claimants.claimant IS 'Canonical name.';
COMMENT ON COLUMN claimants.entity_type IS 'person, organization, place, group, outlet or unknown.';
COMMENT ON COLUMN claimants.wikidata_id IS 'Wikidata id.';
COMMENT ON COLUMN claimants.side_code IS 'State it speaks for most often, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN claimants.claim_count IS 'Current claims, copies included.';
COMMENT ON COLUMN claimants.statement_count IS 'Different statements: the same words in two articles count once.';
COMMENT ON COLUMN claimants.story_count IS 'Articles with a claim of it, copies counted once.';
COMMENT ON COLUMN claimants.outlet_count IS 'Outlets that published one.';
COMMENT ON COLUMN claimants.first_claim_date IS 'Day of its first claim.';
COMMENT ON COLUMN claimants.last_claim_date IS 'Day of its last claim.';
