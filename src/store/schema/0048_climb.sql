-- 0048 逐级提醒、值班: what has climbed to whom, what was told and not read yet; who is on duty, whom one called.

-- One line a person and matter: the highest rung it has reached with them.  Gone when it is moved.
CREATE TABLE climb_line (
    town_id BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    object  BIGINT NOT NULL,
    level   BIGINT NOT NULL CHECK (level BETWEEN 1 AND 6),
    at      BIGINT NOT NULL,
    say     TEXT   NOT NULL,
    about   TEXT   NOT NULL,
    path    TEXT   NOT NULL,
    PRIMARY KEY (town_id, person, object)
);
CREATE INDEX climb_line_object ON climb_line (town_id, object, person);

-- A rung's notices that somebody has to open before at, or the next level up is told.
CREATE TABLE climb_unread (
    town_id BIGINT NOT NULL,
    object  BIGINT NOT NULL,
    mark    TEXT   NOT NULL,
    unit    BIGINT NOT NULL,
    level   BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    urgent  BIGINT NOT NULL CHECK (urgent IN (0, 1)),
    say     TEXT   NOT NULL,
    about   TEXT   NOT NULL,
    path    TEXT   NOT NULL,
    PRIMARY KEY (town_id, object, mark)
);
CREATE INDEX climb_unread_at ON climb_unread (town_id, at, object, mark);
-- who of those told has opened it
CREATE INDEX outbox_about ON outbox (town_id, object, mark, person);

-- 值班: day 08:30–17:30 of a working day, holiday the same hours of a day off, night 17:30–08:30
-- of the day it begins on.  village 0: of the town.
-- @scoped
CREATE TABLE roster (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    village    BIGINT NOT NULL,
    day        TEXT   NOT NULL,
    shift      TEXT   NOT NULL CHECK (shift IN ('day', 'night', 'holiday')),
    level      TEXT   NOT NULL CHECK (level IN ('cadre', 'secretary', 'dept', 'lead', 'office', 'commander')),
    person     BIGINT NOT NULL,
    phone      TEXT   NOT NULL,
    batch      TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE UNIQUE INDEX roster_once ON roster (town_id, day, shift, unit, level, person);
CREATE INDEX roster_day ON roster (town_id, day, id);
CREATE INDEX roster_village_day ON roster (town_id, village, day, id);
CREATE INDEX roster_person ON roster (town_id, person, day, shift);
CREATE INDEX roster_batch ON roster (town_id, batch, id);

-- 呼叫: who was called, when, whether they answered, about what (0: nothing of the books).
CREATE TABLE roster_call (
    town_id   BIGINT NOT NULL,
    roster    BIGINT NOT NULL,
    id        BIGINT NOT NULL,
    object    BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    outcome   TEXT   NOT NULL CHECK (outcome IN ('reached', 'not')),
    note      TEXT   NOT NULL,
    called_by BIGINT NOT NULL,
    PRIMARY KEY (town_id, roster, id),
    FOREIGN KEY (town_id, roster) REFERENCES roster (town_id, id)
);
CREATE INDEX roster_call_object ON roster_call (town_id, object, id);
-- what one person was told about one thing
CREATE INDEX notice_about ON notice (town_id, person, object, id);
