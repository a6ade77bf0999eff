-- 0002 单元、地点、日历、设置: units, places, the calendar, settings, the front desk's codes.

-- The tree of units, from province to grid, of all towns here.  A reference table: written by
-- imports only.  lo…hi is the subtree, written from the kind when the unit is made.
CREATE TABLE unit (
    unit         BIGINT NOT NULL,
    kind         TEXT   NOT NULL
        CHECK (kind IN ('province', 'city', 'district', 'town', 'village', 'community', 'grid')),
    name         TEXT   NOT NULL,
    parent       BIGINT NOT NULL,
    lo           BIGINT NOT NULL,
    hi           BIGINT NOT NULL,
    score_group  TEXT   NOT NULL,
    households   BIGINT,
    adults       BIGINT,
    voters       BIGINT,
    reps         BIGINT,
    succeeded_by BIGINT NOT NULL DEFAULT 0,
    version      BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (unit)
);
CREATE INDEX unit_parent ON unit (parent, unit);

-- The towns served here.
CREATE TABLE town_info (
    town_id BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    abbr    TEXT   NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (town_id)
);

-- Roads, river sections, zones …: places that are not units.  Ended, never deleted.
-- @scoped
CREATE TABLE place (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    village    BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    shape      TEXT,
    from_on    TEXT,
    to_on      TEXT,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX place_name ON place (town_id, name, unit, id);
CREATE INDEX place_unit ON place (town_id, unit, name, id);

-- What the State Council's notice says of a year's days; a correction is a new version.
CREATE TABLE calendar_year (
    town_id BIGINT NOT NULL,
    year    BIGINT NOT NULL,
    version BIGINT NOT NULL,
    from_on TEXT   NOT NULL,
    source  TEXT   NOT NULL,
    by      BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (town_id, year, version)
);
CREATE TABLE calendar_day (
    town_id BIGINT NOT NULL,
    year    BIGINT NOT NULL,
    version BIGINT NOT NULL,
    day     TEXT   NOT NULL,
    kind    TEXT   NOT NULL CHECK (kind IN ('rest', 'holiday', 'work', 'makeup')),
    name    TEXT   NOT NULL,
    PRIMARY KEY (town_id, year, version, day),
    FOREIGN KEY (town_id, year, version) REFERENCES calendar_year (town_id, year, version)
);

-- Local numbers: each value from a day on; the last decision that has begun is in force.
CREATE TABLE setting (
    town_id BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    version BIGINT NOT NULL,
    from_on TEXT   NOT NULL,
    value   TEXT   NOT NULL,
    by      BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (town_id, name, version)
);

-- The front desk: receipts and plates.  A code only tells the town.
CREATE TABLE code (
    code    TEXT   NOT NULL,
    town_id BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    id      BIGINT NOT NULL,
    PRIMARY KEY (code)
);
