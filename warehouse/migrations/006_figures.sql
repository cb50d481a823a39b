-- For whom a claimant speaks, and what a figure is to its claim: the whole, a part, or replaced.

ALTER TABLE core.entities ADD COLUMN side_code VARCHAR;
COMMENT ON COLUMN core.entities.side_code IS 'State that it was first met speaking for, ISO 3166-1 alpha-2.';
ALTER TABLE core.claims ADD COLUMN speaks_for_id BIGINT;
COMMENT ON COLUMN core.claims.speaks_for_id IS 'Body whose head or spokesman the article says the claimant is; its figures are the body''s.';
ALTER TABLE core.claim_quantities ADD COLUMN aspect VARCHAR;
COMMENT ON COLUMN core.claim_quantities.aspect IS 'whole, part (of something smaller: "in his town alone") or previous (the figure that is replaced: "from 29 down to 24"); null where it was read by rules that did not tell.';
