-- Figures of a month beside each other by what they measure: a question is of one measure, and a
-- load is of few days.

CREATE TEMP TABLE sorted_figures AS
FROM core.stated_figures
ORDER BY date_trunc('month', figure_date), measure, figure_date, figure_id;

DELETE FROM core.stated_figures;

INSERT INTO core.stated_figures BY NAME FROM sorted_figures;
