-- 0010 宣传台账: banners, boards, leaflets, broadcasts.
-- @scoped
CREATE TABLE publicity (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    village    BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    place      TEXT   NOT NULL,
    n_pieces   BIGINT NOT NULL,
    done_on    TEXT   NOT NULL,
    photo      TEXT   NOT NULL,
    removed_on TEXT,
    batch      TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX publicity_done ON publicity (town_id, done_on, id);
CREATE INDEX publicity_village_done ON publicity (town_id, village, done_on, id);
CREATE INDEX publicity_batch ON publicity (town_id, batch, id);
