-- 0051 专项行动: what it rests on, its days, categories and places; the records that carry it by rule.

-- categories: codes or the two digits of a major, with commas; empty: all.  places: names of units and
-- places as typed; empty: the whole town.
-- @scoped
CREATE TABLE campaign (
    town_id    BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    basis      TEXT   NOT NULL,
    from_on    TEXT   NOT NULL,
    to_on      TEXT   NOT NULL,
    categories TEXT,
    places     TEXT,
    targets    TEXT,
    refreshed  BIGINT NOT NULL DEFAULT 0,
    closed_on  TEXT,
    summary    TEXT,
    batch      TEXT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (town_id, id)
);
CREATE INDEX campaign_from ON campaign (town_id, from_on, id);
CREATE INDEX campaign_to ON campaign (town_id, to_on, id);
CREATE INDEX campaign_batch ON campaign (town_id, batch, id);
CREATE INDEX campaign_refresh ON campaign (town_id, refreshed, id);

-- Its places, looked up: a range of units, or one place.
CREATE TABLE campaign_place (
    town_id  BIGINT NOT NULL,
    campaign BIGINT NOT NULL,
    lo       BIGINT NOT NULL,
    hi       BIGINT NOT NULL,
    place    BIGINT NOT NULL,
    PRIMARY KEY (town_id, campaign, lo, place),
    FOREIGN KEY (town_id, campaign) REFERENCES campaign (town_id, id) ON DELETE CASCADE
);

CREATE TABLE campaign_record (
    town_id  BIGINT NOT NULL,
    campaign BIGINT NOT NULL,
    problem  BIGINT NOT NULL,
    PRIMARY KEY (town_id, campaign, problem)
);
CREATE INDEX campaign_record_problem ON campaign_record (town_id, problem, campaign);
