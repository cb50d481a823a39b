-- One row a claim of the current reading of an article; superseded ones are left out.
CREATE OR REPLACE VIEW claims AS
SELECT
    c.claim_id, c.claim_date, c.claimed_at, coalesce(e.name, c.claimant_words) AS claimant,
    c.side_code,
    c.claimant_type, c.content_text, c.kind, c.modality, c.polarity, c.verification_status,
    c.verified_by, c.cue_lemma, c.cue_class, o.name AS outlet, a.title, a.canonical_url,
    c.confidence, c.copy_group_id <> c.article_id AS is_copy, c.claimant_id, c.claimant_method,
    c.statement_id, c.article_id, c.ordinal, c.copy_group_id, c.revision_id, c.outlet_id,
    c.record_id, c.extractor, c.claim_number, c.is_repeat
FROM core.claims AS c
JOIN core.articles AS a ON a.article_id = c.article_id
JOIN core.outlets AS o ON o.outlet_id = c.outlet_id
LEFT JOIN core.entities AS e ON e.entity_id = c.claimant_id
WHERE c.is_current;
COMMENT ON VIEW claims IS 'One row a claim of the current reading of an article; superseded ones are left out. Warnings: hearsay, machine, copies, coverage, unnamed.';
COMMENT ON COLUMN claims.claim_id IS 'Hash id of the claim; `claimwire explain` takes it.';
COMMENT ON COLUMN claims.claim_date IS 'Day of claimed_at.';
COMMENT ON COLUMN claims.claimed_at IS 'When the outlet first published it, UTC.';
COMMENT ON COLUMN claims.claimant IS 'Canonical name of who claims it, else the words the article uses; null when nobody is named.';
COMMENT ON COLUMN claims.side_code IS 'State that the claimant speaks for, ISO 3166-1 alpha-2. Not the party of a figure.';
COMMENT ON COLUMN claims.claimant_type IS 'person, organization, place, group, outlet or unknown.';
COMMENT ON COLUMN claims.content_text IS 'The words claimed.';
COMMENT ON COLUMN claims.kind IS 'How it is worded: direct, indirect, mixed, non_disclosure or status_statement.';
COMMENT ON COLUMN claims.modality IS 'asserted, believed, planned, possible, conditional or narrated.';
COMMENT ON COLUMN claims.polarity IS 'affirmative or negative.';
COMMENT ON COLUMN claims.verification_status IS 'not_stated, unverifiable, confirmed, denied, disputed or no_figure_given.';
COMMENT ON COLUMN claims.verified_by IS 'Who says so: a name, or outlet.';
COMMENT ON COLUMN claims.cue_lemma IS 'Lemma of the words that attribute.';
COMMENT ON COLUMN claims.cue_class IS 'Class of the words that attribute, such as say, deny or estimate.';
COMMENT ON COLUMN claims.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN claims.title IS 'Title of the article.';
COMMENT ON COLUMN claims.canonical_url IS 'Address of the article.';
COMMENT ON COLUMN claims.confidence IS 'Probability that the claim was read rightly, 0 to 1.';
COMMENT ON COLUMN claims.is_copy IS 'Whether the article is a copy of another outlet''s: leave these out to count a story once.';
COMMENT ON COLUMN claims.claimant_id IS 'Entity that claims it; null when it could not be named.';
COMMENT ON COLUMN claims.claimant_method IS 'How the mention was resolved: explicit, name, nominal, pronoun, outlet or none.';
COMMENT ON COLUMN claims.statement_id IS 'Hash id of claimant and words: the same in every article that repeats them.';
COMMENT ON COLUMN claims.article_id IS 'Article it stands in.';
COMMENT ON COLUMN claims.ordinal IS 'Position among the claims of its article, from 0.';
COMMENT ON COLUMN claims.copy_group_id IS 'Copy group of its article: count these to count a story once.';
COMMENT ON COLUMN claims.revision_id IS 'Revision it stands in.';
COMMENT ON COLUMN claims.outlet_id IS 'Outlet.';
COMMENT ON COLUMN claims.record_id IS 'Id that the parser gave it.';
COMMENT ON COLUMN claims.extractor IS 'Name and version of the rules and models that made it.';
COMMENT ON COLUMN claims.claim_number IS 'Number of the claim, from 1: what claims_with_words finds.';
COMMENT ON COLUMN claims.is_repeat IS 'Whether another claim of its copy group says the same and is the one that counts: leave these out to count a statement once.';
