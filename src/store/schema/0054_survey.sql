-- 0054 大会诊: the town's leaders walk villages, streets, enterprises and sites.

-- A round 轮次.
CREATE TABLE survey_round (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    from_on    TEXT   NOT NULL,
    to_on      TEXT   NOT NULL,
    led_by     BIGINT NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('planned', 'walking', 'closed')),
    started_at BIGINT,
    closed_at  BIGINT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, name)
);
CREATE INDEX survey_round_from ON survey_round (town_id, from_on, id);
CREATE INDEX survey_round_state ON survey_round (town_id, state, from_on, id);

-- Who walks.
CREATE TABLE survey_walker (
    town_id BIGINT NOT NULL,
    round   BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    PRIMARY KEY (town_id, round, person),
    FOREIGN KEY (town_id, round) REFERENCES survey_round (town_id, id)
);

-- The route, in the order of no.  place: absent where the stop is the unit itself.  The name is
-- kept as it was when the round was planned.  result: absent until somebody was there or says why
-- nobody was.  Pictures hang on the id.
-- @scoped
CREATE TABLE survey_stop (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    no         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    village    BIGINT NOT NULL,
    place      BIGINT,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    planned_on TEXT   NOT NULL,
    result     TEXT CHECK (result IN ('visited', 'not_visited')),
    visited_at BIGINT,
    visited_by BIGINT,
    note       TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    FOREIGN KEY (town_id, round) REFERENCES survey_round (town_id, id)
);
CREATE INDEX survey_stop_no ON survey_stop (town_id, round, no, id);
CREATE INDEX survey_stop_planned ON survey_stop (town_id, planned_on, id);
CREATE INDEX survey_stop_village ON survey_stop (town_id, village, planned_on, id);

-- What was found at a stop is a problem from the first moment.
CREATE TABLE survey_finding (
    town_id BIGINT NOT NULL,
    round   BIGINT NOT NULL,
    stop    BIGINT NOT NULL,
    problem BIGINT NOT NULL,
    by      BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (town_id, round, problem),
    FOREIGN KEY (town_id, stop) REFERENCES survey_stop (town_id, id)
);
CREATE INDEX survey_finding_stop ON survey_finding (town_id, stop, problem);
