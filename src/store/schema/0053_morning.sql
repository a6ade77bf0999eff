-- 0053 晨报: the figures of a day as they stood at 07:30, from 17:30 of the day before.
CREATE TABLE morning (
    town_id    BIGINT NOT NULL,
    day        TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    since_at   BIGINT NOT NULL,
    n_reported BIGINT NOT NULL,
    n_filed    BIGINT NOT NULL,
    n_handled  BIGINT NOT NULL,
    n_closed   BIGINT NOT NULL,
    n_newly_late BIGINT NOT NULL,
    n_open     BIGINT NOT NULL,
    n_late     BIGINT NOT NULL,
    n_asks     BIGINT NOT NULL,
    n_waiting  BIGINT NOT NULL,
    PRIMARY KEY (town_id, day)
);
