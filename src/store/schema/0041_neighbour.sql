-- 0041 相邻乡镇: which towns lie around and whom one calls there.  shape: points of theirs near ours.
CREATE TABLE neighbour (
    town_id    BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    tel        TEXT   NOT NULL,
    shape      TEXT   NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, name)
);
