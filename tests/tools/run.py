#!/usr/bin/env python3
"""run.py BUILD [CONNINFO] — the two build tools: what they must refuse, what they must make.

Each wrong piece of sql_refused.txt and tmpl_refused.txt is to fail at its file and line for its
reason; the pages of tmpl/ are to equal tmpl/golden in both languages; a million values go through
the escapers, and a parser that is not ours reads them back.  With CONNINFO (an empty database of
PostgreSQL) also what only PostgreSQL can refuse.  Closes with "N passed, N failed"."""
import concurrent.futures, filecmp, glob, os, re, subprocess, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
build = os.path.abspath(sys.argv[1])
conninfo = sys.argv[2] if len(sys.argv) > 2 else None
fixture = sorted(glob.glob(here + '/sql/*.sql'))
GCC = ['gcc', '-std=gnu17', '-D_GNU_SOURCE', '-g', '-Wall', '-Wextra', '-Wshadow', '-Wconversion', '-Wvla', '-Werror',
       '-Wno-format-truncation', '-I' + root, '-I' + root + '/src']
SAN = ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all']
PO_HEAD = 'msgid ""\nmsgstr "charset=UTF-8 nplurals=2"\n'


def run(command, **more):
    p = subprocess.run(command, capture_output=True, text=True, errors='replace', **more)
    return p.returncode, p.stdout + p.stderr


def pieces(file, kinds):
    text = open(os.path.join(here, file), encoding='utf-8').read()
    for piece in re.split(r'^(?==(?:%s)(?:=| |$))' % kinds, text, flags=re.M)[1:]:
        head, body = piece.split('\n', 1)
        kind, _, want = head.partition(' ')
        line, _, why = want.partition(': ')
        yield head, kind, line, why, body


def sql_piece(piece):
    head, kind, line, why, body = piece
    with tempfile.TemporaryDirectory() as d:
        room, bad = d + '/problem.sql', d + '/0003_bad.sql'
        open(room, 'w').write(body)
        open(bad, 'w').write(body)
        lite = [build + '/mksql', d] + fixture
        full = [build + '/tests/mksql_pg', conninfo or ''] + fixture + ['--', room]
        if kind == '=c=':
            if not conninfo:
                return None
            code, says = run(full)
        elif kind == '=m=':
            code, says = run(lite + [bad, '--'])
        else:
            code, says = run(lite + ['--', room])
            if kind in ('=p=', '=ok'):
                if code:
                    return 'should build: ' + says
                if not conninfo:
                    return None
                code, says = run(full)
        if kind == '=ok':
            return None if code == 0 else 'should hold: ' + says
        at = '0003_bad.sql' if kind == '=m=' else 'problem.sql'
        right = code == 1 and '%s:%s: ' % (at, line) in says and why in says
        return None if right else 'got %d: %s' % (code, says.strip()[:300])


def tmpl_piece(piece):
    head, kind, line, why, body = piece
    body, _, po = body.partition('=po-is\n')
    with tempfile.TemporaryDirectory() as d:
        include = '{% include "tests/tools/tmpl/views.h" %}' if kind in ('=gcc', '=ok') else ''
        os.mkdir(d + '/gen')
        open(d + '/bad.html', 'w').write(include + (body if kind != '=c' else ''))
        open(d + '/bad.c', 'w').write(body if kind == '=c' else '')
        open(d + '/en.po', 'w').write(PO_HEAD + po)
        code, says = run([build + '/mktmpl', 'gen', 'en.po', 'bad.html', 'bad.c'], cwd=d)
        tool_code = code
        if kind in ('=gcc', '=ok') and code == 0:
            code, says = run(GCC + ['-I.', '-c', 'gen/bad.html.c', '-o', 'bad.o'], cwd=d)
        elif kind == '=gcc':
            return 'refused by the tool: ' + says
        if kind == '=ok':
            return None if code == 0 else 'should pass: ' + says
        # gcc's error names the header's macro, its note the template
        at = re.search(r'bad\.html:%s:' % line, says) and why in says if kind == '=gcc' else \
            re.search(r'(bad\.html|bad\.c|en\.po):%s:.*%s' % (line, re.escape(why)), says)
        right = at and code != 0 and tool_code in (0, 1)
        return None if right else 'got %d: %s' % (code, says.strip()[:300])


def refused(name, file, kinds, one):
    all_of_them = list(pieces(file, kinds))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for piece, wrong in zip(all_of_them, pool.map(one, all_of_them)):
            result('%s %s' % (name, piece[0]), wrong)


passed = failed = 0


def result(name, wrong):
    global passed, failed
    passed, failed = passed + (not wrong), failed + bool(wrong)
    if wrong:
        print('not ok: %s\n    %s' % (name, wrong))


def must(name, command, **more):
    code, says = run(command, **more)
    result(name, says[-2000:] or 'ended with %d' % code if code else None)
    return code == 0


def pages():
    """Made pages, equal to the byte; then whole and harmless for a parser of another house."""
    with tempfile.TemporaryDirectory() as d:
        tmpl = [os.path.relpath(f, root) for f in sorted(glob.glob(here + '/tmpl/*'))
                if f.endswith(('.po', '.html', '.c', '.h'))]
        os.mkdir(d + '/gen')
        if not must('the templates of tests/tools/tmpl are taken', [build + '/mktmpl', d + '/gen'] + tmpl, cwd=root):
            return
        house = [root + '/src/base/' + f for f in ('arena.c', 'html.c', 'text.c')] + [d + '/gen/text.c']
        t = here + '/tmpl/'
        made = [d + '/gen/base.html.c', d + '/gen/problems.html.c', t + 'pages.c', t + 'say.c']
        both = concurrent.futures.ThreadPoolExecutor(2)
        first = both.submit(run, GCC + SAN + ['-I' + d] + house + made + ['-o', d + '/pages'])
        second = both.submit(run, GCC + SAN + ['-I' + d] + house + [t + 'escape.c', '-o', d + '/escape'])
        for name, build_of in (('pages compile', first), ('escapers compile', second)):
            code, says = build_of.result()
            result(name, says[-2000:] if code else None)
            if code:
                return
        os.mkdir(d + '/out')
        must('texts of C and addresses come out right', [d + '/pages', d + '/out'])
        golden = sorted(os.listdir(t + 'golden'))
        for page in golden:
            same = os.path.exists(d + '/out/' + page) and filecmp.cmp(t + 'golden/' + page, d + '/out/' + page, False)
            result('golden page ' + page, None if same else 'differs from tests/tools/tmpl/golden/' + page)
        result('no page without a golden one', None if sorted(os.listdir(d + '/out')) == golden else 'there are others')
        with open(d + '/samples', 'w') as samples:
            code = subprocess.run([d + '/escape', '1000000', '20000'], stdout=samples, stderr=subprocess.DEVNULL).returncode
        result('a million values keep the escapers\' promise', 'ended with %d' % code if code else None)
        with open(d + '/samples') as samples:
            must('every value comes back as text', [sys.executable, t + 'oracle.py'] + glob.glob(d + '/out/*.html'), stdin=samples)


os.environ['ASAN_OPTIONS'] = 'detect_leaks=1'
os.environ['LC_ALL'] = 'C.UTF-8'
refused('mksql', 'sql_refused.txt', '==|m=|p=|c=|ok', sql_piece)
refused('mktmpl', 'tmpl_refused.txt', '==|gcc|c|po|ok', tmpl_piece)
pages()
print('%d passed, %d failed' % (passed, failed))
sys.exit(failed > 0 or passed == 0)
