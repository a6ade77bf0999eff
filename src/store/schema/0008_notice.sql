-- 0008 消息: the in-app inbox, and the outbox that channels read.

-- mark: told once a person, object and key; empty: always.
CREATE TABLE notice (
    town_id BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    say     TEXT   NOT NULL,
    about   TEXT   NOT NULL,
    object  BIGINT NOT NULL,
    path    TEXT   NOT NULL,
    seen    BIGINT NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
    PRIMARY KEY (town_id, person, id)
);
CREATE INDEX notice_new ON notice (town_id, person, id DESC) WHERE seen = 0;

-- Written in the transaction of what it tells; a job that holds the lease delivers it.
CREATE TABLE outbox (
    town_id BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    say     TEXT   NOT NULL,
    about   TEXT   NOT NULL,
    object  BIGINT NOT NULL,
    path    TEXT   NOT NULL,
    mark    TEXT   NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (town_id, id)
);
CREATE UNIQUE INDEX outbox_once ON outbox (town_id, person, object, mark);
CREATE INDEX outbox_waits ON outbox (town_id, id) WHERE sent_at IS NULL;
