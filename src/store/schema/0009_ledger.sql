-- 0009 what all ledgers share: imports, table files between dry run and confirmation, unmaskings.

-- One row an import: undone as a batch.
CREATE TABLE ledger_batch (
    town_id   BIGINT NOT NULL,
    id        BIGINT NOT NULL,
    ledger    TEXT   NOT NULL,
    batch     TEXT   NOT NULL,
    file      TEXT   NOT NULL,
    person    BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    n_added   BIGINT NOT NULL,
    n_changed BIGINT NOT NULL,
    n_wrong   BIGINT NOT NULL,
    n_undone  BIGINT NOT NULL,
    undone_at BIGINT,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX ledger_batch_at ON ledger_batch (town_id, ledger, at, id);

-- Sealed under a key of its own; gone when it is confirmed, or after a day.
CREATE TABLE ledger_file (
    town_id BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    ledger  TEXT   NOT NULL,
    person  BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    file    TEXT   NOT NULL,
    key     BLOB   NOT NULL,
    body    BLOB   NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX ledger_file_at ON ledger_file (town_id, at, id);

-- How often a person has looked behind the masks on a day.
CREATE TABLE ledger_unmask (
    town_id BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    day     TEXT   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, person, day)
);
