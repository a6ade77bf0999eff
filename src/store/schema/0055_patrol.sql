-- 0055 巡查: who walked a road, a ditch or a river section, and points that are looked at again and again.

-- @scoped
CREATE TABLE patrol (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    village    BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    walked_at  BIGINT NOT NULL,
    walked_by  BIGINT NOT NULL,
    note       TEXT,
    problems_n BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX patrol_place ON patrol (town_id, place, walked_at, id);
CREATE INDEX patrol_walked ON patrol (town_id, walked_at, id);
CREATE INDEX patrol_village ON patrol (town_id, village, walked_at, id);

-- What was found on a walk is a problem; walk: told when the walk is over.
CREATE TABLE patrol_finding (
    town_id BIGINT NOT NULL,
    place   BIGINT NOT NULL,
    problem BIGINT NOT NULL,
    by      BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    walk    BIGINT,
    PRIMARY KEY (town_id, place, problem)
);
CREATE INDEX patrol_finding_walk ON patrol_finding (town_id, place, by, walk);

-- A point 点位 of 四乱 or the like: pictures of the same spot hang on the id.  ended_on: it is gone.
-- @scoped
CREATE TABLE patrol_point (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    category   TEXT   NOT NULL,
    problem    BIGINT NOT NULL,
    ended_on   TEXT,
    n_returns  BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    UNIQUE (town_id, place, name)
);
CREATE INDEX patrol_point_open ON patrol_point (town_id, ended_on, place, id);
