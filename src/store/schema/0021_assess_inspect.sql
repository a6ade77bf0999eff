-- 0021 检查: who inspects which unit in which week, what was found.

-- A sheet a unit, week and inspector; two inspectors' sheets of one unit are both kept.
-- week: 2026-W23, or K for the month-end inspection.
-- @scoped
CREATE TABLE assess_sheet (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    week       TEXT   NOT NULL,
    unit       BIGINT NOT NULL,
    inspector  BIGINT NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('drawn', 'started', 'done', 'waived')),
    planned_on TEXT   NOT NULL,
    started_at BIGINT,
    done_at    BIGINT,
    reason     TEXT,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, round, week, unit, inspector),
    FOREIGN KEY (town_id, round) REFERENCES assess_round (town_id, id)
);
CREATE INDEX assess_sheet_inspector ON assess_sheet (town_id, inspector, state, planned_on, id);
CREATE INDEX assess_sheet_unit ON assess_sheet (town_id, unit, round, week, id);

-- 扣分: one place an item and week; the same place twice is refused by its key.
-- n_left: what an appeal left of n; NULL: no appeal has touched it.
-- @scoped
CREATE TABLE assess_deduct (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    sheet      BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    week       TEXT   NOT NULL,
    unit       BIGINT NOT NULL,
    item       TEXT   NOT NULL,
    n          BIGINT NOT NULL,
    n_left     BIGINT,
    place      TEXT   NOT NULL,
    known_place BIGINT NOT NULL DEFAULT 0,
    found_at   BIGINT NOT NULL,
    inspector  BIGINT NOT NULL,
    said       TEXT,
    problem    BIGINT,
    appeal     TEXT,
    void_reason TEXT,
    batch      TEXT,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    FOREIGN KEY (town_id, sheet) REFERENCES assess_sheet (town_id, id)
);
CREATE UNIQUE INDEX assess_deduct_place ON assess_deduct (town_id, round, week, unit, item, place)
 WHERE void_reason IS NULL;
CREATE INDEX assess_deduct_sheet ON assess_deduct (town_id, sheet, id);
CREATE INDEX assess_deduct_unit ON assess_deduct (town_id, round, unit, id);
CREATE INDEX assess_deduct_round ON assess_deduct (town_id, round, id);
CREATE INDEX assess_deduct_found ON assess_deduct (town_id, found_at DESC, id DESC);
CREATE INDEX assess_deduct_unit_found ON assess_deduct (town_id, unit, found_at DESC, id DESC);
CREATE INDEX assess_deduct_batch ON assess_deduct (town_id, batch, id);
