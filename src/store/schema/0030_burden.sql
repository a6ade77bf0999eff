-- 0030 太重了: which page burdens, counted by month; no person is kept.

CREATE TABLE burden (
    town_id BIGINT NOT NULL,
    month   TEXT   NOT NULL,
    page    TEXT   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, month, page)
);

-- What was said besides, in the order it came.
CREATE TABLE burden_word (
    town_id BIGINT NOT NULL,
    month   TEXT   NOT NULL,
    page    TEXT   NOT NULL,
    no      BIGINT NOT NULL,
    said    TEXT   NOT NULL,
    PRIMARY KEY (town_id, month, page, no)
);
