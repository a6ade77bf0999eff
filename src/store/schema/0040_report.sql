-- 0040 上报、回执、并案: how a report's place was found, what the phone gave, thanks, neighbours.

-- located: 'plate' 'list' 'near' (chosen among what a position offered) 'typed', empty: before this.
-- lat and lng are WGS-84; given_* is what the phone said, in the datum it called it, given_m its own
-- accuracy in metres.  All positions are forgotten after a month.
ALTER TABLE problem ADD COLUMN located TEXT NOT NULL DEFAULT '';
ALTER TABLE problem ADD COLUMN given_lat BIGINT;
ALTER TABLE problem ADD COLUMN given_lng BIGINT;
ALTER TABLE problem ADD COLUMN given_datum TEXT;
ALTER TABLE problem ADD COLUMN given_m BIGINT;
CREATE INDEX problem_located ON problem (town_id, reported_at, id) WHERE given_lat IS NOT NULL;

-- The last four digits are no column of their own any more: ten thousand values are few, so they are
-- found by two bytes of a keyed hash (some strangers among the hits, told apart by the sealed phone)
-- and shown by opening the phone.
ALTER TABLE problem_reporter ADD COLUMN tail_find BLOB;
UPDATE problem_reporter SET tail = NULL;
CREATE INDEX problem_reporter_tail ON problem_reporter (town_id, tail_find, problem);
CREATE INDEX problem_reporter_tailless ON problem_reporter (town_id, problem) WHERE phone IS NOT NULL AND tail_find IS NULL;

-- 道谢: one for each reporter and matter; person: who had it in hand.
CREATE TABLE problem_thank (
    town_id BIGINT NOT NULL,
    own     BIGINT NOT NULL,
    problem BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    words   TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (town_id, own),
    FOREIGN KEY (town_id, own) REFERENCES problem (town_id, id)
);
CREATE INDEX problem_thank_person ON problem_thank (town_id, person, at, own);

-- How often somebody of the office looked for receipts by four digits of a telephone, a day.
CREATE TABLE problem_search (
    town_id BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (town_id, person, day)
);
