#!/usr/bin/env python3
"""run.py [ROWS] — the measures of design/performance.md: product and comparator in turn, A B A B,
three pairs, one line a measure:

    name  product(min/med/max)  comparator(min/med/max)  ratio(min/med/max)  goal  met|missed

Figures of one round on a shared machine swing; only the ratios inside one interleaved round mean
anything.  Data: the demonstration town and ROWS more reports, made through the front door.
Exit 0 also where a goal is missed: that is a finding, tests/bench/README.md says why."""
import contextlib, glob, os, re, resource, shutil, signal, socket, statistics, subprocess, sys, tempfile, time, urllib.parse, urllib.request

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(root)
ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
ONLY = re.compile(sys.argv[2]) if len(sys.argv) > 2 else None
PAIRS, SECONDS = 3, int(os.environ.get('BENCH_SECONDS', '2'))
heqing, t = 'build/heqing', 'build/tests/'
tmp = tempfile.mkdtemp(prefix='heqing-bench.', dir='/dev/shm' if os.access('/dev/shm', os.W_OK) else None)
shim = os.path.abspath(t + 'slowsync.so')
missed = 0


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def process(command, ready=None, port=None, **env):
    p = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if ready else subprocess.DEVNULL,
                         env={**os.environ, **env}, text=True)
    try:
        if ready:
            for line in p.stderr:
                if ready in line:
                    break
            else:
                raise SystemExit('did not start: ' + ' '.join(command))
            os.set_blocking(p.stderr.fileno(), False)
        elif port:
            for _ in range(200):
                with socket.socket() as s:
                    if s.connect_ex(('127.0.0.1', port)) == 0:
                        break
                time.sleep(0.02)
        yield p
    finally:
        p.send_signal(signal.SIGTERM)
        try:
            p.wait(10)
        except subprocess.TimeoutExpired:
            p.kill()


@contextlib.contextmanager
def served(data=None, db=None, **env):
    port = free_port()
    log = open(tmp + '/served.log', 'w')
    command = [heqing, 'serve', '--data', data or tmp + '/data', '--listen', '127.0.0.1:%d' % port, '--proxies', '127.0.0.1']
    p = subprocess.Popen(command + (['--db', db] if db else []), stdout=log, stderr=log,
                         env={**os.environ, 'HEQING_NO_RATE': '1', **env}) # the buckets would be measured, not the pages
    try:
        for _ in range(400):
            if 'ready on' in open(tmp + '/served.log').read():
                break
            if p.poll() is not None:
                raise SystemExit(open(tmp + '/served.log').read())
            time.sleep(0.01)
        yield port, p
    finally:
        p.send_signal(signal.SIGTERM)
        p.wait(20)
        log.close()


def wrk(port, path, connections, cookies=None, seconds=SECONDS, header=None):
    """Requests a second, p99 in ms; answers other than 200/304 are an error."""
    env = {**os.environ, **({'BENCH_COOKIES': cookies} if cookies else {})}
    said = subprocess.run(['wrk', '-t', '2', '-c', str(connections), '-d', '%ds' % seconds, '--timeout', '10s', '--latency',
                           '-s', 'tests/bench/sources.lua', *(['-H', header] if header else []),
                           'http://127.0.0.1:%d%s' % (port, path)], capture_output=True, text=True, env=env).stdout
    wrong = re.search(r'Non-2xx or 3xx responses: (\d+)', said)
    if wrong:
        print('# %s of these were refused:' % wrong.group(1))
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', said).group(1))
    p99 = re.search(r'99%\s+([\d.]+)(us|ms|s)', said)
    return rate, float(p99.group(1)) * {'us': 1e-3, 'ms': 1, 's': 1e3}[p99.group(2)]


def reports(port, connections, seconds=SECONDS):
    said = subprocess.run([t + 'report', str(port), str(connections), str(seconds)], capture_output=True, text=True).stdout
    n = dict(zip(*[iter(said.split())] * 2))
    if int(n['refused']):
        print('# %s reports were refused' % n['refused'])
    return float(n['per_s']), float(n['p99']), float(n['p50'])


def rawsync(**env):
    said = subprocess.run([t + 'rawsync', tmp + '/raw', str(SECONDS)], capture_output=True, text=True, env={**os.environ, **env}).stdout.split()
    return float(said[1]), float(said[3])


def three(values):
    v = sorted(values)
    return '%s/%s/%s' % tuple(('%.3g' if x < 100 else '%.0f') % x for x in (v[0], statistics.median(v), v[-1]))


def line(name, product, comparator, goal, least=True):
    """goal: the ratio to reach (least) or not to pass; without comparator the product's own figure."""
    global missed
    ratio = [a / b for a, b in zip(product, comparator)] if comparator else product
    got = statistics.median(ratio)
    met = got >= goal if least else got <= goal
    missed += not met
    print('%-44s %-22s %-22s %-18s %s %-6g %s' % (name, three(product), three(comparator) if comparator else '-',
          three(ratio) if comparator else '-', '≥' if least else '≤', goal, 'met' if met else 'missed'), flush=True)


def pairs(product, comparator):
    a, b = [], []
    for _ in range(PAIRS):
        a.append(product())
        b.append(comparator())
    return a, b


def fetch(port, path, cookie=None):
    head = 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sConnection: close\r\n\r\n' % (path, port, 'Cookie: %s\r\n' % cookie if cookie else '')
    with socket.create_connection(('127.0.0.1', port)) as s:
        s.sendall(head.encode())
        whole = b''
        while chunk := s.recv(65536):
            whole += chunk
    return whole.replace(b'Connection: close\r\n', b'')


def sign_in(port):
    """A file with 400 cookies of office and village staff: each may ask 20 pages a second."""
    page = fetch(port, '/login').decode('utf-8', 'replace')
    value = lambda name: re.search(r'name="%s" value="([^"]*)"' % name, page).group(1)
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *a): return None
    opener = urllib.request.build_opener(Stay)
    staff = [r.split(',')[:2] for r in open(tmp + '/data/accounts.csv', encoding='utf-8')
             if re.search(',(office|lead|dept|secretary),410108101', r)]
    cookies = []
    for i in range(400):
        login, password = staff[i % len(staff)]
        key = value('key')[:12] + '%010x' % i
        form = urllib.parse.urlencode({'csrf': value('csrf'), 'key': key, 'login': login, 'password': password})
        try:
            opener.open(urllib.request.Request('http://127.0.0.1:%d/login' % port, form.encode(),
                                               {'X-Forwarded-For': '10.77.%d.%d' % (i // 200, i % 200 + 1)}))
        except urllib.error.HTTPError as e:
            if e.code == 303:
                cookies.append(e.headers['Set-Cookie'].split(';')[0])
    if len(cookies) < 200:
        raise SystemExit('only %d of 400 could sign in' % len(cookies))
    open(tmp + '/cookies', 'w').write('\n'.join(cookies) + '\n')
    return tmp + '/cookies'


def rss_mb(pid):
    pids = [str(pid)] + open('/proc/%d/task/%d/children' % (pid, pid)).read().split()
    return sum(int(re.search(r'Pss:\s+(\d+)', open('/proc/%s/smaps_rollup' % p).read()).group(1)) for p in pids) / 1024


def against_bare(name, port, path, cookie, goal, connections=32, header=None):
    answer = tmp + '/answer'
    whole = fetch(port, path, cookie and open(cookie).readline().strip())
    open(answer, 'wb').write(whole)
    other = free_port()
    with process([t + 'bare', str(other), answer], port=other):
        a, b = pairs(lambda: wrk(port, path, connections, cookie, header=header), lambda: wrk(other, path, connections))
    line(name + ' %.1f KB' % (len(whole) / 1024), [x[0] for x in a], [x[0] for x in b], goal)


def fill():
    """As a town's ledger is after some years: nearly everything is closed, 500 or so are open."""
    subprocess.run([heqing, 'demo', tmp + '/data'], check=True, capture_output=True)
    with served() as (port, _):
        at, made = time.time(), 0
        while made < ROWS:
            rate, _p99, _p50 = reports(port, 64, max(1, min(20, int((ROWS - made) / 4000))))
            made += int(rate * max(1, min(20, int((ROWS - made) / 4000))))
        print('# %d reports more, made in %.0f s through POST /report' % (made, time.time() - at))
    subprocess.run(['sqlite3', tmp + '/data/heqing.db', "UPDATE problem SET live = 0, state = 'closed', ended_at = reported_at + 86400000"
                    " WHERE length(body) = 22 AND id %% %d <> 0;" % max(1, made // 300)], check=True)


def many_connections(port):
    """No step may fall below half of the best.  The generator itself and the kernel do: each step is
    held against the bare server's at the same number of connections."""
    answer, other = tmp + '/answer', free_port()
    open(answer, 'wb').write(fetch(port, '/static/heqing.css'))
    rates, bare = {c: [] for c in (8, 32, 256, 1000)}, {c: [] for c in (8, 32, 256, 1000)}
    with process([t + 'bare', str(other), answer], port=other):
        for _ in range(PAIRS):
            for c in rates:
                rates[c].append(wrk(port, '/static/heqing.css', c)[0])
                bare[c].append(wrk(other, '/static/heqing.css', c)[0])
    print('# connections in turn: ' + ', '.join('%d: %s (bare %s)' % (c, three(v), three(bare[c])) for c, v in rates.items()))
    step = {c: statistics.median(a / b for a, b in zip(rates[c], bare[c])) for c in rates}
    line('8-32-256-1000 conn. ÷ bare: worst ÷ best', [min(step.values()) / max(step.values())] * 3, None, 0.5)


def pages():
    with served() as (port, p):
        time.sleep(1)
        line('idle memory, MB (server and photo helper)', [rss_mb(p.pid) for _ in range(3)], None, 20, least=False)
        cookie = sign_in(port)
        against_bare('list of 50 rows ÷ bare, 32 conn.', port, '/problems', cookie, 0.30)
        against_bare('resident form ÷ bare, 32 conn.', port, '/report', None, 0.30)
        against_bare('kept file (css) ÷ bare, 32 conn.', port, '/static/heqing.css', None, 0.8)
        sizes = {}
        for path in ('/report', '/problems', '/me', '/board'):
            sizes[path] = len(fetch(port, path, open(cookie).readline().strip())) / 1024
        print('# bytes a page, KB: ' + ', '.join('%s %.1f' % s for s in sizes.items()))
        many_connections(port)


def start():
    def ready():
        at = time.perf_counter()
        with served():
            return (time.perf_counter() - at) * 1e3
    def empty():
        at = time.perf_counter()
        for _ in range(20):
            subprocess.run([t + 'empty'])
        return (time.perf_counter() - at) * 1e3 / 20
    def help_verb():
        at = time.perf_counter()
        for _ in range(20):
            subprocess.run([heqing, 'help'], stdout=subprocess.DEVNULL)
        return (time.perf_counter() - at) * 1e3 / 20
    a, b = pairs(help_verb, empty)
    line('heqing help ÷ empty with same libraries, ms', a, b, 3, least=False)
    line('serve: start to ready, ms', [ready() for _ in range(3)], None, 2000, least=False)


def writes():
    slow = {'LD_PRELOAD': shim, 'SLOWSYNC_US': '2000'}
    with served(**slow) as (port, _):
        for connections, goal in ((1, 0.85), (16, 8), (64, 20)):
            a, b = pairs(lambda: reports(port, connections), lambda: rawsync(**slow))
            line('durable reports/s ÷ raw syncs, %d writers' % connections, [x[0] for x in a], [x[0] for x in b], goal)
            if connections == 64:
                line('write p99, 64 writers ÷ one raw sync (p99)', [x[1] for x in a], [x[1] for x in b], 10, least=False)
        cookie = sign_in(port)
        def loaded():
            writer = subprocess.Popen([t + 'report', str(port), '64', str(SECONDS + 1)], stdout=subprocess.DEVNULL)
            time.sleep(0.5)
            got = wrk(port, '/problems', 8, cookie)[1]
            writer.wait()
            return got
        a, b = pairs(loaded, lambda: wrk(port, '/problems', 8, cookie)[1])
        line('page p99 while 64 write ÷ alone, ms', a, b, 4, least=False)
    with served() as (port, _):
        a, b = pairs(lambda: reports(port, 64)[0], lambda: rawsync()[0])
        line('the same at this disk (tmpfs), 64 writers', a, b, 0.01)


def judged_round():
    """200 villages × 60 items × 4 weeks and the month's end (tests/bench/round.c)."""
    got = [dict(l.split() for l in subprocess.run([t + 'round'], check=True, capture_output=True, text=True).stdout.splitlines())
           for _ in range(PAIRS)]
    of = lambda what: [float(g[what]) for g in got]
    line('a round scored, frozen and shown, ms', of('shown'), None, 1000, least=False)
    line('reckon() ÷ a plain loop over its rows, ms', of('reckon'), of('plain'), 3, least=False)


def flood():
    """10,000 reports from one source and telephone, as fast as sixteen connections can, against the
    reports of four other residents; the token buckets are on."""
    slow = {'LD_PRELOAD': shim, 'SLOWSYNC_US': '2000', 'HEQING_NO_RATE': '0'}
    with served(**slow) as (port, _):
        def flooded():
            one = {**os.environ, 'REPORT_FROM': '203.0.113.9', 'REPORT_MOST': '10000'}
            p = subprocess.Popen([t + 'report', str(port), '16', '60'], stdout=subprocess.PIPE, text=True, env=one)
            got = reports(port, 4)[2]
            sent = p.communicate()[0].split()
            print('# the flood: %s taken, %s refused' % (sent[1], sent[3]))
            return got
        a, b = pairs(flooded, lambda: reports(port, 4)[2])
        line("others' report in a flood ÷ usual, median ms", a, b, 2, least=False)


try:
    subprocess.run(['tools/build.sh', 'build'], check=True)
    print('# %s, %d cores, %s; %d s a run, %d pairs' % (time.strftime('%Y-%m-%d'), os.cpu_count(), os.uname().release, SECONDS, PAIRS))
    parts = [part for part in (start, pages, writes, flood, judged_round) if not ONLY or ONLY.search(part.__name__)]
    if parts != [judged_round]: # it makes a town of its own
        fill()
    for part in parts:
        part()
    print('# %d goals missed' % missed)
finally:
    shutil.rmtree(tmp, ignore_errors=True)
