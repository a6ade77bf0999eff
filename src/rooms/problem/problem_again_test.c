/* problem_again_test.c — the same thing twice, receipts found again, thanks, pieces of pictures. */
#include "rooms/problem/problem_test.h"

#include "rooms/problem/problem_like.h"
#include "rooms/problem/problem_receipt.h"
#include "rooms/problem/problem_same.h"
#include "rooms/problem/problem_view.h"

#include <unistd.h>

/* Another width is another picture. */
static Str photo_of(Cx *cx, uint32_t width)
{
    Str photo;
    int fd = picture_jpeg(&(struct picture){.width = width, .height = 72});
    assert_int_equal(photo_take(cx, fd, (int64_t)picture_size(fd), &photo), OK);
    close(fd);
    return photo;
}

static struct problem_receipt like_that(Cx *cx, int64_t same_as)
{
    struct problem_new in = a_problem();
    in.same_as = same_as;
    Str photo = photo_of(cx, 96);
    in.phone = S("138 0000 4321");
    in.before = (struct photo_hashes){&photo, 1};
    return reported(cx, in);
}

static void who_knows_it_again_follows_with_a_code_of_their_own(void **state)
{
    Cx *cx = *state;
    struct problem_receipt first = handled(cx, a_problem()), second = like_that(cx, first.id);
    struct attachments photos;
    struct problem_follow f;
    assert_state(cx, second.id, "merged");
    assert_int_equal(the_case(cx, first.id).n_merged, 1);
    assert_int_equal(attachment_of(cx, first.id, &photos), OK);
    assert_true(str_eq(photos.at[photos.n - 1].kind, S("add")));
    DOES(cx, DEPT_ZHAO, first.id, "pass", NOTHING);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_follow(cx, second.code, &f), OK);
    assert_int_equal(f.state, CLOSED);
    assert_false(str_eq(first.code, second.code));
    struct problem_reporters who;
    assert_int_equal(problem_reporters(cx, first.id, &who), OK);
    assert_int_equal(who.n, 2);
    assert_int_equal(who.n_told, 0);
    assert_int_equal(problem_told_own(cx, f.own), OK);
    assert_int_equal(problem_told_own(cx, first.id), OK);
    assert_int_equal(problem_reporters(cx, first.id, &who), OK);
    assert_int_equal(who.n_told, 2);
    assert_int_equal(who.n_phone, 1);
}

static bool told_of(const struct problem_follow *f, const char *words)
{
    bool is = str_has(f->body, words);
    for (size_t i = 0; i < f->events.n; i++)
        is |= str_has(f->events.at[i].said, words);
    return is;
}

static void who_follows_learns_the_answer_and_nothing_of_the_other_reporter(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    Str photo = a_photo(cx);
    in.body = S("我家就在灯下面，穿红衣服的是我");
    in.before = (struct photo_hashes){&photo, 1};
    struct problem_receipt first = reported(cx, in), second = like_that(cx, first.id);
    struct problem_follow f;
    SAYS(cx, first.code, "comment", .text = TEXT("我白天不在家"));
    DOES(cx, SECRETARY_QIAN, first.id, "file", NOTHING);
    DOES(cx, SECRETARY_QIAN, first.id, "dispatch", .handler = some_i64(CADRE_SUN));
    DOES(cx, CADRE_SUN, first.id, "accept", NOTHING);
    DOES(cx, CADRE_SUN, first.id, "feed_back", .text = TEXT("已修好"),
        .photo = some_str(photo_of(cx, 48)));
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_follow(cx, second.code, &f), OK);
    assert_true(f.follows && f.id == first.id);
    assert_true(told_of(&f, "路灯不亮") && told_of(&f, "已修好")); /* their own words, the answer */
    assert_false(told_of(&f, "红衣服") || told_of(&f, "不在家"));
    for (size_t i = 0; i < f.photos.n; i++)
        assert_true(f.photos.at[i].object == second.id || str_eq(f.photos.at[i].kind, S("after")));
    assert_int_equal(f.photos.n, 2);
    assert_int_equal(problem_follow(cx, first.code, &f), OK);
    assert_true(told_of(&f, "红衣服") && told_of(&f, "不在家") && told_of(&f, "已修好"));
}

static Str who_said(const struct problem_follow *f, const char *words)
{
    for (size_t i = 0; i < f->events.n; i++)
        if (str_has(f->events.at[i].said, words))
            return f->events.at[i].who;
    return (Str){0};
}

/* Both speak by a code, without an account: the history tells them apart and names neither. */
static void the_first_reporter_does_not_read_a_followers_words_as_their_own(void **state)
{
    Cx *cx = *state;
    struct problem_receipt first = dispatched(cx, a_problem()), second = like_that(cx, first.id);
    struct problem_follow f;
    DOES(cx, CADRE_SUN, first.id, "accept", NOTHING);
    SAYS(cx, first.code, "comment", .text = TEXT("我先看见的"));
    SAYS(cx, second.code, "comment", .text = TEXT("晚上更黑"));
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_follow(cx, first.code, &f), OK);
    assert_true(str_eq(who_said(&f, "我先看见的"), S("上报人")));
    assert_true(str_eq(who_said(&f, "晚上更黑"), S("另一位居民")));
    cx->lang = LANG_EN;
    assert_int_equal(problem_follow(cx, first.code, &f), OK);
    assert_true(str_eq(who_said(&f, "晚上更黑"), S("another resident")));
    cx->lang = LANG_ZH;
    for (size_t i = 0; i < f.events.n; i++) /* the verb's own word, not "other" */
        assert_false(str_eq(say(cx, f.events.at[i].label), S("其他")));
}

static void a_branch_moves_with_its_followers_and_comes_back_with_them(void **state)
{
    Cx *cx = *state;
    struct problem_receipt top = reported(cx, a_problem()), middle = reported(cx, a_problem()),
                           low = like_that(cx, middle.id);
    struct problem_follow f;
    assert_int_equal(the_case(cx, middle.id).n_merged, 1);
    DOES(cx, SECRETARY_QIAN, middle.id, "merge", .master = some_i64(top.id));
    assert_int_equal(the_case(cx, top.id).n_merged, 2);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_follow(cx, low.code, &f), OK);
    assert_int_equal(f.id, top.id);
    DOES(cx, OFFICE_ZHENG, middle.id, "unmerge", .text = TEXT("不是同一件"));
    assert_int_equal(the_case(cx, top.id).n_merged, 0);
    assert_int_equal(problem_follow(cx, low.code, &f), OK);
    assert_int_equal(f.id, middle.id);
}

static void like_words_in_one_village_are_like_and_a_category_name_alone_is_not(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    struct like likes[LIKES_MAX];
    size_t n;
    in.place = S("东头老槐树旁边");
    in.body = S("变压器底下的路灯坏了三天没人修");
    struct problem_receipt one = reported(cx, in);
    struct like_ask ask = {.category = S("6103"),
        .unit = NANWANG,
        .at = cx->now,
        .place_text = S("老槐树"),
        .body = S("老槐树变压器底下路灯坏了三天，没人修")};
    assert_int_equal(problem_likes_find(cx, &ask, likes, &n), OK);
    assert_int_equal(n, 1);
    assert_int_equal(likes[0].id, one.id);
    assert_true(likes[0].same_words);
    ask.body = S("路灯不亮");
    ask.place_text = S("西头");
    assert_int_equal(problem_likes_find(cx, &ask, likes, &n), OK);
    assert_int_equal(n, 0);
    ask.body = in.body;
    ask.unit = SUNZHUANG;
    assert_int_equal(problem_likes_find(cx, &ask, likes, &n), OK);
    assert_int_equal(n, 0);
}

static void the_office_finds_a_receipt_by_four_digits_and_nobody_sweeps_them(void **state)
{
    Cx *cx = *state;
    struct problem_receipt mine = like_that(cx, 0);
    struct receipts found;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_receipts_by_tail(cx, S("4321"), S(""), &found), ERR_INVALID);
    assert_int_equal(problem_receipts_by_tail(cx, S("432x"), S("来电"), &found), ERR_INVALID);
    assert_int_equal(problem_receipts_by_tail(cx, S("4321"), S("来电"), &found), OK);
    assert_int_equal(found.n, 1);
    assert_true(str_eq(found.at[0].code, mine.code));
    assert_int_equal(problem_receipts_by_tail(cx, S("1234"), S("来电"), &found), OK);
    assert_int_equal(found.n, 0);
    for (int i = 2; i < SEARCHES_A_DAY; i++)
        assert_int_equal(problem_receipts_by_tail(cx, S("0000"), S("来电"), &found), OK);
    assert_int_equal(problem_receipts_by_tail(cx, S("0000"), S("来电"), &found), ERR_FORBIDDEN);
}

static void thanks_are_said_once_and_stand_on_the_page_of_who_did_it(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = handled(cx, a_problem());
    struct problem_thanks thanks;
    SAYS(cx, r.code, "thank", .text = TEXT("谢谢，办得好"));
    assert_int_equal(
        says(cx, r.code, "thank", (struct problem_fields){.text = TEXT("再谢一次")}), ERR_CONFLICT);
    sign_in(cx, CADRE_SUN);
    assert_int_equal(problem_thanks(cx, &thanks), OK);
    assert_int_equal(thanks.n, 1);
    assert_true(str_eq(thanks.at[0].words, S("谢谢，办得好")));
    sign_in(cx, CADRE_ZHOU);
    assert_int_equal(problem_thanks(cx, &thanks), OK);
    assert_int_equal(thanks.n, 0);
}

static void pairs_are_shown_once_and_the_younger_goes_under_the_older(void **state)
{
    Cx *cx = *state;
    struct problem_receipt a = reported(cx, a_problem()), b = reported(cx, a_problem());
    struct same_pairs pairs;
    struct same_mergeds merged;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_pairs(cx, &pairs), OK);
    assert_int_equal(pairs.n, 1);
    assert_int_equal(pairs.at[0].one.id, b.id);
    assert_int_equal(pairs.at[0].other.id, a.id);
    DOES(cx, OFFICE_ZHENG, b.id, "merge", .master = some_i64(a.id));
    assert_int_equal(problem_pairs(cx, &pairs), OK);
    assert_int_equal(pairs.n, 0);
    assert_int_equal(problem_mergeds(cx, &merged), OK);
    assert_int_equal(merged.n, 1);
    assert_true(merged.at[0].may_undo);
}

/* A picture of two thousand bytes and more, in two pieces. */
static void a_picture_in_pieces_goes_on_where_it_stopped_and_is_taken_once(void **state)
{
    Cx *cx = *state;
    int fd = picture_jpeg(&(struct picture){.width = 320, .height = 240});
    int64_t size = (int64_t)picture_size(fd), half = size / 2;
    struct piece p = {.key = S("0123456789abcdefghijkl"), .total = size, .fd = fd, .size = half};
    struct pieces have;
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(photo_piece(cx, &p, &have), OK);
    assert_int_equal(have.have, half);
    assert_int_equal(photo_piece(cx, &p, &have), ERR_CONFLICT); /* the same one again */
    assert_int_equal(have.have, half);
    assert_int_equal(photo_pieces(cx, p.key, 0, &have), OK);
    assert_int_equal(have.have, half);
    p.offset = half;
    p.size = size - half;
    assert_int_equal(lseek(fd, half, SEEK_SET), half);
    assert_int_equal(photo_piece(cx, &p, &have), OK);
    assert_int_equal(have.hash.len, 64);
    Str hash = have.hash;
    assert_int_equal(photo_piece(cx, &p, &have), OK); /* its answer was lost */
    assert_true(str_eq(have.hash, hash));
    p.key = S("bad key");
    assert_int_equal(photo_piece(cx, &p, &have), ERR_INVALID);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(who_knows_it_again_follows_with_a_code_of_their_own),
        IN_TOWN(who_follows_learns_the_answer_and_nothing_of_the_other_reporter),
        IN_TOWN(the_first_reporter_does_not_read_a_followers_words_as_their_own),
        IN_TOWN(a_branch_moves_with_its_followers_and_comes_back_with_them),
        IN_TOWN(like_words_in_one_village_are_like_and_a_category_name_alone_is_not),
        IN_TOWN(the_office_finds_a_receipt_by_four_digits_and_nobody_sweeps_them),
        IN_TOWN(thanks_are_said_once_and_stand_on_the_page_of_who_did_it),
        IN_TOWN(pairs_are_shown_once_and_the_younger_goes_under_the_older),
        IN_TOWN(a_picture_in_pieces_goes_on_where_it_stopped_and_is_taken_once),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
