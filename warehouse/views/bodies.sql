-- One row a body of a state ("Electoral Commission of Zambia") that is also called without it.
CREATE OR REPLACE VIEW bodies AS
WITH stated AS (
    SELECT
        entity_id, name, side_code,
        lower(regexp_extract(name, '^(.+ .+) of (?:the )?[A-Z][^,]*$', 1)) AS short_name
    FROM core.entities
    WHERE entity_type = 'organization' AND side_code IS NOT NULL AND name LIKE '% of %'
)
SELECT s.entity_id, s.name, e.entity_id AS same_entity_id, e.name AS same_name
FROM stated AS s
JOIN core.entities AS e ON lower(e.name) = s.short_name AND e.side_code = s.side_code
WHERE e.entity_type = 'organization';
COMMENT ON VIEW bodies IS 'One row a body of a state that is also called without its state, and speaks for the same: their figures are one series. Warnings: machine.';
COMMENT ON COLUMN bodies.entity_id IS 'The body by the name with its state.';
COMMENT ON COLUMN bodies.name IS 'That name.';
COMMENT ON COLUMN bodies.same_entity_id IS 'The body by the name without its state, which figures are listed under.';
COMMENT ON COLUMN bodies.same_name IS 'That name.';
