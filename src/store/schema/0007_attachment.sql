-- 0007 照片: which record has which picture.  The bytes lie in the data folder (store/files.h).

-- @scoped
CREATE TABLE attachment (
    town_id     BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object      BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('before', 'after', 'check', 'add')),
    hash        TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    small_hash  TEXT   NOT NULL,
    small_bytes BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    cleared     BIGINT NOT NULL DEFAULT 0,
    redacted    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (town_id, id)
);
CREATE UNIQUE INDEX attachment_object ON attachment (town_id, object, hash);
CREATE INDEX attachment_hash ON attachment (town_id, hash);
