// doors.mjs [HEQING] — the doors of people, tried from outside on a town of its own: set-up, invitations,
// passwords, sessions, forms, redirects.  Closes with "N passed, N failed".  docs/security.md.
import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const heqing = process.argv[2] ?? 'build/heqing';
const top = mkdtempSync(join(tmpdir(), 'heqing-doors-')), dir = join(top, 'town');
const good = 'kvass orchid lantern 77';
let passed = 0, failed = 0, said = '', base = '';

function check(what, holds, seen = '') {
  if (holds) return void passed++;
  failed++;
  console.log(`FAILED: ${what}${seen === '' ? '' : ` (seen: ${String(seen).slice(0, 200)})`}`);
}

function start(env = {}) {
  const child = spawn(heqing, ['serve', '--data', dir, '--listen', '127.0.0.1:0'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${said.slice(-300)}`)));
    child.stderr.on('data', (d) => {
      said += d;
      const at = String(d).match(/ready on (http:\/\/127\.0\.0\.1:\d+)/);
      if (at) base = at[1], resolve(child);
    });
  });
}
const stop = (child) => new Promise((resolve) => {
  child.removeAllListeners('exit');
  child.on('exit', resolve);
  child.kill('SIGTERM');
});

async function ask(path, { form, cookie, headers = {} } = {}) {
  const r = await fetch(base + path, { method: form ? 'POST' : 'GET', redirect: 'manual',
    headers: { ...(cookie && { cookie }), ...headers }, body: form && new URLSearchParams(form) });
  return { status: r.status, text: await r.text(), to: r.headers.get('location') ?? '',
    set: r.headers.get('set-cookie') ?? '', again: r.headers.get('retry-after') };
}
const hidden = (page, name) => page.text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? '';
// The form of a page, with its token and key, sent.
async function send(page, path, form, more = {}) {
  const p = await ask(page, more);
  return ask(path, { ...more, form: { csrf: hidden(p, 'csrf'), key: hidden(p, 'key'), ...form } });
}
const login = (name, password, form = {}, more) => send('/login', '/login', { login: name, password, next: '', ...form }, more);
const session = (r) => r.set.split(';')[0];

function totp(secret) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// AUT-1, AUT-5, AUT-7, OUT-1: three people set a town up; nothing is twice.
async function set_up(code) {
  const form = { setup_code: code, name1: `<hqX'">赵`, login1: 'zhao', password: good, again: good,
    name2: '钱', login2: 'qian', name3: '孙', login3: 'sun' };
  const set = (more) => send('/setup', '/setup', { ...form, ...more });
  for (const [what, weak] of Object.entries({ short: 'kvass', common: '123456789012', long: 'k'.repeat(129), 'the login': 'zhaozhaozhao' })) {
    const r = await set({ password: weak, again: weak });
    check(`a password that is ${what} is refused by the field`, r.status === 422, r.status);
  }
  const bell = await set({ name1: '赵\u0007' });
  check('a control character in a name is refused', [400, 422].includes(bell.status), bell.status);
  check('a wrong code sets nothing up', (await set({ setup_code: `${code}x` })).status === 410);
  const before = await ask('/setup');
  const done = await set({});
  const links = [...done.text.matchAll(/http:\/\/127\.0\.0\.1:\d+(\/invite\/[\w.-]+)/g)].map((m) => m[1]);
  check('the code sets the town up and gives two invitations', done.status === 200 && links.length === 2, done.status);
  const used = await ask('/setup', { form: { ...form, login1: 'li', csrf: hidden(before, 'csrf'), key: hidden(before, 'key') } });
  check('a code that was used is gone', used.status === 410, used.status);
  check('and so is the page', (await ask('/setup')).status === 410);
  for (let i = 0; i < 3; i++) check('looking at an invitation uses nothing up', (await ask(links[0])).status === 200);
  const take = () => send(links[0], links[0], { password: good, again: good });
  const page = await ask(links[0]); // its token serves again after the link is gone
  check('an invitation sets a password', (await take()).status === 303);
  const twice = await ask(links[0], { form: { csrf: hidden(page, 'csrf'), key: hidden(page, 'key'), password: good, again: good } });
  check('and is gone', twice.status === 410, twice.status);
  return links;
}

// AUT-4, SES-1, OUT-1: the second factor; a session's cookie; what was typed is shown as typed.
async function sessions() {
  const one = await login('zhao', good), two = await login('zhao', good);
  check('the session cookie is HttpOnly, Lax, of the whole site', /^hq=\S+; Path=\/; HttpOnly; SameSite=Lax/.test(one.set), one.set);
  check('each sign-in has a session of its own', session(one) !== session(two));
  const cookie = session(one), other = session(two);
  check('an administrator does nothing before the second factor', (await ask('/people', { cookie })).to === '/account/totp');
  const account = await ask('/account', { cookie });
  check('a name is shown, never run', account.text.includes('&lt;hqX') && !account.text.includes('<hqX'));

  const token = hidden(account, 'csrf'), theirs = hidden(await ask('/account', { cookie: other }), 'csrf');
  const change = (form, headers) => ask('/account/language', { cookie, headers, form: { lang: 'zh', version: 1, ...form } });
  check('a form without a token is refused', (await change({})).status === 403);
  check("another session's token is refused", (await change({ csrf: theirs })).status === 403);
  check('a form from another site is refused', (await change({ csrf: token }, { origin: 'https://evil.example' })).status === 403);
  check('a form the browser calls cross-site is refused', (await change({ csrf: token }, { 'sec-fetch-site': 'cross-site' })).status === 403);
  check('its own is taken', (await change({ csrf: token })).status === 303);
  check('an older version of the form is told', (await change({ csrf: token })).status === 409);

  await ask('/account/totp', { cookie, form: { csrf: token } });
  const secret = (await ask('/account/totp', { cookie })).text.match(/<code class="code"[^>]*>([A-Z2-7 ]+)</)?.[1] ?? '';
  const code = totp(secret);
  check('a code from the phone starts the second factor', (await ask('/account/totp/confirm', { cookie, form: { csrf: token, code } })).status === 200);
  check('the password alone opens nothing any more', !(await login('zhao', good)).set.includes('hq='));
  check('a code that was used opens nothing', !(await login('zhao', good, { code })).set.includes('hq='));

  const fresh = `${good} and more`;
  const r = await ask('/account/password', { cookie, form: { csrf: token, old: good, password: fresh, again: fresh } });
  check('a new password is taken', r.status === 303, r.status);
  check('and ends the other sessions', (await ask('/account', { cookie: other })).status !== 200);
  check('and not this one', (await ask('/account', { cookie })).status === 200);
}

// AUT-3, CSR-2, HDR-2, INP-1
async function strangers() {
  const wrong = await login('qian', 'wrong wrong wrong'), unknown = await login('qiam', 'wrong wrong wrong');
  check('a wrong password and an unknown login look alike', wrong.status === unknown.status
    && wrong.text.length === unknown.text.length, `${wrong.status} ${unknown.status}`);
  const old = await ask('/report', { form: { csrf: 'x'.repeat(32), key: 'k'.repeat(22), body: '井盖坏了一半' } });
  check('a form whose token is over comes back with what was typed', old.status === 403 && old.text.includes('井盖坏了一半'), old.status);
  for (const away of ['//evil.example', '/\\evil.example', 'https://evil.example', '/%09/evil.example']) {
    const to = (await ask(`/look?lang=zh&back=${encodeURIComponent(away)}`)).to;
    check(`no way out by back=${away}`, /^\/(?![/\\])/.test(to) && !/^\/\s/.test(to), to);
  }
  const gbk = await fetch(`${base}/login`, { method: 'POST', body: Buffer.from('login=%C0%EE&password=x'),
    headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  check('bytes that are no UTF-8 are refused in a form', gbk.status === 400, gbk.status);
}

// AUT-2, NET-3, HDR-4: one source tries again and again, under other names and addresses.
async function tries() {
  const page = await ask('/login');
  const form = { csrf: hidden(page, 'csrf'), key: hidden(page, 'key'), next: '', password: 'wrong wrong wrong' };
  let r, n = 0;
  do r = await ask('/login', { form: { ...form, login: `qian${n}` }, headers: { 'x-forwarded-for': `10.0.0.${n}` } });
  while (r.status === 422 && ++n < 40);
  check('a source that only says it is another is told to wait', r.status === 429 && Number(r.again) > 0, `${r.status} after ${n}`);
}

const made = spawnSync(heqing, ['init', dir, '--town', '410108101', '--name', '古荥镇', '--abbr', 'GX'], { encoding: 'utf8' });
const code = made.stdout.match(/410108101\.\w+/)?.[0] ?? '';
check('a town is made', made.status === 0 && code, made.stderr);
try {
  let server = await start({ HEQING_NO_RATE: '1' });
  const links = await set_up(code);
  await sessions();
  await strangers();
  check('it stops well', (await stop(server)) === 0);
  server = await start();
  await tries();
  await stop(server);
  const secrets = [code, good, ...links.map((l) => l.slice(8)), '井盖坏了一半', 'zhao'];
  check('the log has no password, code, token, login or text', !secrets.some((s) => said.includes(s)), secrets.find((s) => said.includes(s)));
  chmodSync(join(dir, 'house.key'), 0o644);
  const open = spawnSync(heqing, ['verify', '--data', dir], { encoding: 'utf8' });
  check('a key that others may read is refused', open.status === 1, open.stdout + open.stderr);
} catch (e) {
  check(`no fault in the test itself: ${e.stack}`, false);
}
rmSync(top, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
