-- 0024 因村施策: what city and district ask, the villages' targets that refine it, their tiers,
-- progress and its verification, and the sets that targets are made from.

CREATE TABLE requirement (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    origin     TEXT   NOT NULL CHECK (origin IN ('city', 'district', 'town')),
    paper_no   TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    due_on     TEXT,
    batch      TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, paper_no)
);
CREATE INDEX requirement_origin ON requirement (town_id, origin, id DESC);
CREATE INDEX requirement_batch ON requirement (town_id, batch, id);

-- Numbers are hundredths.  tier_1…3: the thresholds of 基础达标, 提升, 示范; empty: the tier does not
-- ask this indicator.  measure: a ledger answers it, nobody types it.  current is the newest
-- progress, verified the newest that L3 has seen; tier is what verified reaches.
-- @scoped
CREATE TABLE target (
    town_id         BIGINT NOT NULL,
    id              BIGINT NOT NULL,
    unit            BIGINT NOT NULL,
    village         BIGINT NOT NULL,
    requirement     BIGINT,
    heading         TEXT   NOT NULL,
    indicator       TEXT   NOT NULL,
    measure         TEXT,
    unit_of_measure TEXT   NOT NULL,
    direction       TEXT   NOT NULL CHECK (direction IN ('up', 'down')),
    baseline        BIGINT NOT NULL,
    baseline_on     TEXT   NOT NULL,
    goal            BIGINT NOT NULL,
    due_on          TEXT   NOT NULL,
    tier_1          BIGINT,
    tier_2          BIGINT,
    tier_3          BIGINT,
    current         BIGINT,
    current_on      TEXT,
    verified        BIGINT,
    verified_on     TEXT,
    verified_by     BIGINT,
    tier            TEXT,
    batch           TEXT,
    created_by      BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    version         BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, village, heading, indicator)
);
CREATE INDEX target_due ON target (town_id, due_on, id);
CREATE INDEX target_village_due ON target (town_id, village, due_on, id);
CREATE INDEX target_heading_due ON target (town_id, heading, due_on, id);
CREATE INDEX target_requirement ON target (town_id, requirement, village);
CREATE INDEX target_batch ON target (town_id, batch, id);

-- One row a reading; entered by a person, or by the house (by 0) where a ledger answers.
-- @scoped
CREATE TABLE target_progress (
    town_id     BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    target      BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    day         TEXT   NOT NULL,
    value       BIGINT NOT NULL,
    said        TEXT,
    photo       TEXT,
    by          BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    verified_by BIGINT,
    verified_at BIGINT,
    PRIMARY KEY (town_id, id),
    FOREIGN KEY (town_id, target) REFERENCES target (town_id, id)
);
CREATE INDEX target_progress_day ON target_progress (town_id, target, day DESC, id DESC);
CREATE INDEX target_progress_unit ON target_progress (town_id, unit, day DESC, id DESC);

-- 模板: the lines that a village's targets are made from.
CREATE TABLE target_template (
    town_id         BIGINT NOT NULL,
    name            TEXT   NOT NULL,
    position        BIGINT NOT NULL,
    heading         TEXT   NOT NULL,
    indicator       TEXT   NOT NULL,
    measure         TEXT,
    unit_of_measure TEXT   NOT NULL,
    direction       TEXT   NOT NULL CHECK (direction IN ('up', 'down')),
    tier_1          BIGINT,
    tier_2          BIGINT,
    tier_3          BIGINT,
    PRIMARY KEY (town_id, name, position)
);
