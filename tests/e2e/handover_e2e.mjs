// handover_e2e.mjs — a village secretary's post changes hands on a phone: asked, granted, and its list confirmed by the old
// holder, the new one and a witness a level up.
import assert from "node:assert/strict";
import { PHONE, as, clean, healthy, press, shot, write } from "./house.mjs";

const ways = [
  { name: "zh", lang: "zh-CN", locale: "zh-CN", done: /三方都已确认/, not: /还没有三方都确认/ },
  { name: "en", lang: "en", locale: "en-US", done: /all three have confirmed/, not: /not yet confirmed by all three/ },
  { name: "zh, no script", lang: "zh-CN", locale: "zh-CN", done: /三方都已确认/, not: /还没有三方都确认/, how: { javaScriptEnabled: false } },
];

ways.forEach((way, i) => test(`a hand-over is confirmed by the three (${way.name})`, async house => {
  const lang = way.how ? undefined : way.lang;
  const office = await as(house, way.locale, "office", undefined, way.how);
  // villages whose secretaries no other test sends for: who handed over signs in no more
  const [village, level] = [["203", "dept"], ["205", "dept"], ["202", "lead"]][i]; // of the third nobody is the department's head: one up
  const old = house.account("secretary", `410108101${village}000`);
  const next = house.accounts.find(a => a.post === "cadre" && a.unit.slice(0, 12) === old.unit.slice(0, 12));
  assert.ok(next, "a cadre of that village");

  // asked by the office, granted by a second person
  await office.go("/duty?post=secretary&unit=" + old.unit);
  await press(office, office.locator("main table a.lk", { hasText: /./ }).first());
  await press(office, "a[href^='/duty/new?replaces=']");
  await clean(office, "the asking form", lang);
  const value = await office.locator("select[name=person] option", { hasText: next.login }).first().getAttribute("value");
  await office.selectOption("select[name=person]", value);
  await press(office, "form[action='/duty'] button[type=submit]");
  const at = new URL(office.url()).pathname;
  assert.match(at, /^\/duty\/\d+$/);
  assert.equal(await office.locator(`form[action='${at}/grant']`).count(), 0, "who asked does not grant");
  const second = await as(house, way.locale, "secadmin", undefined, way.how);
  await second.go(at);
  await press(second, `form[action='${at}/grant'] button`);

  // the list: the newest
  await office.go("/handover");
  await clean(office, "the hand-overs", lang);
  const list = await office.locator("main table a.lk").first().getAttribute("href");
  await office.go(list);
  assert.match(await office.textContent("main"), way.not);
  assert.equal(await office.locator("form[action$='/confirm']").count(), 0, "the office is not one of the three");

  const sign = async account => {
    const page = await house.signIn(await house.person({ ...PHONE, locale: way.locale, ...way.how }), account);
    await page.go(list);
    return page;
  };
  // Who holds no post any more is led there, from where their work was and by the phone's bar.
  const before = await house.signIn(await house.person({ ...PHONE, locale: way.locale, ...way.how }), old);
  assert.equal(new URL(before.url()).pathname, "/handover");
  assert.equal((await before.go("/me")).status(), 403);
  before.context().wrong = before.context().wrong.filter(w => !/status of 403/.test(w)); // the browser's line on that answer
  await press(before, "main a.btn");
  assert.equal(new URL(before.url()).pathname, "/handover");
  await before.go("/");
  await press(before, ".nav4 > a[href='/handover']");
  await clean(before, "the old holder's hand-overs", lang);
  await press(before, `main a[href='${list}']`);
  await before.fill("form[action$='/items'] input[name=what]", write("村部钥匙三把"));
  await press(before, "form[action$='/items'] button[type=submit]");
  await clean(before, "the list, by the old holder", lang);
  await shot(before, `handover-${i}`);
  await press(before, "form[action$='/confirm'] button");
  assert.equal(await before.locator("form[action$='/confirm']").count(), 0, "a word is given once");

  const after = await sign(next);
  assert.match(await after.textContent("main"), /村部钥匙三把/);
  await press(after, "form[action$='/confirm'] button");
  assert.match(await after.textContent("main"), way.not);

  const above = await sign(house.account(level, old.unit));
  await press(above, "form[action$='/confirm'] button");
  assert.match(await above.textContent("main"), way.done);
  await clean(above, "the list, confirmed", lang);
  healthy(office, second, before, after, above);
}));
