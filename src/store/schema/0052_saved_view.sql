-- 0052 我的视图: a person's own filters of the problem ledger, named and kept.
CREATE TABLE saved_view (
    town_id BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    query   TEXT   NOT NULL,
    PRIMARY KEY (town_id, person, id)
);
CREATE UNIQUE INDEX saved_view_name ON saved_view (town_id, person, name);
