-- 0003 人员: persons, accounts, how they prove who they are, sessions.

-- The front desk: which town a login name belongs to.  Spread by its own key.
CREATE TABLE account (
    login_hash BLOB   NOT NULL,
    town_id    BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    PRIMARY KEY (login_hash)
);

-- secret: the person's own key, wrapped; NULL once the person was erased.  phone is sealed with it.
CREATE TABLE person (
    town_id     BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    login       TEXT   NOT NULL,
    lang        TEXT   NOT NULL DEFAULT '' CHECK (lang IN ('', 'zh', 'en')),
    secret      BLOB,
    phone       BLOB,
    disabled_at BIGINT,
    made_at     BIGINT NOT NULL,
    version     BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX person_name ON person (town_id, name, id);
CREATE INDEX person_login ON person (town_id, login, id);

-- cheap: made by the demonstration or a test; never asked for a second factor.
CREATE TABLE credential (
    town_id    BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    hash       TEXT   NOT NULL,
    cheap      BIGINT NOT NULL CHECK (cheap IN (0, 1)),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, person)
);

-- The second factor; last_step: the newest code that was used, so none is used twice.
CREATE TABLE totp (
    town_id   BIGINT NOT NULL,
    person    BIGINT NOT NULL,
    key       BLOB   NOT NULL,
    sealed    BLOB   NOT NULL,
    active    BIGINT NOT NULL CHECK (active IN (0, 1)),
    last_step BIGINT NOT NULL,
    made_at   BIGINT NOT NULL,
    PRIMARY KEY (town_id, person)
);
CREATE TABLE recovery (
    town_id   BIGINT NOT NULL,
    person    BIGINT NOT NULL,
    code_hash BLOB   NOT NULL,
    PRIMARY KEY (town_id, person, code_hash)
);

CREATE TABLE session (
    town_id    BIGINT NOT NULL,
    token_hash BLOB   NOT NULL,
    id         BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    proved_at  BIGINT NOT NULL,
    device     TEXT   NOT NULL,
    PRIMARY KEY (town_id, token_hash)
);
CREATE INDEX session_person ON session (town_id, person, id);
CREATE INDEX session_seen ON session (town_id, seen_at, id);

-- Wrong passwords of one login and source, whether the login exists or not; kept with town 0.
CREATE TABLE login_failure (
    town_id  BIGINT NOT NULL,
    key      BLOB   NOT NULL,
    n        BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, key)
);
CREATE INDEX login_failure_first ON login_failure (town_id, first_at);

-- Invitations and resets, and the first set-up of a town (person 0); gone when used.
CREATE TABLE token (
    town_id    BIGINT NOT NULL,
    token_hash BLOB   NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('invite', 'reset', 'setup')),
    person     BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    PRIMARY KEY (town_id, token_hash)
);
CREATE INDEX token_person ON token (town_id, person);
CREATE INDEX token_ends ON token (town_id, ends_at);
