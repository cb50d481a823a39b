-- Which of the claims that were loaded before stand now, and which repeat another.
-- Only where changed_claims has rows.

UPDATE core.claims AS t
SET is_current = s.is_current, is_repeat = s.is_repeat
FROM changed_claims AS s
WHERE t.claim_number = s.claim_number;
