// hostile.mjs [HEQING] — clients that are slow, that lie about lengths, that send too much: against
// the real program, from outside.  Closes with "N passed, N failed".  Security.md NET-1, NET-2, HDR-1.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const heqing = process.argv[2] ?? 'build/heqing';
const dir = mkdtempSync(join(tmpdir(), 'heqing-hostile-'));
let passed = 0, failed = 0;

function check(what, holds, seen = '') {
  if (holds) return void passed++;
  failed++;
  console.log(`FAILED: ${what}${seen === '' ? '' : ` (seen: ${String(seen).slice(0, 200)})`}`);
}

async function start(port = 0, env = {}) {
  const child = spawn(heqing, ['serve', '--data', dir, '--listen', `127.0.0.1:${port}`],
    { stdio: ['ignore', 'inherit', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
    child.stderr.on('data', (d) => {
      said += d;
      const at = said.match(/ready on http:\/\/127\.0\.0\.1:(\d+)/);
      if (at) resolve({ child, port: Number(at[1]) });
    });
  });
}

// Sends pieces, waits for the end of the connection or for ms; what came, and after how long.
function talk(port, pieces, { ms = 5000, every = 0, deaf = false, until } = {}) {
  return new Promise((resolve) => {
    const began = Date.now();
    let got = '', left = [...pieces], timer;
    const socket = connect(port, '127.0.0.1');
    const end = (closed) => {
      clearTimeout(deadline), clearInterval(timer), socket.destroy();
      resolve({ got, closed, ms: Date.now() - began });
    };
    const deadline = setTimeout(() => end(false), ms);
    socket.on('connect', () => {
      if (deaf) socket.pause();
      if (!every) { for (const p of left) socket.write(p); return; }
      timer = setInterval(() => left.length && socket.write(left.shift()), every);
    });
    socket.on('data', (d) => { got += d.toString('latin1'); if (until?.test(got)) end(false); });
    socket.on('error', () => {});
    socket.on('close', () => end(true));
  });
}

const H = 'Host: 127.0.0.1\r\n';
const get = (path, more = '') => `GET ${path} HTTP/1.1\r\n${H}${more}\r\n`;
const status = (r) => Number(r.got.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0);
const form = 'Content-Type: application/x-www-form-urlencoded\r\n';

async function framing(port) {
  const cases = {
    'two Content-Length': `POST /login HTTP/1.1\r\n${H}${form}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    'Content-Length and Transfer-Encoding': `POST /login HTTP/1.1\r\n${H}${form}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'two Host': `GET /healthz HTTP/1.1\r\n${H}${H}\r\n`,
    'no Host': 'GET /healthz HTTP/1.1\r\n\r\n',
    'a foreign Host': 'GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    'a blank before the colon': `POST /login HTTP/1.1\r\n${H}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    'Content-Length that is no number': `POST /login HTTP/1.1\r\n${H}Content-Length: 1x\r\n\r\na`,
    'a negative Content-Length': `POST /login HTTP/1.1\r\n${H}Content-Length: -1\r\n\r\na`,
    'another coding': `POST /login HTTP/1.1\r\n${H}Transfer-Encoding: gzip\r\n\r\na`,
    'a GET with a body': get('/healthz', 'Content-Length: 4\r\n') + 'GET ',
    '%00 in the path': get('/healthz%00x'),
    'an escape that is none': get('/%zz'),
    'bytes that are no UTF-8': get('/?q=%B7%C3'),
    'a full address': 'GET http://127.0.0.1/healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    'sixty-five headers': get('/healthz', 'X: y\r\n'.repeat(65)),
  };
  for (const [what, bytes] of Object.entries(cases)) {
    const r = await talk(port, [bytes], { ms: 3000, until: /\r\n\r\n[^]*<\/html>\s*$/ });
    const s = status(r);
    check(`${what} is refused`, s === 400 || s === 431 || s === 411 || (s === 0 && r.closed), r.got.slice(0, 60));
    // libmicrohttpd 0.9.75 says its own 400 twice; what matters is that nothing behind it is answered.
    const heads = r.got.match(/HTTP\/1\.1 (\d+)/g) ?? [];
    check(`${what} gets no answer but that`, new Set(heads).size <= 1, r.got);
  }
  const folded = await talk(port, [get('/healthz', 'X: one\r\n two\r\n')], { ms: 2000, until: /\r\n\r\nok/ });
  check('a folded header changes no decision', [200, 400].includes(status(folded)), folded.got.slice(0, 40));
}

async function limits(port) {
  let r = await talk(port, [get('/' + 'a'.repeat(1100))], { ms: 3000, until: /<\/html>/ });
  check('a path of 1,100 bytes is refused', status(r) === 414, r.got.slice(0, 40));
  r = await talk(port, [get('/healthz', `X: ${'a'.repeat(20000)}\r\n`)], { ms: 3000 });
  check('headers of 20 KB are refused', status(r) >= 400 || r.closed, r.got.slice(0, 40));
  const big = 'a'.repeat(1 << 20);
  r = await talk(port, [`POST /login HTTP/1.1\r\n${H}${form}Content-Length: ${big.length + 2}\r\n\r\n`, 'b=', big],
    { ms: 8000, until: /<\/html>/ });
  check('a body over 1 MiB is 413 and says so in a page', status(r) === 413 && /<\/html>/.test(r.got), r.got.slice(0, 40));
  r = await talk(port, [`POST /login HTTP/1.1\r\n${H}${form}Content-Length: 99999999999\r\n\r\n`], { ms: 3000, until: /<\/html>/ });
  check('an announced monster is 413 at once', status(r) === 413, r.got.slice(0, 40));
  const fields = Array.from({ length: 201 }, (_, i) => `f${i}=1`).join('&');
  r = await talk(port, [`POST /login HTTP/1.1\r\n${H}${form}Content-Length: ${fields.length}\r\n\r\n${fields}`],
    { ms: 3000, until: /<\/html>/ });
  check('201 fields are refused', [413, 403].includes(status(r)), r.got.slice(0, 40));
  for (const p of ['/healthz', '/nothing', '/nothing.json', '/static/heqing.css']) {
    r = await talk(port, [get(p, 'Connection: close\r\n')], { ms: 3000 });
    check(`${p} bears the headers`, /Content-Security-Policy: default-src 'none'/.test(r.got)
      && /X-Content-Type-Options: nosniff/.test(r.got) && !/unsafe-/.test(r.got) && !/Server:/i.test(r.got), r.got.slice(0, 80));
  }
  const line = `GET /healthz HTTP/1.1\r\n${H}\r\n`;
  r = await talk(port, [line.repeat(20)], { ms: 2000, until: /(ok\n[^]*){20}/ });
  check('twenty requests in one piece get twenty answers', (r.got.match(/ 200 OK/g) ?? []).length === 20);
}

async function slow(port) {
  const bytes = (s) => [...s];
  const post = `POST /login HTTP/1.1\r\n${H}${form}`;
  const modes = {
    'a client that says nothing': [[''], { every: 1000 }, 12],
    'a header byte a second': [bytes(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'a'.repeat(99)}`), { every: 1000 }, 13],
    'headers without end': [[`GET / HTTP/1.1\r\n${H}`, ...Array(98).fill('X: y\r\n')], { every: 1000 }, 13],
    'a body byte a second': [[`${post}Content-Length: 1000\r\n\r\n`, ...'a'.repeat(99)], { every: 1000 }, 20],
    'a chunk a second': [[`${post}Transfer-Encoding: chunked\r\n\r\n`, ...Array(99).fill('1\r\na\r\n')], { every: 1000 }, 20],
    'an idle connection': [[get('/healthz')], {}, 19],
    'a reader that does not read': [[get('/static/heqing.css').repeat(400)], { deaf: true }, 18],
  };
  let quick = 0, n = 0, going = true;
  const good = (async () => {
    while (going) {
      const r = await talk(port, [get('/healthz', 'Connection: close\r\n')], { ms: 3000 });
      n++, quick += status(r) === 200 && r.ms < 500;
      await new Promise((again) => setTimeout(again, 200));
    }
  })();
  await Promise.all(Object.entries(modes).map(async ([what, [pieces, how, seconds]]) => {
    // Fifty of each, so that they would be felt.
    const all = await Promise.all(Array.from({ length: 50 }, () => talk(port, pieces, { ...how, ms: seconds * 1000 + 500 })));
    if (how.deaf) return; // seen from this side a paused socket never ends
    const late = all.filter((r) => !r.closed || r.ms > seconds * 1000);
    check(`${what} is cut within ${seconds} s`, late.length === 0, late.length && `${late.length} of 50, ${late[0].ms} ms`);
  }));
  going = false;
  await good;
  check('meanwhile a good client is answered', n > 20 && quick >= n * 0.98, `${quick} of ${n}`);
}

writeFileSync(join(dir, 'heqing.db'), '');
const made = spawnSync(heqing, ['migrate', '--data', dir], { encoding: 'utf8' });
check('a database can be made', made.status === 0, made.stderr);
let server = await start(0, { HEQING_NO_RATE: '1' });
try {
  await framing(server.port);
  await limits(server.port);
  await slow(server.port);
  const rss = existsSync(`/proc/${server.child.pid}/status`)
    && Number(readFileSync(`/proc/${server.child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1]);
  check('memory stays small', !rss || rss < 200 * 1024, `${rss} kB`);
} catch (e) {
  check(`no fault in the test itself: ${e.stack}`, false);
}
server.child.removeAllListeners('exit');
const began = Date.now();
const code = await new Promise((resolve) => { server.child.on('exit', resolve), server.child.kill('SIGTERM'); });
check('SIGTERM ends it well, soon', code === 0 && Date.now() - began < 10000, `${code} after ${Date.now() - began} ms`);
rmSync(dir, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
