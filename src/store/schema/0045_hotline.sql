-- 0045 12345 热线: what came in the hotline's own list, beside the problem it became.

-- reported_at, category: as the hotline wrote them.
CREATE TABLE hotline (
    town_id     BIGINT NOT NULL,
    problem     BIGINT NOT NULL,
    ext_no      TEXT   NOT NULL,
    reported_at BIGINT,
    category    TEXT,
    created_by  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (town_id, problem),
    FOREIGN KEY (town_id, problem) REFERENCES problem (town_id, id)
);
CREATE UNIQUE INDEX hotline_ext_no ON hotline (town_id, ext_no);
