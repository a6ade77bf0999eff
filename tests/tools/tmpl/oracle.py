"""oracle.py FILE… < SAMPLES — a parser that is not ours reads what our writers wrote.

Each sample: whatever the value was, the tags are those of the template and the value comes back.
Each FILE (a whole page): tags nest, and no marker became a tag or an attribute."""
import sys, urllib.parse
from html.parser import HTMLParser

VOID = set('area br col hr img input link meta source track wbr path use'.split())

class Reader(HTMLParser):
    CDATA_CONTENT_ELEMENTS = ('script', 'style')
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.seen, self.text, self.open = [], [''], []
    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs)); self.text.append('')
        if tag not in VOID: self.open.append(tag)
    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, attrs)); self.text.append('')
    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop(); self.text.append('')
    def handle_data(self, data): self.text[-1] += data
    def handle_comment(self, data): raise AssertionError('a comment')
    def handle_decl(self, decl): assert decl == 'doctype html', decl
    def unknown_decl(self, data): raise AssertionError('unknown declaration')
    def handle_pi(self, data): raise AssertionError('a processing instruction')

def read(html):
    r = Reader(); r.feed(html); r.close()
    assert not r.open, r.open
    return r

n = 0
for line in sys.stdin:
    value, page = (bytes.fromhex(x).decode('latin-1') for x in line.rstrip('\n').split(' '))
    r = read(page)
    tags = [t for t, _ in r.seen]
    assert tags == ['p', 'a', 'a', 'textarea', 'i'], (tags, value)
    assert r.seen[0][1] == [('title', value)], (r.seen[0], value)
    assert r.text[1] == value, (r.text, value)
    href = r.seen[1][1][0][1]
    assert href in ('#', value), (href, value)
    if href != '#' and href:
        u = urllib.parse.urlsplit(href) if '[' not in href and ']' not in href else None
        assert u is None or u.scheme in ('', 'http', 'https', 'mailto', 'tel'), href
        assert not (u and not u.scheme and u.netloc), href
    path, q = r.seen[2][1][0][1].split('?q=')
    assert urllib.parse.unquote_to_bytes(q).decode('latin-1') == value
    assert path.startswith('/p/') and '/' not in path[3:] and path[3:] not in ('', '.', '..')
    assert r.text[-2] == 'end' or 'end' in r.text, r.text
    n += 1
for f in sys.argv[1:]:
    r = read(open(f, encoding='utf-8', newline='').read())
    for tag, attrs in r.seen:
        assert not tag.startswith('hqx') and tag not in ('style', 'iframe'), tag
        for k, v in attrs:
            assert not k.startswith('on') and 'hqx' not in k, k
            assert not (k in ('href', 'src', 'action') and v.lower().startswith('javascript')), v
    for i, (tag, attrs) in enumerate(r.seen):
        if tag == 'script':
            assert dict(attrs).get('src', '').startswith('/'), attrs
print('oracle: %d samples, %d pages' % (n, len(sys.argv) - 1))
