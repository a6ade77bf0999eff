-- 0006 问题台账: problems, who held them, their pauses and asks, who reported them, what is watched.

-- live: somebody still has to do something.  office_only: hidden from village posts.  turn: the post
-- that has to move it now ("secretary" … , "handler", empty: nobody).  next_at: when that is due;
-- due_at: the end of the time limit.  ended_at: when it stopped to matter for rates, far ahead
-- while it is live.  due_village: the village that answers for due_at, 0: a department or the town.
-- work_order is kept as of ranked_on (a day's number) and moves with each change and each night.
-- @scoped
CREATE TABLE problem (
    town_id          BIGINT NOT NULL,
    id               BIGINT NOT NULL,
    unit             BIGINT NOT NULL,
    village          BIGINT NOT NULL,
    number           TEXT,
    source           TEXT   NOT NULL,
    category         TEXT   NOT NULL,
    category_version BIGINT NOT NULL,
    focus            TEXT   NOT NULL CHECK (focus IN ('', 'road', 'look', 'air')),
    place            BIGINT,
    place_text       TEXT   NOT NULL,
    lat              BIGINT,
    lng              BIGINT,
    body             TEXT   NOT NULL,
    body_public      BIGINT NOT NULL DEFAULT 0 CHECK (body_public IN (0, 1)),
    severity         BIGINT NOT NULL CHECK (severity BETWEEN 1 AND 3),
    difficulty       BIGINT NOT NULL CHECK (difficulty BETWEEN 1 AND 3),
    office_only      BIGINT NOT NULL CHECK (office_only IN (0, 1)),
    from_resident    BIGINT NOT NULL CHECK (from_resident IN (0, 1)),
    reachable        BIGINT NOT NULL CHECK (reachable IN (0, 1)),
    entered_for      BIGINT NOT NULL CHECK (entered_for IN (0, 1)),
    fixed            BIGINT NOT NULL CHECK (fixed IN (0, 1)),
    drawn            BIGINT NOT NULL DEFAULT 0 CHECK (drawn IN (0, 1)),
    state            TEXT   NOT NULL
        CHECK (state IN ('reported', 'filed', 'dispatched', 'handling', 'handled', 'suspended',
                         'closed', 'rejected', 'merged', 'transferred', 'withdrawn', 'voided')),
    live             BIGINT NOT NULL CHECK (live IN (0, 1)),
    turn             TEXT   NOT NULL,
    handler          BIGINT,
    handler_post     TEXT,
    handler_name     TEXT,
    due_village      BIGINT NOT NULL DEFAULT 0,
    chain            TEXT,
    reported_at      BIGINT NOT NULL,
    filed_at         BIGINT,
    dispatched_at    BIGINT,
    accepted_at      BIGINT,
    handled_at       BIGINT,
    closed_at        BIGINT,
    told_at          BIGINT,
    ended_at         BIGINT NOT NULL,
    start_at         BIGINT,
    limit_n          BIGINT,
    limit_unit       TEXT CHECK (limit_unit IN ('h', 'd', 'u')),
    due_at           BIGINT,
    first_due_at     BIGINT,
    next_at          BIGINT NOT NULL,
    guard_at         BIGINT,
    guarded_at       BIGINT,
    work_ms          BIGINT,
    work_order       BIGINT NOT NULL,
    ranked_on        BIGINT NOT NULL,
    n_extensions     BIGINT NOT NULL DEFAULT 0,
    n_suspensions    BIGINT NOT NULL DEFAULT 0,
    n_returns        BIGINT NOT NULL DEFAULT 0,
    n_reopens        BIGINT NOT NULL DEFAULT 0,
    n_rejects        BIGINT NOT NULL DEFAULT 0,
    n_merged         BIGINT NOT NULL DEFAULT 0,
    rework           BIGINT NOT NULL DEFAULT 0,
    master           BIGINT,
    merged_at        BIGINT,
    ask              TEXT,
    asked_by         BIGINT,
    ask_post         TEXT,
    result           TEXT,
    photo_before     BIGINT,
    photo_after      BIGINT,
    verifier         BIGINT,
    evaluation       TEXT,
    answer           TEXT,
    outcome          TEXT,
    outcome_text     TEXT,
    ext_no           TEXT,
    ext_due          BIGINT,
    batch            TEXT,
    created_by       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL,
    version          BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE UNIQUE INDEX problem_number ON problem (town_id, number);
CREATE UNIQUE INDEX problem_ext_no ON problem (town_id, ext_no);
-- what is open, in the two orders of work and as it came
CREATE INDEX problem_open_work ON problem (town_id, work_order DESC, id) WHERE live = 1;
CREATE INDEX problem_open_due ON problem (town_id, next_at, id) WHERE live = 1;
-- the counts of the saved views: without it the planner walks every closed row for GROUP BY state
CREATE INDEX problem_open_state ON problem (town_id, state, id) WHERE live = 1;
CREATE INDEX problem_open_latest ON problem (town_id, id DESC) WHERE live = 1;
CREATE INDEX problem_village_work ON problem (town_id, village, work_order DESC, id) WHERE live = 1;
CREATE INDEX problem_village_due ON problem (town_id, village, next_at, id) WHERE live = 1;
CREATE INDEX problem_village_open ON problem (town_id, village, id DESC) WHERE live = 1;
CREATE INDEX problem_handler ON problem (town_id, handler, work_order DESC, id) WHERE live = 1;
CREATE INDEX problem_turn ON problem (town_id, turn, work_order DESC, id) WHERE live = 1;
CREATE INDEX problem_rank ON problem (town_id, ranked_on, id) WHERE live = 1;
-- what the saved views count, all of it in the index: in the order of who may see it
CREATE INDEX problem_open_counts ON problem (town_id, unit, office_only, state, handler, ask_post, village,
                                             due_at, ask, asked_by, rework) WHERE live = 1;
CREATE INDEX problem_open_due_at ON problem (town_id, due_at) WHERE live = 1;
-- everything, newest first
CREATE INDEX problem_village ON problem (town_id, village, id DESC);
CREATE INDEX problem_state ON problem (town_id, state, id DESC);
CREATE INDEX problem_village_state ON problem (town_id, village, state, id DESC);
CREATE INDEX problem_ended ON problem (town_id, ended_at, id);
CREATE INDEX problem_like ON problem (town_id, category, reported_at, id) WHERE live = 1;
CREATE INDEX problem_at_place ON problem (town_id, place, reported_at, id) WHERE live = 1;
CREATE INDEX problem_master ON problem (town_id, master, id);
CREATE INDEX problem_by ON problem (town_id, created_by, reported_at);
CREATE INDEX problem_batch ON problem (town_id, batch, id);

-- Who reported it: one row a problem, also of one that was merged.  key: the record's own, wrapped;
-- NULL once it was destroyed, and with it name and phone.
CREATE TABLE problem_reporter (
    town_id    BIGINT NOT NULL,
    problem    BIGINT NOT NULL,
    code       TEXT   NOT NULL,
    key        BLOB,
    name       BLOB,
    phone      BLOB,
    phone_find BLOB,
    tail       TEXT,
    answer     TEXT,
    evaluation TEXT,
    told_at    BIGINT,
    erase_at   BIGINT,
    PRIMARY KEY (town_id, problem),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);
CREATE INDEX problem_reporter_erase ON problem_reporter (town_id, erase_at, problem);
CREATE INDEX problem_reporter_phone ON problem_reporter (town_id, phone_find, problem);

-- Who had it, from when to when: lateness is split by them.  from_at names the stretch.
CREATE TABLE problem_holder (
    town_id     BIGINT NOT NULL,
    problem     BIGINT NOT NULL,
    no          BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    post        TEXT   NOT NULL,
    unit        BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    from_at     BIGINT NOT NULL,
    to_at       BIGINT,
    worked      BIGINT NOT NULL DEFAULT 0 CHECK (worked IN (0, 1)),
    late_ms     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (town_id, problem, no),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);

-- What stopped the clock: suspensions, verifications that failed (given back), extensions.
CREATE TABLE problem_pause (
    town_id   BIGINT NOT NULL,
    problem   BIGINT NOT NULL,
    no        BIGINT NOT NULL,
    kind      TEXT   NOT NULL CHECK (kind IN ('suspend', 'rework', 'extend')),
    from_at   BIGINT NOT NULL,
    to_at     BIGINT,
    left_ms   BIGINT NOT NULL,
    reason    TEXT   NOT NULL,
    plan      TEXT   NOT NULL,
    review_on TEXT,
    by_person BIGINT NOT NULL,
    PRIMARY KEY (town_id, problem, no),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);

-- What was asked and how it was decided; the open one is also named in problem.ask.
CREATE TABLE problem_ask (
    town_id    BIGINT NOT NULL,
    problem    BIGINT NOT NULL,
    no         BIGINT NOT NULL,
    about      TEXT   NOT NULL CHECK (about IN ('extend', 'suspend', 'void')),
    asked_by   BIGINT NOT NULL,
    asked_at   BIGINT NOT NULL,
    reason     TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    plan       TEXT   NOT NULL,
    until_at   BIGINT,
    review_on  TEXT,
    decided_by BIGINT,
    decided_at BIGINT,
    decision   TEXT CHECK (decision IN ('granted', 'refused', 'dropped')),
    PRIMARY KEY (town_id, problem, no),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);

-- The next instant at which a job has to look: "step" nobody files, dispatches, accepts, verifies
-- or tells; "due" the limit's reminder and its rungs; "guard"; "review" of a suspension.
CREATE TABLE problem_watch (
    town_id BIGINT NOT NULL,
    problem BIGINT NOT NULL,
    kind    TEXT   NOT NULL CHECK (kind IN ('step', 'due', 'guard', 'review')),
    at      BIGINT NOT NULL,
    rung    BIGINT NOT NULL,
    PRIMARY KEY (town_id, problem, kind),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);
CREATE INDEX problem_watch_at ON problem_watch (town_id, at, problem, kind);

-- 催办: at most one a day, person and problem.
CREATE TABLE problem_urged (
    town_id BIGINT NOT NULL,
    problem BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    PRIMARY KEY (town_id, problem, person, day)
);
