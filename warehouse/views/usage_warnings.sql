-- One row a warning that the comments of the views name.
CREATE OR REPLACE VIEW usage_warnings AS
SELECT *
FROM (VALUES
    ('hearsay', 'A row says that somebody claims it, not that it is so.'),
    ('machine', 'Read by rules and a model, at times wrongly: `claimwire explain` shows why.'),
    ('copies', 'Each copy of a wire story counts: count copy_group_id, or take story_count, or '
        || 'leave rows with is_copy out.'),
    ('coverage', 'Few rows may mean that little was read: join coverage on the day, and divide.'),
    ('unnamed', 'A claimant is null, or words of the article, where nobody could be named; and one '
        || 'may go by several names.'),
    ('kinds', 'A level, an increase and a decrease never belong into one sum or one line, nor do '
        || 'two units.'),
    ('parties', 'side_code is whom the claimant speaks for; party is whose loss or gain it is.'),
    ('visits', 'Changes are seen at visits only: what came and went between two is unknown.'),
    ('superseded', 'Superseded rows are there, too: keep those with is_current.'),
    ('rights', 'Holds words of the publisher at length: mind its rights before passing them on.')
) AS listed (warning, meaning);
COMMENT ON VIEW usage_warnings IS 'One row a warning that the comments of the views name. Warnings: none.';
COMMENT ON COLUMN usage_warnings.warning IS 'The warning in one word.';
COMMENT ON COLUMN usage_warnings.meaning IS 'What to beware of.';
