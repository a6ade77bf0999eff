-- 0044 码牌: QR stickers at units and places, and how often each was scanned on a day.  No address,
-- no browser, no person is kept.

-- place: NULL for the unit's own.  target: the place, or else the unit.  replaced_by: the code of the
-- plate that hangs there now; the old one leads to it for ever.
-- @scoped
CREATE TABLE plate (
    town_id     BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    village     BIGINT NOT NULL,
    place       BIGINT,
    target      BIGINT NOT NULL,
    code        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    from_on     TEXT   NOT NULL,
    replaced_by TEXT,
    replaced_at BIGINT,
    replaced_why TEXT,
    created_by  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (town_id, id)
);
CREATE UNIQUE INDEX plate_code ON plate (town_id, code);
CREATE UNIQUE INDEX plate_target ON plate (town_id, target) WHERE replaced_by IS NULL;
CREATE INDEX plate_unit ON plate (town_id, unit, id);
CREATE INDEX plate_village ON plate (town_id, village, id);

CREATE TABLE plate_scan (
    town_id BIGINT NOT NULL,
    plate   BIGINT NOT NULL,
    day     TEXT   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, plate, day),
    FOREIGN KEY (town_id, plate) REFERENCES plate (town_id, id)
);
