-- people.sql — 人员: persons, accounts, proofs, sessions.

-- people_account_new(login_hash blob, person i64) -> move
-- @spread
INSERT INTO account (login_hash, town_id, person) VALUES (:login_hash, :town, :person)
    ON CONFLICT (login_hash) DO NOTHING;

-- people_account_find(login_hash blob) -> one(town_id i64, person i64)
-- @spread
SELECT town_id, person FROM account WHERE login_hash = :login_hash;

-- people_insert(id i64, name text, login text, lang text, secret blob, phone blob?) -> exec
INSERT INTO person (town_id, id, name, login, lang, secret, phone, made_at)
VALUES (:town, :id, :name, :login, :lang, :secret, :phone, :now);

-- people_find(id i64) -> one(id i64, name text, login text, lang text, secret blob?, phone blob?, disabled_at i64?,
--                            made_at i64, version i64)
SELECT id, name, login, lang, secret, phone, disabled_at, made_at, version
  FROM person WHERE town_id = :town AND id = :id;

-- people_by_name(name text, limit i64) -> many(id i64)
SELECT id FROM person WHERE town_id = :town AND name = :name ORDER BY id LIMIT :limit;

-- people_by_login(login text, limit i64) -> many(id i64)
SELECT id FROM person WHERE town_id = :town AND login = :login ORDER BY id LIMIT :limit;

-- people_list(limit i64) -> many(id i64, name text, login text, disabled_at i64?, made_at i64)
SELECT id, name, login, disabled_at, made_at
  FROM person WHERE town_id = :town
 ORDER BY @sort(id = id | name = name, id)
 LIMIT :limit;

-- people_save(id i64, name text, phone blob?, lang text, version i64) -> move
UPDATE person SET name = :name, phone = :phone, lang = :lang, version = version + 1
 WHERE town_id = :town AND id = :id AND version = :version;

-- people_disable(id i64) -> move
UPDATE person SET disabled_at = :now, version = version + 1
 WHERE town_id = :town AND id = :id AND disabled_at IS NULL;

-- people_enable(id i64) -> move
UPDATE person SET disabled_at = NULL, version = version + 1
 WHERE town_id = :town AND id = :id AND disabled_at IS NOT NULL;

-- people_any_credential(limit i64) -> many(person i64)
SELECT person FROM credential WHERE town_id = :town ORDER BY person LIMIT :limit;

-- people_credential_set(person i64, hash text, cheap i64) -> exec
INSERT INTO credential (town_id, person, hash, cheap, changed_at) VALUES (:town, :person, :hash, :cheap, :now)
    ON CONFLICT (town_id, person) DO UPDATE
       SET hash = excluded.hash, cheap = excluded.cheap, changed_at = excluded.changed_at;

-- people_credential(person i64) -> one(hash text, cheap i64, changed_at i64)
SELECT hash, cheap, changed_at FROM credential WHERE town_id = :town AND person = :person;

-- people_session_new(token_hash blob, id i64, person i64, device text) -> exec
INSERT INTO session (town_id, token_hash, id, person, made_at, seen_at, proved_at, device)
VALUES (:town, :token_hash, :id, :person, :now, :now, :now, :device);

-- people_session_find(token_hash blob)
--   -> one(id i64, person i64, made_at i64, seen_at i64, proved_at i64, name text, lang text, disabled_at i64?)
-- @kept
SELECT s.id, s.person, s.made_at, s.seen_at, s.proved_at, p.name, p.lang, p.disabled_at
  FROM session s
  JOIN person p ON p.town_id = :town AND p.id = s.person
 WHERE s.town_id = :town AND s.token_hash = :token_hash;

-- people_session_seen(token_hash blob) -> exec
UPDATE session SET seen_at = :now WHERE town_id = :town AND token_hash = :token_hash;

-- people_session_proved(id i64, person i64) -> move
UPDATE session SET proved_at = :now WHERE town_id = :town AND person = :person AND id = :id;

-- people_session_end(id i64, person i64) -> move
DELETE FROM session WHERE town_id = :town AND person = :person AND id = :id;

-- people_sessions_end(person i64, but i64) -> exec
DELETE FROM session WHERE town_id = :town AND person = :person AND id <> :but;

-- people_sessions(person i64, limit i64) -> many(id i64, made_at i64, seen_at i64, device text)
SELECT id, made_at, seen_at, device FROM session
 WHERE town_id = :town AND person = :person
 ORDER BY id DESC LIMIT :limit;

-- people_sessions_old(before i64, limit i64) -> many(id i64, person i64)
SELECT id, person FROM session WHERE town_id = :town AND seen_at < :before ORDER BY seen_at, id LIMIT :limit;

-- people_scope_posts(person i64) -> many(post text)
-- which posts the person has now, for how long a session may rest
-- @kept
SELECT post FROM scope WHERE town_id = :town AND person = :person LIMIT 200;

-- people_failure(key blob) -> one(n i64, first_at i64, until_at i64)
SELECT n, first_at, until_at FROM login_failure WHERE town_id = :town AND key = :key;

-- people_failure_set(key blob, n i64, first_at i64, until_at i64) -> exec
INSERT INTO login_failure (town_id, key, n, first_at, until_at) VALUES (:town, :key, :n, :first_at, :until_at)
    ON CONFLICT (town_id, key) DO UPDATE SET n = excluded.n, first_at = excluded.first_at, until_at = excluded.until_at;

-- people_failure_drop(key blob) -> exec
DELETE FROM login_failure WHERE town_id = :town AND key = :key;

-- people_failures_old(before i64, limit i64) -> many(key blob)
SELECT key FROM login_failure WHERE town_id = :town AND first_at < :before ORDER BY first_at LIMIT :limit;

-- people_token_new(token_hash blob, kind text, person i64, ends_at i64) -> exec
INSERT INTO token (town_id, token_hash, kind, person, ends_at) VALUES (:town, :token_hash, :kind, :person, :ends_at);

-- people_token_find(token_hash blob) -> one(kind text, person i64, ends_at i64)
SELECT kind, person, ends_at FROM token WHERE town_id = :town AND token_hash = :token_hash;

-- people_token_use(token_hash blob, kind text) -> move
DELETE FROM token WHERE town_id = :town AND token_hash = :token_hash AND kind = :kind;

-- people_tokens_drop(person i64) -> exec
DELETE FROM token WHERE town_id = :town AND person = :person;

-- people_totp_set(person i64, key blob, sealed blob) -> exec
INSERT INTO totp (town_id, person, key, sealed, active, last_step, made_at)
VALUES (:town, :person, :key, :sealed, 0, 0, :now)
    ON CONFLICT (town_id, person) DO UPDATE
       SET key = excluded.key, sealed = excluded.sealed, active = 0, last_step = 0, made_at = excluded.made_at;

-- people_totp(person i64) -> one(key blob, sealed blob, active i64, last_step i64)
SELECT key, sealed, active, last_step FROM totp WHERE town_id = :town AND person = :person;

-- people_totp_used(person i64, step i64) -> move
UPDATE totp SET last_step = :step, active = 1 WHERE town_id = :town AND person = :person AND last_step < :step;

-- people_totp_drop(person i64) -> exec
DELETE FROM totp WHERE town_id = :town AND person = :person;

-- people_recovery_new(person i64, code_hash blob) -> exec
INSERT INTO recovery (town_id, person, code_hash) VALUES (:town, :person, :code_hash);

-- people_recovery_use(person i64, code_hash blob) -> move
DELETE FROM recovery WHERE town_id = :town AND person = :person AND code_hash = :code_hash;

-- people_recovery_drop(person i64) -> exec
DELETE FROM recovery WHERE town_id = :town AND person = :person;

-- people_recovery_left(person i64) -> one(n i64)
SELECT COUNT(code_hash) AS n FROM recovery WHERE town_id = :town AND person = :person;
