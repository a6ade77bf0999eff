// crawl.mjs [HEQING] — somebody of every post, a resident and a second town, over plain HTTP: every
// link, picture and form address on every page they can reach answers, and what people typed never
// stands raw in a page.  Closes with "N passed, N failed".
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const heqing = process.argv[2] ?? 'build/heqing';
const dir = mkdtempSync(join(tmpdir(), 'heqing-crawl-'));
const data = join(dir, 'data');
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
/** In every text that people can type; raw it would be a tag, or would end an attribute. */
const MARK = `<hqX'">`;
const PAGES = 600; // for one person
let passed = 0, failed = 0, port;

function check(what, faults) {
  if (!faults.length) return void passed++;
  failed++;
  console.log(`FAILED: ${what}`);
  for (const f of faults.slice(0, 30)) console.log(`    ${f}`);
}

function ask(method, path, { cookie = '', form } = {}) {
  return new Promise((resolve, reject) => {
    const body = form ? new URLSearchParams(form).toString() : '';
    const headers = { cookie };
    if (form) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) });
    const r = request({ host: '127.0.0.1', port, method, path, agent, headers }, (a) => {
      const parts = [];
      a.on('data', (d) => parts.push(d));
      a.on('end', () => resolve({ status: a.statusCode, headers: a.headers, type: a.headers['content-type'] ?? '',
        body: Buffer.concat(parts).toString('utf8') }));
    });
    r.on('error', reject);
    r.end(body);
  });
}

const plain = (s) => s.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
/** Numbers, days and receipts make no new kind of page. */
const kind = (path) => {
  const url = new URL(path, 'http://x');
  return url.pathname.replace(/\d{4}-\d\d(-\d\d)?/g, '{day}').replace(/\d+(?=[/.]|$)/g, '{n}').replace(/^\/p\/[^/.]+/, '/p/{code}')
    + '?' + [...new Set(url.searchParams.keys())].sort().join('&');
};

const hidden = (html) => ({ csrf: html.match(/name="csrf" value="([^"]*)"/)?.[1], key: html.match(/name="key" value="([^"]*)"/)?.[1] });

async function signIn({ login, password }) {
  const page = await ask('GET', '/login');
  const first = (page.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; ');
  const a = await ask('POST', '/login', { cookie: first, form: { ...hidden(page.body), login, password } });
  if (a.status !== 303) throw new Error(`${login} is not let in: ${a.status}`);
  return { cookie: (a.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; '), at: a.headers.location };
}

/** Every link of every page from there on; two examples of a kind. */
async function walk(starts, cookie) {
  const queue = starts.map((path) => [path, 'the start']), known = new Set(starts), kinds = new Map(), faults = [];
  let n = 0, busy = 0;
  const one = async ([path, from]) => {
    const a = await ask('GET', path, { cookie });
    if (![200, 303].includes(a.status)) return void faults.push(`${a.status} ${path} (linked on ${from})`);
    const next = a.status === 303 ? [a.headers.location] : [];
    if (a.type.startsWith('text/html')) {
      if (a.body.includes('<hqX')) faults.push(`raw words in ${path}: …${a.body.slice(a.body.indexOf('<hqX') - 60).slice(0, 80)}`);
      if (!/<\/html>\s*$/.test(a.body)) faults.push(`${path} has no end`);
      for (const m of a.body.matchAll(/\s(?:href|src)="([^"]*)"/g)) next.push(plain(m[1]));
    }
    for (const to of next) {
      if (!to || /^(https?:|mailto:|tel:|data:|geo:|#)/.test(to)) continue;
      const url = new URL(to, 'http://x' + path), go = url.pathname + url.search;
      if (url.host !== 'x') { faults.push(`${path} leads away to ${to}`); continue; }
      const k = kind(go), seen = kinds.get(k) ?? 0;
      if (known.has(go) || seen >= 2 || go === '/logout') continue;
      known.add(go), kinds.set(k, seen + 1), queue.push([go, path]);
    }
  };
  await new Promise((done, wrong) => {
    const more = () => {
      while (busy < 6 && queue.length && n < PAGES) {
        n++, busy++;
        one(queue.shift()).then(() => { busy--; more(); }, wrong);
      }
      if (!busy && (!queue.length || n >= PAGES)) done();
    };
    more();
  });
  if (queue.length) faults.push(`${queue.length} pages were left when ${PAGES} had been seen`);
  return { faults, n };
}

async function mark(accounts) {
  const report = await ask('GET', '/report');
  const cookie = (report.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; ');
  const a = await ask('POST', '/report', { cookie, form: { ...hidden(report.body), alone: '1', category: '0102', unit: '410108101206000',
    place_text: `桥头${MARK}`, body: `垃圾${MARK}`, name: `甲${MARK}`, phone: '13800000001' } });
  check('a report with marked words is taken', a.status === 303 ? [] : [`${a.status}`]);
  for (const [ledger, csv] of Object.entries({
    place: `unit,kind,name\n410108101206000,road,"路${MARK.replace('"', '""')}"\n`,
    phrase: `verb,code,words,position,shown\n反馈整改,,"语${MARK.replace('"', '""')}",90,1\n`,
    person: `login,name,phone\nmarked,"乙${MARK.replace('"', '""')}",13800000002\n`,
    appointment: 'login,post,unit,place,kind,from_on\nmarked,volunteer,410108101206000,,formal,2026-01-05\n',
  })) {
    const file = join(dir, ledger + '.csv');
    writeFileSync(file, csv);
    const r = spawnSync(heqing, ['import', ledger, file, '--data', data], { encoding: 'utf8' });
    check(`marked words come in as ${ledger}`, r.status === 0 ? [] : [r.stdout + r.stderr]);
  }
  return accounts;
}

const demo = spawnSync(heqing, ['demo', data], { encoding: 'utf8' });
if (demo.status !== 0) throw new Error(demo.stderr);
const [head, ...rows] = readFileSync(join(data, 'accounts.csv'), 'utf8').trim().split('\n').map((l) => l.split(','));
const all = rows.map((r) => Object.fromEntries(head.map((name, i) => [name, r[i]])));
const child = spawn(heqing, ['serve', '--data', data, '--listen', '127.0.0.1:0'],
  { stdio: ['ignore', 'inherit', 'pipe'], env: { ...process.env, HEQING_NO_RATE: '1' } });
let said = '';
port = await new Promise((resolve, reject) => {
  child.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  child.stderr.on('data', (d) => {
    said += d;
    const at = said.match(/ready on http:\/\/127\.0\.0\.1:(\d+)/);
    if (at) resolve(Number(at[1]));
  });
});
try {
  await mark(all);
  const of = new Map(); // one of each post, and one office head of the second town
  for (const a of all) if (!of.has(a.post) && !a.login.startsWith('hyk-')) of.set(a.post, a);
  of.set('the second town’s office', all.find((a) => a.login.startsWith('hyk-') && a.post === 'office_head'));
  let pages = 0;
  const stranger = await walk(['/', '/report', '/p', '/login'], '');
  check('a resident: every link answers', stranger.faults);
  pages += stranger.n;
  for (const [post, account] of of) {
    const { cookie, at } = await signIn(account);
    const { faults, n } = await walk(['/', at], cookie);
    check(`${post} (${account.login}): every link answers`, faults);
    pages += n;
  }
  console.log(`${pages} pages seen by ${of.size + 1} people`);
} finally {
  child.removeAllListeners('exit');
  const gone = new Promise((done) => child.on('exit', done));
  child.kill('SIGTERM');
  check('the server ends well', (await gone) === 0 ? [] : ['no']);
  if (/error|fault/i.test(said)) check('the server complains of nothing', [said.slice(0, 400)]);
  agent.destroy();
  rmSync(dir, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
