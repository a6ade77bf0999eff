-- 0050 领导小组、调度会、交办: members by post, meetings with their agenda, decisions that are tasks.

-- Which posts belong to the leading group; a town without rows has the usual ones.
CREATE TABLE leading_post (
    town_id BIGINT NOT NULL,
    post    TEXT   NOT NULL,
    PRIMARY KEY (town_id, post)
);

-- present: persons' ids with commas, among the members of that day.
CREATE TABLE meeting (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    held_on    TEXT   NOT NULL,
    begins     TEXT   NOT NULL,
    place      TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('draft', 'held')),
    presider   BIGINT NOT NULL,
    recorder   BIGINT NOT NULL,
    present    TEXT   NOT NULL,
    minutes    TEXT   NOT NULL,
    made_by    BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    held_at    BIGINT,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX meeting_held ON meeting (town_id, held_on, id);

-- The agenda as it was drafted; object with its page, 0: what somebody added by hand.
CREATE TABLE meeting_item (
    town_id  BIGINT NOT NULL,
    meeting  BIGINT NOT NULL,
    no       BIGINT NOT NULL,
    kind     TEXT   NOT NULL CHECK (kind IN ('task', 'late', 'ask', 'appeal', 'requirement', 'other')),
    object   BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    path     TEXT   NOT NULL,
    decision TEXT   NOT NULL,
    PRIMARY KEY (town_id, meeting, no),
    FOREIGN KEY (town_id, meeting) REFERENCES meeting (town_id, id)
);

-- 交办: a decision with its owner and its day.  unit: where the owner works.
-- @scoped
CREATE TABLE task (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    meeting    BIGINT NOT NULL,
    item       BIGINT NOT NULL,
    held_on    TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    owner      BIGINT NOT NULL,
    due_on     TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('open', 'reported', 'closed')),
    report     TEXT,
    reported_at BIGINT,
    closed_by  BIGINT,
    closed_at  BIGINT,
    made_by    BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX task_open ON task (town_id, due_on, id) WHERE state <> 'closed';
CREATE INDEX task_owner ON task (town_id, owner, due_on, id) WHERE state <> 'closed';
CREATE INDEX task_meeting ON task (town_id, meeting, id);
CREATE INDEX task_due ON task (town_id, due_on, id);
