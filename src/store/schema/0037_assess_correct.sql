-- 0037 更正: what a correction round puts in the place of the published round's input, a row a finding.
-- week: 2026-W23, or K.  n: places or times; num, den: of an automatic item.
-- @scoped
CREATE TABLE assess_correction (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    week       TEXT   NOT NULL,
    item       TEXT   NOT NULL,
    n_was      BIGINT NOT NULL,
    num_was    BIGINT NOT NULL,
    den_was    BIGINT NOT NULL,
    n          BIGINT NOT NULL,
    num        BIGINT NOT NULL,
    den        BIGINT NOT NULL,
    reason     TEXT   NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, round, unit, week, item),
    FOREIGN KEY (town_id, round) REFERENCES assess_round (town_id, id)
);
