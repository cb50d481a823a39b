-- Where the claims of a load begin, so that a load need not look further back than it must.

CREATE TABLE core.loads (
    load_number INTEGER NOT NULL,
    first_claim_number INTEGER NOT NULL
);
COMMENT ON TABLE core.loads IS 'One row a load: where its claims begin. What was loaded later than an article lies behind.';
COMMENT ON COLUMN core.loads.load_number IS 'The load, as in core.parses and core.article_revisions.';
COMMENT ON COLUMN core.loads.first_claim_number IS 'The lowest number that a claim of this load may have (core.claims).';
INSERT INTO core.loads
SELECT p.load_number, min(c.claim_number)
FROM core.parses AS p JOIN core.claims AS c USING (parse_id)
GROUP BY p.load_number
ORDER BY p.load_number;
