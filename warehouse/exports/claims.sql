-- One row a claim, as schema.org's Claim; also its Quotation where the words are quoted.
WITH wanted AS (
    FROM claims WHERE claim_date BETWEEN $first AND $last
),
figured AS (
    SELECT
        q.claim_id,
        list({
            '@type': 'QuantitativeValue', 'name': coalesce(q.counted, q.measure), 'value': q.value,
            'minValue': q.low_value, 'maxValue': q.high_value, 'unitText': q.unit,
            'cw:measure': q.measure, 'cw:party': q.party, 'cw:change': q.change,
            'cw:bound': q.bound, 'cw:scope': q.scope
        } ORDER BY q.ordinal) AS mentions
    FROM core.claim_quantities AS q
    WHERE q.claim_date BETWEEN $first AND $last
    GROUP BY q.claim_id
),
placed AS (
    SELECT
        p.claim_id,
        list({
            '@type': 'Place', 'name': p.name,
            'address': CASE WHEN p.country_code IS NOT NULL
                THEN {'@type': 'PostalAddress', 'addressCountry': p.country_code} END
        } ORDER BY p.ordinal) AS places
    FROM core.claim_places AS p
    WHERE p.role = 'event' AND p.claim_id IN (SELECT claim_id FROM wanted)
    GROUP BY p.claim_id
),
named AS (
    SELECT
        w.*,
        CASE WHEN w.claimant IS NOT NULL THEN {
            '@type': CASE w.claimant_type WHEN 'person' THEN 'Person'
                WHEN 'outlet' THEN 'NewsMediaOrganization' ELSE 'Organization' END,
            '@id': coalesce('urn:claimwire:entity:' || w.claimant_id, '_:c' || w.claim_id),
            'name': w.claimant,
            'sameAs': 'https://www.wikidata.org/entity/' || e.wikidata_id,
            'cw:type': w.claimant_type, 'cw:side': w.side_code
        } END AS author
    FROM wanted AS w
    LEFT JOIN core.entities AS e ON e.entity_id = w.claimant_id
)
SELECT
    {'@vocab': 'https://schema.org/', 'cw': 'urn:claimwire:term:'} AS "@context",
    CASE n.kind WHEN 'direct' THEN ['Claim', 'Quotation'] ELSE ['Claim'] END AS "@type",
    'urn:claimwire:claim:' || n.claim_id AS "@id", n.content_text AS "text", n.author,
    CASE n.kind WHEN 'direct' THEN n.author END AS "spokenByCharacter",
    strftime(n.claimed_at, '%Y-%m-%dT%H:%M:%SZ') AS "datePublished",
    {
        '@type': 'NewsArticle', '@id': 'urn:claimwire:article:' || n.article_id,
        'url': n.canonical_url, 'headline': n.title,
        'datePublished': strftime(a.published_at, '%Y-%m-%dT%H:%M:%SZ'),
        'publisher': {
            '@type': 'NewsMediaOrganization', '@id': 'urn:claimwire:outlet:' || n.outlet_id,
            'name': n.outlet
        }
    } AS "appearance",
    {
        '@type': 'Organization', '@id': 'urn:claimwire:extractor', 'name': 'claimwire',
        'description': 'Read by machine: ' || n.extractor
    } AS "claimInterpreter",
    f.mentions, p.places AS "contentLocation", n.kind AS "cw:kind", n.modality AS "cw:modality",
    n.polarity AS "cw:polarity", n.verification_status AS "cw:verification",
    n.verified_by AS "cw:verifiedBy", n.confidence AS "cw:confidence", n.is_copy AS "cw:isCopy",
    'urn:claimwire:article:' || n.copy_group_id AS "cw:copyGroup",
    'urn:claimwire:statement:' || n.statement_id AS "cw:statement"
FROM named AS n
JOIN core.articles AS a ON a.article_id = n.article_id
LEFT JOIN figured AS f ON f.claim_id = n.claim_id
LEFT JOIN placed AS p ON p.claim_id = n.claim_id
ORDER BY n.claim_date, n.claim_id
