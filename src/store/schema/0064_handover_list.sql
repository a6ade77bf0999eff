-- 0064 交接: the list as it stood when the work moved, and what one of the three objects to it; what has
-- climbed to a person goes with the post, so a line knows its unit.
CREATE TABLE handover_line (
    town_id  BIGINT NOT NULL,
    handover BIGINT NOT NULL,
    no       BIGINT NOT NULL,
    text     TEXT   NOT NULL,
    path     TEXT   NOT NULL,
    PRIMARY KEY (town_id, handover, no)
);

CREATE TABLE handover_note (
    town_id  BIGINT NOT NULL,
    handover BIGINT NOT NULL,
    id       BIGINT NOT NULL,
    person   BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (town_id, handover, id)
);

ALTER TABLE climb_line ADD COLUMN unit BIGINT NOT NULL DEFAULT 0;
CREATE INDEX climb_due_person ON climb_due (town_id, person, unit, object);
