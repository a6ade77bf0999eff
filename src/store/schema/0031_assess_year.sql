-- 0031 年终述职: what a village's secretary says of a year; drafted is the text made from the rows,
-- body the text as it was edited, once.
-- @scoped
CREATE TABLE year_report (
    town_id    BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    year       BIGINT NOT NULL,
    drafted    TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    edited_by  BIGINT NOT NULL,
    edited_at  BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, unit, year)
);
