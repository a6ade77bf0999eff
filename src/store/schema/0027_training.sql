-- 0027 培训·观摩学习: trainings and visits, who was due, who came, what was learned.

-- unit: who holds it (the town or a village); everybody who works there sees it.
-- posts: codes of the posts that must come, with commas.  times: 1, or how many an opening figure
-- stands for; approx: 余, at least so many.  code: what the sheet's QR carries.
CREATE TABLE training (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('training', 'visit')),
    title      TEXT   NOT NULL,
    held_on    TEXT   NOT NULL,
    begins     TEXT,
    ends       TEXT,
    place      TEXT   NOT NULL,
    host       TEXT   NOT NULL,
    teacher    TEXT,
    posts      TEXT,
    material   TEXT,
    photo      TEXT,
    cost       BIGINT,
    learned    TEXT,
    opening    BIGINT,
    times      BIGINT,
    approx     BIGINT,
    code       TEXT   NOT NULL,
    batch      TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX training_held ON training (town_id, held_on, id);
CREATE INDEX training_kind ON training (town_id, kind, held_on, id);
CREATE INDEX training_batch ON training (town_id, batch, id);

-- Who was due (the posts' holders at that time) and who came.  person 0: a guest, by name alone,
-- sealed under a key of its own.
CREATE TABLE training_attend (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    training   BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    due        BIGINT NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('due', 'present', 'leave', 'absent', 'made_up')),
    said       TEXT,
    guest      BLOB,
    key        BLOB,
    at         BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id),
    FOREIGN KEY (town_id, training) REFERENCES training (town_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX training_attend_person ON training_attend (town_id, training, person)
 WHERE person > 0;
CREATE INDEX training_attend_training ON training_attend (town_id, training, state, id);
CREATE INDEX training_attend_who ON training_attend (town_id, person, state, training);
