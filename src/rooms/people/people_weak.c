/* people_weak.c — 弱口令: what is guessed first (AUT-1).
 *
 * Not a list of passwords but the rules by which such lists arise: a password falls if it can be
 * cut into pieces that everybody tries — words (below, also with 0 for o and the like), years,
 * days, runs of digits, letters or keys, repetitions, the own name — with hardly anything left. The
 * words and tails alone make far more than the 10,000 entries that a block-list must have; the test
 * counts them. */
#include "rooms/people/people_inner.h"

/* Common the world over, in China, and here (the town's places). */
static const char words[] =
    " password passwort passwd pass word secret letmein welcome login signin admin administrator "
    "root "
    "user guest test testing demo default changeme change master super manager system server "
    "oracle "
    "mysql postgres windows linux ubuntu debian apple google github monkey dragon shadow sunshine "
    "princess football baseball basketball soccer hockey superman batman starwars pokemon iloveyou "
    "love "
    "lovely lover forever friend family mother father summer winter spring autumn monday sunday "
    "january "
    "december hello world freedom whatever trustno access killer hunter ranger tiger lion eagle "
    "flower "
    "butterfly chocolate cookie orange banana purple yellow silver golden diamond internet "
    "computer "
    "samsung huawei xiaomi iphone abc abcd abcde xyz qwe asd zxc qaz wsx edc rfv qwer asdf zxcv "
    "qwert "
    "asdfg zxcvb qwerty asdfgh zxcvbn qwertyui asdfghjk qwertyuiop asdfghjkl zxcvbnm qazwsx "
    "qazwsxedc "
    "woaini woaiwojia woaizuguo wode mima mimamima nihao zhongguo china beijing shanghai guangzhou "
    "shenzhen henan zhengzhou huiji huanghe huayuankou woshi wangwei zhang zhao qian sun li zhou "
    "wu zheng "
    "wang chen yang huang liu lin he gao ma luo liang song tang xu han feng deng cao peng zeng "
    "xiao tian "
    "dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao lei fang hu guo zhu "
    "xiaoming "
    "laoshi baobao baobei mama baba gege jiejie didi meimei pengyou xingfu kuaile fengfu facai "
    "gongxi "
    "guxing guxingzhen heqing hongheiqi zhibu shuji cunzhang zhenzhang zhengfu bangong bangongshi "
    "dangzhibu dangwu dangyuan zhibushuji wangge wanggeyuan huanjing zhili huanjingzhili xishan "
    "lvjing "
    "chengzhuang macun jigongmiao zhangdingbang caoqupo caocunpo nanwang sunzhuang huangheqiao "
    "lingjunyu "
    "nanwangcun cunwei cunweihui shequ jiedao xiangzhen zhenjiang nongcun qingjie jiayuan "
    "qingjiejiayuan "
    "woai ai ni wo de town village heqingtown government office secretary township county "
    "district "
    "密码 口令 管理员 古荥 古荥镇 河清 南王 南王村 孙庄 孙庄村 马村 程庄 程庄村 西山 绿境 纪公庙 "
    "张定邦 曹村坡 黄河桥 岭军峪 "
    "黄河 郑州 惠济 惠济区 河南 中国 我爱你 我爱中国 党支部 书记 村委会 社区 办公室 环境治理 ";

enum { LEFT_OVER = 4, FOLDED_MAX = 512 };

/* Small letters; the digits and signs that stand for letters are tried as letters too. */
static char plain(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static char as_letter(char c)
{
    switch (c) {
    case '0': return 'o';
    case '1': return 'l';
    case '!': return 'i';
    case '3': return 'e';
    case '4':
    case '@': return 'a';
    case '5':
    case '$': return 's';
    case '7': return 't';
    default: return c;
    }
}

static bool same(const char *at, const char *word, size_t n)
{
    bool as_is = true, as_word = true;
    for (size_t i = 0; i < n; i++) {
        as_is &= at[i] == word[i];
        as_word &= as_letter(at[i]) == word[i];
    }
    return as_is || as_word;
}

/* The lengths of all words that stand here, one bit each: the longest is not always the best cut.
 */
static uint64_t word_lengths(const char *at, size_t left, Str own)
{
    uint64_t lengths = 0;

    for (const char *w = words + 1; *w;) {
        size_t n = strcspn(w, " ");
        if (n >= 2 && n <= left && n < 64 && same(at, w, n))
            lengths |= UINT64_C(1) << n;
        w += n + 1;
    }
    for (size_t i = 0; i < own.len;) { /* words of the person's own, parted by blanks */
        size_t n = 0;
        while (i + n < own.len && own.at[i + n] != ' ')
            n++;
        if (n >= 2 && n <= left && n < 64 && same(at, own.at + i, n))
            lengths |= UINT64_C(1) << n;
        i += n + 1;
    }
    return lengths;
}

/* Each character as far from the last as the one before: aaaa, 1234, 4321, 2468. */
static size_t longest_run(const char *at, size_t left)
{
    size_t n = 1;

    if (left < 2)
        return 0;
    int step = at[1] - at[0];
    if (step < -2 || step > 2)
        return 0;
    while (n < left && at[n] - at[n - 1] == step)
        n++;
    return n >= 3 ? n : 0;
}

static const char *const rows[] = {"1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!@#$%^&*()_+"};

/* Neighbours on the keyboard, either way. */
static size_t longest_keys(const char *at, size_t left)
{
    size_t best = 0;

    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const char *row = rows[r], *p;
        size_t len = strlen(row);
        for (p = row; (p = memchr(p, at[0], len - (size_t)(p - row))); p++) {
            size_t i = (size_t)(p - row), n = 1, back = 1;
            while (n < left && i + n < len && at[n] == row[i + n])
                n++;
            while (back < left && i >= back && at[back] == row[i - back])
                back++;
            n = n > back ? n : back;
            best = n > best ? n : best;
        }
    }
    return best >= 3 ? best : 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(const char *at, size_t left)
{
    size_t n = 0;
    while (n < left && is_digit(at[n]))
        n++;
    return n;
}

/* Years 1900–2099 and days that begin with one; the tails 88, 66, 520, 1314 and the like. */
static size_t longest_number(const char *at, size_t left)
{
    static const char *const tails[] = {"520", "521", "1314", "5201314", "666", "888", "999", "168",
        "110", "119", "120", "911", "007"};
    size_t n = digits(at, left), best = 0;

    if (n >= 4 && ((at[0] == '1' && at[1] == '9') || (at[0] == '2' && at[1] == '0')))
        best = n >= 8 ? 8 : n >= 6 ? 6 : 4;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t t = strlen(tails[i]);
        if (t <= n && t > best && memcmp(at, tails[i], t) == 0)
            best = t;
    }
    return best;
}

/* What was just said once more. */
static size_t longest_again(const char *whole, size_t at, size_t len)
{
    for (size_t n = at; n >= 2; n--)
        if (at + n <= len && memcmp(whole + at - n, whole + at, n) == 0)
            return n;
    return 0;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The least that is left when pieces are cut out, over all ways to cut; a character in UTF-8 counts
 * for one. */
static size_t left_over(const char *p, size_t len, Str own)
{
    size_t least[FOLDED_MAX + 1];

    for (size_t i = 0; i <= len; i++)
        least[i] = i;
    for (size_t i = 0; i < len; i++) {
        bool inside = (p[i] & 0xC0) == 0x80; /* later bytes of a character cost nothing */
        size_t cost = least[i] + !inside;
        least[i + 1] = cost < least[i + 1] ? cost : least[i + 1];
        if (inside)
            continue;
        uint64_t cut = word_lengths(p + i, len - i, own);
        size_t n = most(longest_run(p + i, len - i),
            most(longest_keys(p + i, len - i),
                most(longest_number(p + i, len - i), longest_again(p, i, len))));
        for (size_t k = 2; k <= len - i; k++) /* of digits any part: a year may begin inside */
            if (k == n || (k < n && is_digit(p[i])) || (k < 64 && (cut >> k & 1)))
                least[i + k] = least[i] < least[i + k] ? least[i] : least[i + k];
    }
    return least[len];
}

bool people_weak(Str password, Str name, Str login)
{
    char folded[FOLDED_MAX], own[2 * (NAME_MAX * 4 + LOGIN_MAX)];
    size_t n = 0, m = 0;

    if (password.len > FOLDED_MAX)
        return false; /* 128 characters of four bytes fit; no list has it */
    for (; n < password.len; n++)
        folded[n] = plain(password.at[n]);
    for (size_t i = 0; i < name.len && m + 2 < sizeof own; i++)
        own[m++] = plain(name.at[i]);
    own[m++] = ' ';
    for (size_t i = 0; i < login.len && m < sizeof own; i++)
        own[m++] = plain(login.at[i]);
    return left_over(folded, n, (Str){own, m}) < LEFT_OVER;
}
