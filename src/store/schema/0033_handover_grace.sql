-- 0033 交接: who gave a post up keeps the account until they have confirmed, or some days have gone by.

CREATE INDEX handover_old ON handover (town_id, from_person, id);
