-- 0005 问题类别: categories with their limits, the report page's tiles, 常用语.  Each row is a version
-- with the day it begins; of the versions that have begun the last one is in force.
CREATE TABLE category (
    town_id    BIGINT NOT NULL,
    category   TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    from_on    TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    focus      TEXT   NOT NULL CHECK (focus IN ('', 'road', 'look', 'air')),
    river      BIGINT NOT NULL CHECK (river IN (0, 1)),
    time_limit TEXT   NOT NULL,
    guard_u    BIGINT NOT NULL,
    severity   BIGINT NOT NULL CHECK (severity BETWEEN 1 AND 3),
    difficulty BIGINT NOT NULL CHECK (difficulty BETWEEN 1 AND 3),
    handlers   TEXT   NOT NULL,
    automatic  BIGINT NOT NULL CHECK (automatic IN (0, 1)),
    post       TEXT   NOT NULL,
    stopper    TEXT   NOT NULL,
    radius_m   BIGINT NOT NULL,
    age_days   BIGINT NOT NULL,
    hidden     BIGINT NOT NULL CHECK (hidden IN (0, 1)),
    by         BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (town_id, category, version)
);

-- under: the tile whose chip it is, empty for a tile.  shown 0: taken away.
CREATE TABLE tile (
    town_id  BIGINT NOT NULL,
    word     TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    from_on  TEXT   NOT NULL,
    category TEXT   NOT NULL,
    icon     TEXT   NOT NULL,
    under    TEXT   NOT NULL,
    position BIGINT NOT NULL,
    shown    BIGINT NOT NULL CHECK (shown IN (0, 1)),
    by       BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (town_id, word, version)
);

-- category empty: for all.
CREATE TABLE phrase (
    town_id  BIGINT NOT NULL,
    verb     TEXT   NOT NULL,
    category TEXT   NOT NULL,
    words    TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    from_on  TEXT   NOT NULL,
    position BIGINT NOT NULL,
    shown    BIGINT NOT NULL CHECK (shown IN (0, 1)),
    by       BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (town_id, verb, category, words, version)
);
