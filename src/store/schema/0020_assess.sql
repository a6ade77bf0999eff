-- 0020 红黑旗: scoring tables, rounds, what was frozen, results, marks, appeals, consequences.

-- body is the canonical text; once published neither it nor its hash changes.
CREATE TABLE score_table (
    town_id      BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    code         TEXT   NOT NULL,
    edition      TEXT   NOT NULL,
    from_on      TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('draft', 'published')),
    body         TEXT   NOT NULL,
    hash         TEXT   NOT NULL,
    edited_by    BIGINT NOT NULL,
    published_at BIGINT,
    published_by BIGINT,
    updated_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, code, edition)
);

-- A month's round; a correction names the round it corrects.
CREATE TABLE assess_round (
    town_id      BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    month        TEXT   NOT NULL,
    score_table  BIGINT NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('open', 'scored', 'frozen', 'in_appeal', 'final', 'published', 'archived')),
    corrects     BIGINT NOT NULL DEFAULT 0,
    reason       TEXT,
    seed         TEXT   NOT NULL,
    frozen_no    BIGINT NOT NULL DEFAULT 0,
    frozen_at    BIGINT,
    appeal_until BIGINT,
    first_by     BIGINT,
    first_at     BIGINT,
    second_by    BIGINT,
    second_at    BIGINT,
    published_at BIGINT,
    updated_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, month, corrects),
    FOREIGN KEY (town_id, score_table) REFERENCES score_table (town_id, id)
);
CREATE INDEX assess_round_month ON assess_round (town_id, month DESC, id);

-- Each freezing keeps its own input and result; older ones stay.
CREATE TABLE assess_frozen (
    town_id     BIGINT NOT NULL,
    round       BIGINT NOT NULL,
    no          BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    input       TEXT   NOT NULL,
    input_hash  TEXT   NOT NULL,
    result      TEXT   NOT NULL,
    result_hash TEXT   NOT NULL,
    PRIMARY KEY (town_id, round, no),
    FOREIGN KEY (town_id, round) REFERENCES assess_round (town_id, id)
);

-- The newest freezing's result, a row a unit: 红黑旗台账 and the boards read it.
-- @scoped
CREATE TABLE assess_result (
    town_id   BIGINT NOT NULL,
    id        BIGINT NOT NULL,
    round     BIGINT NOT NULL,
    unit      BIGINT NOT NULL,
    month     TEXT   NOT NULL,
    unit_name TEXT   NOT NULL,
    score_group TEXT NOT NULL,
    weeks     TEXT   NOT NULL,
    k         BIGINT NOT NULL,
    score     BIGINT NOT NULL,
    place     BIGINT NOT NULL,
    town_place BIGINT NOT NULL,
    flag      TEXT   NOT NULL CHECK (flag IN ('red', 'black', 'none')),
    decided   TEXT   NOT NULL,
    in_public BIGINT NOT NULL,
    published_at BIGINT,
    input_hash TEXT  NOT NULL,
    PRIMARY KEY (town_id, round, unit),
    FOREIGN KEY (town_id, round) REFERENCES assess_round (town_id, id)
);
CREATE UNIQUE INDEX assess_result_id ON assess_result (town_id, id);
CREATE INDEX assess_result_unit ON assess_result (town_id, unit, month DESC, id DESC);
CREATE INDEX assess_result_list ON assess_result (town_id, month DESC, id DESC);

-- Bonus, penalty, veto: a fact with its paper, in the week it happened; confirmed by another person.
-- zero_items: what falsified evidence was about (codes with blanks).
-- @scoped
CREATE TABLE assess_mark (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    item       TEXT   NOT NULL,
    day        TEXT   NOT NULL,
    paper_no   TEXT,
    said       TEXT   NOT NULL,
    zero_items TEXT,
    confirmed_by BIGINT,
    void_reason TEXT,
    created_by BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX assess_mark_unit ON assess_mark (town_id, unit, day, id);
CREATE INDEX assess_mark_day ON assess_mark (town_id, day, id);

-- 申诉: one a deduction, in the window; the panel votes.
-- @scoped
CREATE TABLE assess_appeal (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    deduct     BIGINT NOT NULL,
    item       TEXT   NOT NULL,
    said       TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('open', 'upheld', 'reduced', 'struck')),
    n_left     BIGINT,
    outcome    TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, round, deduct),
    FOREIGN KEY (town_id, round) REFERENCES assess_round (town_id, id)
);
CREATE INDEX assess_appeal_round ON assess_appeal (town_id, round, state, id);

CREATE TABLE assess_vote (
    town_id BIGINT NOT NULL,
    appeal  BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    choice  TEXT   NOT NULL CHECK (choice IN ('upheld', 'reduced', 'struck')),
    n_left  BIGINT NOT NULL,
    said    TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (town_id, appeal, person),
    FOREIGN KEY (town_id, appeal) REFERENCES assess_appeal (town_id, id)
);

-- 后续: what follows from a flag: plan, talk, circular, proposal; with its owner and date.
-- @scoped
CREATE TABLE assess_duty (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('help_plan', 'rectify', 'on_site', 'talk_lead', 'talk_commander', 'circular', 'demo_site')),
    owner_post BIGINT NOT NULL,
    due_on     TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('open', 'done')),
    said       TEXT,
    done_by    BIGINT,
    done_at    BIGINT,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    FOREIGN KEY (town_id, round) REFERENCES assess_round (town_id, id)
);
CREATE INDEX assess_duty_unit ON assess_duty (town_id, unit, state, id);
CREATE INDEX assess_duty_round ON assess_duty (town_id, round, id);
