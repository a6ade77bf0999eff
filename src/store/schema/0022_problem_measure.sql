-- 0022 测算: what a village answered for, by due time and by the day it was closed.
CREATE INDEX problem_due_village ON problem (town_id, due_village, due_at, id);
CREATE INDEX problem_due_village_closed ON problem (town_id, due_village, closed_at, id);
