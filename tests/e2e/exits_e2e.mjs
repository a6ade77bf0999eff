// exits_e2e.mjs — what ends or waits needs a second person and is said in public; what was well done is thanked for;
// who goes hands over: on a phone, in both languages, without script.
import assert from "node:assert/strict";
import { PHONE, act, as, clean, healthy, press, shot, told, write } from "./house.mjs";

const WAYS = [
  { way: "zh", lang: "zh-CN", locale: "zh-CN", how: {}, unit: "410108101206000" },
  { way: "en", lang: "en", locale: "en-GB", how: {}, unit: "410108101207000" },
  { way: "en, no script", lang: "en", locale: "en-GB", how: { javaScriptEnabled: false }, unit: "410108101200000" },
];
const day = n => new Date(Date.now() + n * 864e5 + 8 * 36e5).toISOString().slice(0, 10);
const gone = async (page, at) => { await page.go(at); return page.textContent("main"); };

for (const { way, lang, locale, how, unit } of WAYS) {
  const said = (zh, en) => lang === "en" ? en : zh;
  /** A resident's matter in the hands of that village's secretary, who has taken it. */
  const inHand = async (house, words) => {
    const office = await as(house, locale, "office_head", undefined, how);
    const hand = house.account("secretary", unit), { code, id } = await told(house, office, unit, write(words));
    house.run("problem", id, "file", "--as", "lisi");
    house.run("problem", id, "dispatch", hand.login, "--as", "lisi");
    house.run("problem", id, "accept", "--as", hand.login);
    return { office, secretary: await as(house, locale, "secretary", unit, how), resident: await house.person({ ...PHONE, locale, ...how }), code, id };
  };

  test(`a suspension needs a reason, a plan, a day and a second person, and is said in public (${way})`, async house => {
    const { office, secretary, resident, code, id } = await inHand(house, `等资金 ${way}`), at = `/problems/${id}/suspend_ask`;
    await secretary.go(`/problems/${id}?do=suspend_ask`);
    const form = secretary.locator(`form[action="${at}"]`).first(), plan = write("秋后立项换新灯杆");
    await form.locator("[name=reason]").selectOption("money");
    await form.locator("[name=plan]").fill(plan);
    await form.locator("[name=review_on]").fill(day(-3));
    await press(secretary, form.locator("button[type=submit]").last());
    assert.match(await secretary.locator(".errs").innerText(), said(/再看的日子/, /day of the next look/));
    assert.equal(await secretary.locator(`form[action="${at}"] [name=plan]`).first().inputValue(), plan, "what was typed is kept");
    assert.equal(await secretary.locator(`form[action="${at}"] [name=reason]`).first().inputValue(), "money", "what was chosen too");
    assert.match(await secretary.locator(`form[action="${at}"] .bad-say`).first().innerText(), said(/再看的日子/, /next look/));
    secretary.context().wrong.length = 0; // 422
    await act(secretary, at, f => f.locator("[name=review_on]").fill(day(30)));
    assert.equal(await secretary.locator(`form[action="/problems/${id}/suspend_grant"]`).count(), 0, "nobody decides their own");
    assert.doesNotMatch(await gone(resident, "/p/" + code), new RegExp(plan), "not before it is decided");

    await office.go(`/problems/${id}`);
    await clean(office, "a suspension asked for", lang);
    await shot(office, `suspend-${way}`);
    await act(office, `/problems/${id}/suspend_grant`);
    assert.match(await gone(resident, "/p/" + code), new RegExp(plan));
    assert.equal(await resident.locator(".note", { hasText: plan }).count(), 1);
    assert.match(await resident.textContent("main"), said(/要经费/, /money|funds/i));
    await clean(resident, "suspended, to its reporter", lang);
    await shot(resident, `suspended-${way}`);
    await office.go(`/problems/${id}?do=resume`);
    await act(office, `/problems/${id}/resume`);
    await resident.go("/p/" + code);
    assert.equal(await resident.locator(".note", { hasText: plan }).count(), 0, "the work goes on; its history keeps what was said");
    healthy(office, secretary, resident);
  });

  test(`a void needs a reason and a second person, and its reporter reads why (${way})`, async house => {
    const { office, secretary, resident, code, id } = await inHand(house, `空报 ${way}`), why = write("到现场看过，没有这回事");
    assert.equal(await secretary.locator(`form[action="/problems/${id}/void_ask"]`).count(), 0, "not by who has the work");
    await office.go(`/problems/${id}?do=void_ask`);
    await act(office, `/problems/${id}/void_ask`, form => form.locator("[name=text]").fill(why));
    await office.go(`/problems/${id}`);
    assert.equal(await office.locator(`form[action="/problems/${id}/void_grant"]`).count(), 0, "nobody decides their own");
    const other = await as(house, locale, "office", undefined, how);
    await other.go(`/problems/${id}`);
    await clean(other, "a void asked for", lang);
    await act(other, `/problems/${id}/void_grant`, form => form.locator("[name=text]").fill(why));
    assert.match(await gone(resident, "/p/" + code), new RegExp(why));
    await clean(resident, "void, to its reporter", lang);
    await shot(resident, `void-${way}`);
    healthy(office, other, resident);
  });

  test(`thanks are said once and read by who did it (${way})`, async house => {
    const { office, secretary, resident, code, id } = await inHand(house, `办得好 ${way}`);
    await secretary.go(`/problems/${id}?do=feed_back`);
    await act(secretary, `/problems/${id}/feed_back`, async form => {
      await form.locator("input[type=file]").first().setInputFiles(await house.photo());
      await form.locator("[name=text]").fill(write("灯换好了"));
    });
    await resident.go("/p/" + code);
    await press(resident, "button[name=answer][value=solved]");
    await clean(resident, "it may be thanked for", lang);
    await press(resident, resident.locator("form[action$='/thank'] button[name=phrase]").first());
    assert.equal(await resident.locator("form[action$='/thank']").count(), 0, "once");
    await secretary.go("/me");
    assert.match(await secretary.textContent("main"), /谢谢，办得好/);
    await clean(secretary, "thanked", lang);
    await shot(secretary, `thanked-${way}`);
    healthy(office, secretary, resident);
  });
}
