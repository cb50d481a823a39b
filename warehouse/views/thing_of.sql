-- The words of what a figure counts, in lower case, where its measure does not say it: the killed
-- are people, but what is destroyed may be tanks or homes.
CREATE OR REPLACE MACRO thing_of(measure, unit, counted) AS CASE
    WHEN measure IN ('count', 'other', 'share', 'money') THEN lower(counted)
    WHEN measure IN ('destroyed', 'captured') AND unit IS DISTINCT FROM 'person' THEN lower(counted)
END;
