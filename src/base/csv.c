/* csv.c — reading CSV as WPS, Excel and our own export write it. */
#include "base/csv.h"
#include "base/utf8.h"

Text csv_open(Str b, struct csv *csv)
{
    *csv = (struct csv){.next_line = 1};
    if (b.len > CSV_BYTES_MAX)
        return T("文件太大，一次最多 64 MB");
    if (b.len >= 2 && !memcmp(b.at, "PK", 2))
        return T("这是 XLSX 文件，请另存为“CSV UTF-8（逗号分隔）”再导入");
    if (b.len >= 4 && !memcmp(b.at, "\xD0\xCF\x11\xE0", 4))
        return T("这是旧的 XLS 文件，请另存为“CSV UTF-8（逗号分隔）”再导入");
    if (b.len >= 2 && (!memcmp(b.at, "\xFF\xFE", 2) || !memcmp(b.at, "\xFE\xFF", 2)))
        return T("文件是 UTF-16 编码，请另存为“CSV UTF-8（逗号分隔）”再导入");
    if (b.len >= 3 && !memcmp(b.at, "\xEF\xBB\xBF", 3))
        b.at += 3, b.len -= 3;
    if (!utf8_ok(b))
        return T("文件不是 UTF-8 编码（多半是 GBK），请在 WPS 或 Excel 里另存为“CSV "
                 "UTF-8（逗号分隔）”再导入");
    if (b.len && memchr(b.at, 0, b.len))
        return T("文件里有空字符（NUL），不是表格文件");
    if (!b.len)
        return T("文件是空的");
    csv->rest = b;
    return (Text){0};
}

static bool ends(Str s)
{
    return !s.len || *s.at == ',' || *s.at == '\n' || *s.at == '\r';
}

/* "…""…" → the text; rest moves behind the closing quote. */
static Text quoted(Cx *cx, struct csv *c, Str *cell)
{
    size_t i = 1, doubled = 0, breaks = 0;
    for (;; i++) {
        const char *q = i < c->rest.len ? memchr(c->rest.at + i, '"', c->rest.len - i) : NULL;
        if (!q)
            return T("引号没有配对");
        i = (size_t)(q - c->rest.at);
        if (i + 1 >= c->rest.len || c->rest.at[i + 1] != '"')
            break;
        doubled++, i++;
    }
    *cell = (Str){c->rest.at + 1, i - 1};
    for (size_t j = 0; j < cell->len; j++)
        breaks += cell->at[j] == '\n';
    c->next_line += breaks;
    if (doubled) {
        char *to = arena_copy(&cx->mem, cell->at, cell->len);
        size_t n = 0;
        for (size_t j = 0; j < cell->len; j++) {
            to[n++] = cell->at[j];
            j += cell->at[j] == '"';
        }
        *cell = (Str){to, n};
    }
    c->rest = (Str){c->rest.at + i + 1, c->rest.len - i - 1};
    return ends(c->rest) ? (Text){0} : T("引号后面还有字，这一格的引号要写成两个");
}

static Str plain(struct csv *c)
{
    size_t i = 0;
    while (
        i < c->rest.len && c->rest.at[i] != ',' && c->rest.at[i] != '\n' && c->rest.at[i] != '\r')
        i++;
    Str cell = {c->rest.at, i};
    c->rest = (Str){c->rest.at + i, c->rest.len - i};
    return cell;
}

/* The ' that an export put before a formula. */
static Str unquoted_formula(Str s)
{
    size_t i = 0;
    while (i < s.len && s.at[i] == '\'')
        i++;
    bool ours = i && i < s.len && s.at[i] && strchr("=+-@\t\r", s.at[i]);
    return ours ? (Str){s.at + 1, s.len - 1} : s;
}

bool csv_next(Cx *cx, struct csv *c, Text *why)
{
    *why = (Text){0};
    if (!c->cells)
        c->cells = arena_array(&cx->mem, CSV_CELLS_MAX, sizeof(Str));
    c->n = 0;
    c->line = c->next_line;
    if (!c->rest.len)
        return false;
    for (bool more = true; more;) {
        Str cell;
        if (c->n == CSV_CELLS_MAX)
            return *why = T("列太多，最多 100 列"), false;
        if (c->rest.len && *c->rest.at == '"') {
            *why = quoted(cx, c, &cell);
            if (why->zh)
                return false;
        } else {
            cell = plain(c);
        }
        c->cells[c->n++] = unquoted_formula(cell);
        more = c->rest.len && *c->rest.at == ',';
        if (more)
            c->rest.at++, c->rest.len--;
    }
    if (c->rest.len) {
        size_t n = *c->rest.at == '\r' && c->rest.len > 1 && c->rest.at[1] == '\n' ? 2 : 1;
        c->rest = (Str){c->rest.at + n, c->rest.len - n};
        c->next_line++;
    }
    return true;
}
