-- 0065 码牌: scans of more than 30 days ago are counted by village alone, no longer by plate.

-- unit: the village (or the town, for its own plate).
-- @scoped
CREATE TABLE plate_scan_unit (
    town_id BIGINT NOT NULL,
    unit    BIGINT NOT NULL,
    day     TEXT   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, unit, day)
);
CREATE INDEX plate_scan_day ON plate_scan (town_id, day, plate);
