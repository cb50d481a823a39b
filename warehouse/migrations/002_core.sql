-- What was published and claimed: outlets, articles, their texts, entities, claims and their parts.

CREATE SCHEMA core;

CREATE TABLE core.outlets (
    outlet_id BIGINT PRIMARY KEY,
    name VARCHAR NOT NULL,
    site VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core.outlets IS 'One row an outlet, as the feed list names it.';
COMMENT ON COLUMN core.outlets.outlet_id IS 'Hash id of the outlet''s name.';
COMMENT ON COLUMN core.outlets.name IS 'Name of the outlet.';
COMMENT ON COLUMN core.outlets.site IS 'Registered domain it was first seen on.';
COMMENT ON COLUMN core.outlets.first_seen_at IS 'When its first article was fetched, UTC.';

CREATE TABLE core.articles (
    article_id BIGINT NOT NULL,
    outlet_id BIGINT NOT NULL,
    canonical_url VARCHAR NOT NULL,
    title VARCHAR,
    published_at TIMESTAMP,
    article_date DATE NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    current_revision_id BIGINT NOT NULL,
    revision_count INTEGER NOT NULL,
    copy_group_id BIGINT NOT NULL
);
COMMENT ON TABLE core.articles IS 'One row an article; title and dates are those of its current revision.';
COMMENT ON COLUMN core.articles.article_id IS 'Hash id of the article.';
COMMENT ON COLUMN core.articles.outlet_id IS 'Outlet that published it.';
COMMENT ON COLUMN core.articles.canonical_url IS 'Address without trackers, in canonical form.';
COMMENT ON COLUMN core.articles.title IS 'Title of the current revision.';
COMMENT ON COLUMN core.articles.published_at IS 'Publication date of the current revision, UTC; null when the page gives none.';
COMMENT ON COLUMN core.articles.article_date IS 'Day the article counts for: of its first publication date, else of its first fetch.';
COMMENT ON COLUMN core.articles.first_seen_at IS 'When it was first fetched, UTC.';
COMMENT ON COLUMN core.articles.current_revision_id IS 'Revision seen last.';
COMMENT ON COLUMN core.articles.revision_count IS 'Revisions kept.';
COMMENT ON COLUMN core.articles.copy_group_id IS 'Article that this one is a copy of, or its own id: count these to count a story once.';

CREATE TABLE core.article_revisions (
    revision_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    feed_id BIGINT NOT NULL,
    feed_item_id BIGINT NOT NULL,
    fetch_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    page_class VARCHAR NOT NULL,
    title VARCHAR,
    authors VARCHAR[] NOT NULL,
    published_at TIMESTAMP,
    published_precision VARCHAR,
    published_has_zone BOOLEAN,
    published_source VARCHAR,
    published_raw VARCHAR,
    modified_at TIMESTAMP,
    modified_precision VARCHAR,
    modified_has_zone BOOLEAN,
    modified_source VARCHAR,
    modified_raw VARCHAR,
    language VARCHAR,
    site VARCHAR NOT NULL,
    site_name VARCHAR,
    field_sources VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    text_char_count INTEGER NOT NULL,
    extractor VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    load_number INTEGER NOT NULL,
    is_current BOOLEAN NOT NULL
);
COMMENT ON TABLE core.article_revisions IS 'One row a version of an article''s title and text.';
COMMENT ON COLUMN core.article_revisions.revision_id IS 'Hash id of the revision.';
COMMENT ON COLUMN core.article_revisions.article_id IS 'Article it is a version of.';
COMMENT ON COLUMN core.article_revisions.feed_id IS 'Feed that led to it.';
COMMENT ON COLUMN core.article_revisions.feed_item_id IS 'Version of the feed entry that led to it.';
COMMENT ON COLUMN core.article_revisions.fetch_id IS 'HTTP exchange its text was extracted from.';
COMMENT ON COLUMN core.article_revisions.run_id IS 'Run that loaded it.';
COMMENT ON COLUMN core.article_revisions.url IS 'Address the page was fetched from.';
COMMENT ON COLUMN core.article_revisions.canonical_url IS 'Canonical address the page names, or that was derived.';
COMMENT ON COLUMN core.article_revisions.page_class IS 'What kind of page it is: article, live_blog, media and so on.';
COMMENT ON COLUMN core.article_revisions.title IS 'Title.';
COMMENT ON COLUMN core.article_revisions.authors IS 'Authors as named on the page.';
COMMENT ON COLUMN core.article_revisions.published_at IS 'Publication date, UTC.';
COMMENT ON COLUMN core.article_revisions.published_precision IS 'How exact it is: second to year.';
COMMENT ON COLUMN core.article_revisions.published_has_zone IS 'Whether the page stated a time zone.';
COMMENT ON COLUMN core.article_revisions.published_source IS 'Where on the page or in the feed it stood.';
COMMENT ON COLUMN core.article_revisions.published_raw IS 'The words it was read from.';
COMMENT ON COLUMN core.article_revisions.modified_at IS 'Date of the last change that the page states, UTC.';
COMMENT ON COLUMN core.article_revisions.modified_precision IS 'How exact it is.';
COMMENT ON COLUMN core.article_revisions.modified_has_zone IS 'Whether the page stated a time zone.';
COMMENT ON COLUMN core.article_revisions.modified_source IS 'Where it stood.';
COMMENT ON COLUMN core.article_revisions.modified_raw IS 'The words it was read from.';
COMMENT ON COLUMN core.article_revisions.language IS 'Language of the text, ISO 639-1.';
COMMENT ON COLUMN core.article_revisions.site IS 'Registered domain.';
COMMENT ON COLUMN core.article_revisions.site_name IS 'Name the page gives its site.';
COMMENT ON COLUMN core.article_revisions.field_sources IS 'For each field of the article, where it was taken from, as JSON.';
COMMENT ON COLUMN core.article_revisions.text_sha256 IS 'SHA-256 of the UTF-8 text, hex.';
COMMENT ON COLUMN core.article_revisions.text_char_count IS 'Length of the text, code points.';
COMMENT ON COLUMN core.article_revisions.extractor IS 'Name and version of the rules that extracted it.';
COMMENT ON COLUMN core.article_revisions.first_seen_at IS 'When it was first fetched, UTC.';
COMMENT ON COLUMN core.article_revisions.last_seen_at IS 'When it was last fetched, UTC; the revision seen last is the current one.';
COMMENT ON COLUMN core.article_revisions.load_number IS 'Number of the load that added it, counting from 1.';
COMMENT ON COLUMN core.article_revisions.is_current IS 'Whether it is the article''s current revision.';

CREATE TABLE core.article_texts (
    revision_id BIGINT NOT NULL,
    article_text VARCHAR NOT NULL
);
COMMENT ON TABLE core.article_texts IS 'One row a revision: its plain text, paragraphs split by blank lines.';
COMMENT ON COLUMN core.article_texts.revision_id IS 'Revision the text belongs to.';
COMMENT ON COLUMN core.article_texts.article_text IS 'The text that all span offsets count in.';

CREATE TABLE core.article_copy_keys (
    article_id BIGINT NOT NULL,
    copy_key BIGINT NOT NULL,
    article_date DATE NOT NULL
);
COMMENT ON TABLE core.article_copy_keys IS 'One row a signature of an article; articles that share one are copies of each other.';
COMMENT ON COLUMN core.article_copy_keys.article_id IS 'Article.';
COMMENT ON COLUMN core.article_copy_keys.copy_key IS 'Hash of the text, or of one band of its near-duplicate signature.';
COMMENT ON COLUMN core.article_copy_keys.article_date IS 'Day of the article; copies lie within a week.';

CREATE TABLE core.copy_groups (
    article_id BIGINT NOT NULL,
    copy_group_id BIGINT NOT NULL,
    is_original BOOLEAN NOT NULL
);
COMMENT ON TABLE core.copy_groups IS 'One row an article that is a copy, or that has copies.';
COMMENT ON COLUMN core.copy_groups.article_id IS 'Article.';
COMMENT ON COLUMN core.copy_groups.copy_group_id IS 'The group: the id of the article it is named after.';
COMMENT ON COLUMN core.copy_groups.is_original IS 'Whether the group is named after this article, the earliest when it was formed.';

CREATE TABLE core.article_days (
    article_date DATE NOT NULL,
    article_id BIGINT NOT NULL,
    outlet_id BIGINT NOT NULL,
    copy_group_id BIGINT NOT NULL
);
COMMENT ON TABLE core.article_days IS 'One row an article and day on which it appeared or first said something; what shares are shares of.';
COMMENT ON COLUMN core.article_days.article_date IS 'Day.';
COMMENT ON COLUMN core.article_days.article_id IS 'Article.';
COMMENT ON COLUMN core.article_days.outlet_id IS 'Its outlet.';
COMMENT ON COLUMN core.article_days.copy_group_id IS 'Its copy group: count these to count a story once.';

CREATE TABLE core.parses (
    parse_id BIGINT NOT NULL,
    revision_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    parser VARCHAR NOT NULL,
    claim_count INTEGER NOT NULL,
    load_number INTEGER NOT NULL,
    is_current BOOLEAN NOT NULL
);
COMMENT ON TABLE core.parses IS 'One row a reading of a revision by one version of the parser; also when it found no claim.';
COMMENT ON COLUMN core.parses.parse_id IS 'Hash id of the reading.';
COMMENT ON COLUMN core.parses.revision_id IS 'Revision that was read.';
COMMENT ON COLUMN core.parses.article_id IS 'Its article.';
COMMENT ON COLUMN core.parses.run_id IS 'Run that read it.';
COMMENT ON COLUMN core.parses.parser IS 'Name and version of the parser''s rules and model.';
COMMENT ON COLUMN core.parses.claim_count IS 'Claims it found.';
COMMENT ON COLUMN core.parses.load_number IS 'Number of the load that added it; the newest reading of a revision stands.';
COMMENT ON COLUMN core.parses.is_current IS 'Whether it is the newest reading of the article''s current revision.';

CREATE TABLE core.entities (
    entity_id BIGINT PRIMARY KEY,
    name VARCHAR NOT NULL,
    entity_type VARCHAR NOT NULL,
    wikidata_id VARCHAR,
    first_seen_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core.entities IS 'One row a person, organization, place or group that claimed something or passed it on.';
COMMENT ON COLUMN core.entities.entity_id IS 'Hash id of the Wikidata id, or of the name where there is none.';
COMMENT ON COLUMN core.entities.name IS 'Canonical name.';
COMMENT ON COLUMN core.entities.entity_type IS 'person, organization, place, group, outlet or unknown.';
COMMENT ON COLUMN core.entities.wikidata_id IS 'Wikidata id.';
COMMENT ON COLUMN core.entities.first_seen_at IS 'When it was first met, UTC.';

CREATE TABLE core.entity_aliases (
    entity_id BIGINT NOT NULL,
    alias VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core.entity_aliases IS 'One row a wording an entity was called by.';
COMMENT ON COLUMN core.entity_aliases.entity_id IS 'Entity.';
COMMENT ON COLUMN core.entity_aliases.alias IS 'Words of the mention.';
COMMENT ON COLUMN core.entity_aliases.method IS 'How the mention was resolved: explicit or name.';
COMMENT ON COLUMN core.entity_aliases.first_seen_at IS 'When it was first met, UTC.';

CREATE TABLE core.claims (
    claim_id BIGINT NOT NULL,
    record_id VARCHAR NOT NULL,
    parse_id BIGINT NOT NULL,
    revision_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    outlet_id BIGINT NOT NULL,
    copy_group_id BIGINT NOT NULL,
    claim_date DATE NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    ordinal INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    cue_lemma VARCHAR,
    cue_class VARCHAR,
    claimant_id BIGINT,
    claimant_name VARCHAR,
    claimant_words VARCHAR,
    claimant_type VARCHAR NOT NULL,
    claimant_wikidata_id VARCHAR,
    claimant_method VARCHAR NOT NULL,
    side_code VARCHAR,
    content_text VARCHAR NOT NULL,
    statement_id BIGINT NOT NULL,
    modality VARCHAR NOT NULL,
    polarity VARCHAR NOT NULL,
    verification_status VARCHAR NOT NULL,
    verified_by VARCHAR,
    confidence DOUBLE NOT NULL,
    extractor VARCHAR NOT NULL,
    is_current BOOLEAN NOT NULL
);
COMMENT ON TABLE core.claims IS 'One row a claim: one source, saying one thing, once, in one reading of one revision.';
COMMENT ON COLUMN core.claims.claim_id IS 'Hash id of the claim in the warehouse.';
COMMENT ON COLUMN core.claims.record_id IS 'Id that the parser gave it.';
COMMENT ON COLUMN core.claims.parse_id IS 'Reading that found it.';
COMMENT ON COLUMN core.claims.revision_id IS 'Revision it stands in.';
COMMENT ON COLUMN core.claims.article_id IS 'Article it stands in.';
COMMENT ON COLUMN core.claims.outlet_id IS 'Outlet that published it.';
COMMENT ON COLUMN core.claims.copy_group_id IS 'Copy group of its article.';
COMMENT ON COLUMN core.claims.claim_date IS 'Day of claimed_at.';
COMMENT ON COLUMN core.claims.claimed_at IS 'When the outlet first published it, UTC: the article''s date, or the date of the revision that brought it.';
COMMENT ON COLUMN core.claims.ordinal IS 'Position among the claims of its reading, from 0.';
COMMENT ON COLUMN core.claims.kind IS 'How it is worded: direct, indirect, mixed, non_disclosure or status_statement.';
COMMENT ON COLUMN core.claims.cue_lemma IS 'Lemma of the words that attribute.';
COMMENT ON COLUMN core.claims.cue_class IS 'Class of the words that attribute, such as say, deny or estimate.';
COMMENT ON COLUMN core.claims.claimant_id IS 'Entity that claims it; null when it could not be named.';
COMMENT ON COLUMN core.claims.claimant_name IS 'Name of the claimant as the parser gave it.';
COMMENT ON COLUMN core.claims.claimant_words IS 'Words of the text that name the claimant.';
COMMENT ON COLUMN core.claims.claimant_type IS 'Type of the claimant as the parser gave it.';
COMMENT ON COLUMN core.claims.claimant_wikidata_id IS 'Wikidata id of the claimant as the parser gave it.';
COMMENT ON COLUMN core.claims.claimant_method IS 'How the mention was resolved: explicit, name, nominal, pronoun, outlet or none.';
COMMENT ON COLUMN core.claims.side_code IS 'State that the claimant speaks for, ISO 3166-1 alpha-2. Not the party of a figure.';
COMMENT ON COLUMN core.claims.content_text IS 'The words claimed, pieces joined by a space.';
COMMENT ON COLUMN core.claims.statement_id IS 'Hash id of claimant and words: the same in every article that repeats them.';
COMMENT ON COLUMN core.claims.modality IS 'asserted, believed, planned, possible, conditional or narrated.';
COMMENT ON COLUMN core.claims.polarity IS 'affirmative or negative.';
COMMENT ON COLUMN core.claims.verification_status IS 'not_stated, unverifiable, confirmed, denied, disputed or no_figure_given.';
COMMENT ON COLUMN core.claims.verified_by IS 'Who says so: a name, or outlet.';
COMMENT ON COLUMN core.claims.confidence IS 'Probability that the claim was read rightly, 0 to 1.';
COMMENT ON COLUMN core.claims.extractor IS 'Name and version of the rules and models that made it.';
COMMENT ON COLUMN core.claims.is_current IS 'Whether it belongs to the article''s current reading; the others are superseded.';

CREATE TABLE core.claim_spans (
    claim_id BIGINT NOT NULL,
    role VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    span_text VARCHAR NOT NULL,
    is_quoted BOOLEAN
);
COMMENT ON TABLE core.claim_spans IS 'One row a piece of text that a claim rests on; offsets are code points into the text of its revision.';
COMMENT ON COLUMN core.claim_spans.claim_id IS 'Claim.';
COMMENT ON COLUMN core.claim_spans.role IS 'cue, claimant, relay, content, quantity, time, place, hedge or evidence.';
COMMENT ON COLUMN core.claim_spans.ordinal IS 'Position among the claim''s spans of this role, from 0.';
COMMENT ON COLUMN core.claim_spans.start_offset IS 'First code point.';
COMMENT ON COLUMN core.claim_spans.end_offset IS 'Code point after the last.';
COMMENT ON COLUMN core.claim_spans.span_text IS 'The words.';
COMMENT ON COLUMN core.claim_spans.is_quoted IS 'For content: whether the words stand in quotation marks.';

CREATE TABLE core.claim_quantities (
    claim_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    claim_date DATE NOT NULL,
    claimant_id BIGINT,
    value DOUBLE,
    low_value DOUBLE,
    high_value DOUBLE,
    bound VARCHAR NOT NULL,
    unit VARCHAR,
    counted VARCHAR,
    measure VARCHAR NOT NULL,
    party VARCHAR,
    change VARCHAR NOT NULL,
    scope VARCHAR
);
COMMENT ON TABLE core.claim_quantities IS 'One row a figure in a claim.';
COMMENT ON COLUMN core.claim_quantities.claim_id IS 'Claim.';
COMMENT ON COLUMN core.claim_quantities.ordinal IS 'Position among the claim''s figures, from 0; its words are the quantity span of this number.';
COMMENT ON COLUMN core.claim_quantities.claim_date IS 'Day of the claim.';
COMMENT ON COLUMN core.claim_quantities.claimant_id IS 'Claimant of the claim.';
COMMENT ON COLUMN core.claim_quantities.value IS 'The number, in the unit.';
COMMENT ON COLUMN core.claim_quantities.low_value IS 'Lower end, where a range or a bound is stated.';
COMMENT ON COLUMN core.claim_quantities.high_value IS 'Upper end, where a range or a bound is stated.';
COMMENT ON COLUMN core.claim_quantities.bound IS 'exact, approx, at_least, more_than, at_most, less_than, range or vague.';
COMMENT ON COLUMN core.claim_quantities.unit IS 'person, item, percent, day and so on; ISO 4217 for money; a UCUM-like symbol for measures.';
COMMENT ON COLUMN core.claim_quantities.counted IS 'What is counted, as written.';
COMMENT ON COLUMN core.claim_quantities.measure IS 'What the figure measures: killed, wounded, money, share, count and so on.';
COMMENT ON COLUMN core.claim_quantities.party IS 'Whose loss, stock or gain it is: a name or an ISO country code. Not the claimant.';
COMMENT ON COLUMN core.claim_quantities.change IS 'level, increase or decrease; never add or compare one with another.';
COMMENT ON COLUMN core.claim_quantities.scope IS 'incident or cumulative, where that is clear.';

CREATE TABLE core.claim_times (
    claim_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    from_iso VARCHAR NOT NULL,
    to_iso VARCHAR NOT NULL,
    from_at TIMESTAMP,
    to_at TIMESTAMP,
    precision VARCHAR NOT NULL,
    role VARCHAR NOT NULL
);
COMMENT ON TABLE core.claim_times IS 'One row a time named in a claim.';
COMMENT ON COLUMN core.claim_times.claim_id IS 'Claim.';
COMMENT ON COLUMN core.claim_times.ordinal IS 'Position among the claim''s times, from 0.';
COMMENT ON COLUMN core.claim_times.from_iso IS 'Beginning, as an ISO date or date-time.';
COMMENT ON COLUMN core.claim_times.to_iso IS 'End, exclusive, as an ISO date or date-time.';
COMMENT ON COLUMN core.claim_times.from_at IS 'Beginning.';
COMMENT ON COLUMN core.claim_times.to_at IS 'End, exclusive.';
COMMENT ON COLUMN core.claim_times.precision IS 'minute, hour, day, week, month, quarter or year.';
COMMENT ON COLUMN core.claim_times.role IS 'utterance (when it was said), event (when it happened) or as_of (when it held).';

CREATE TABLE core.claim_places (
    claim_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    country_code VARCHAR,
    role VARCHAR NOT NULL
);
COMMENT ON TABLE core.claim_places IS 'One row a place named in a claim.';
COMMENT ON COLUMN core.claim_places.claim_id IS 'Claim.';
COMMENT ON COLUMN core.claim_places.ordinal IS 'Position among the claim''s places, from 0.';
COMMENT ON COLUMN core.claim_places.name IS 'Name of the place.';
COMMENT ON COLUMN core.claim_places.country_code IS 'Country, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN core.claim_places.role IS 'utterance (where it was said) or event (where it happened).';

CREATE TABLE core.claim_relays (
    claim_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    entity_id BIGINT,
    name VARCHAR,
    entity_type VARCHAR NOT NULL,
    wikidata_id VARCHAR,
    side_code VARCHAR,
    method VARCHAR NOT NULL
);
COMMENT ON TABLE core.claim_relays IS 'One row a source that passed a claim on, nearest to the reader last.';
COMMENT ON COLUMN core.claim_relays.claim_id IS 'Claim.';
COMMENT ON COLUMN core.claim_relays.ordinal IS 'Position in the chain, from 0; its words are the relay span of this number.';
COMMENT ON COLUMN core.claim_relays.entity_id IS 'Entity that passed it on; null when it could not be named.';
COMMENT ON COLUMN core.claim_relays.name IS 'Its name as the parser gave it.';
COMMENT ON COLUMN core.claim_relays.entity_type IS 'Its type as the parser gave it.';
COMMENT ON COLUMN core.claim_relays.wikidata_id IS 'Its Wikidata id as the parser gave it.';
COMMENT ON COLUMN core.claim_relays.side_code IS 'State it speaks for, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN core.claim_relays.method IS 'How the mention was resolved.';

CREATE TABLE core.claim_links (
    claim_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    relation VARCHAR NOT NULL,
    linked_claim_id BIGINT NOT NULL,
    linked_record_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.claim_links IS 'One row a relation between two claims of the same reading.';
COMMENT ON COLUMN core.claim_links.claim_id IS 'Claim.';
COMMENT ON COLUMN core.claim_links.ordinal IS 'Position among the claim''s links, from 0.';
COMMENT ON COLUMN core.claim_links.relation IS 'rival_of, denies, repeats or qualifies.';
COMMENT ON COLUMN core.claim_links.linked_claim_id IS 'The other claim.';
COMMENT ON COLUMN core.claim_links.linked_record_id IS 'Id that the parser gave the other claim.';

CREATE TABLE core.claim_daily (
    claim_date DATE NOT NULL,
    claimant_id BIGINT,
    outlet_id BIGINT NOT NULL,
    claim_count INTEGER NOT NULL,
    article_count INTEGER NOT NULL
);
COMMENT ON TABLE core.claim_daily IS 'One row a day, claimant and outlet: current claims counted.';
COMMENT ON COLUMN core.claim_daily.claim_date IS 'Day.';
COMMENT ON COLUMN core.claim_daily.claimant_id IS 'Claimant; null for all that could not be named.';
COMMENT ON COLUMN core.claim_daily.outlet_id IS 'Outlet.';
COMMENT ON COLUMN core.claim_daily.claim_count IS 'Current claims.';
COMMENT ON COLUMN core.claim_daily.article_count IS 'Articles that hold them.';
