// walks_e2e.mjs — 大会诊 and 巡查 on a phone: a survey from its route to its sheet, a river section walked with one
// tap, a point that is looked at again; without a network, without script, in English.
import assert from "node:assert/strict";
import { NANWANG, PHONE, clean, press, shot } from "./house.mjs";

const SUNZHUANG = "410108101207000";
const addStop = async (page, value) => {
  await page.selectOption("select[name=stop]", value);
  await press(page, "form[action$='/stops'] button.primary");
};

test("a survey goes from its route to its sheet, one stop told without a network", async house => {
  const page = await house.signIn(await house.person(), house.account("office"));
  await page.go("/survey");
  await clean(page, "surveys");
  await press(page, "a[href='/survey/new']");
  await clean(page, "a new survey");
  await page.fill("input[name=name]", "手机上走的一轮");
  await page.locator("label.chip:has(input[name=walker])").first().click();
  await press(page, "main form button.primary");
  const round = new URL(page.url()).pathname;
  await press(page, "form[action$='/start'] button");
  assert.match(await page.textContent("[role=alert]"), /还没有点位/);
  await page.go(round);
  for (const value of ["u" + NANWANG, "u" + SUNZHUANG, "u410108101200000"]) await addStop(page, value);
  await clean(page, "the route");
  await press(page, "form[action$='/start'] button");

  await press(page, "a.primary:has-text('去下一个点位')");
  await clean(page, "a stop");
  await page.click("form[action$='/visit'] button");
  await page.waitForFunction(() => /至少拍一张/.test(document.querySelector("[data-queue-list]").textContent));
  await page.click("[data-queue-list] li:not([hidden]) button"); // refused with its reason; not wanted
  await page.waitForFunction(() => document.querySelector("[data-queue-note]").hidden);
  page.context().wrong.length = 0; // what a browser says of a 422
  await page.locator("form[action$='/visit'] input[type=file]").setInputFiles(await house.photo());
  await press(page, "form[action$='/visit'] button");
  assert.match(await page.textContent("main"), /走到了/);
  await shot(page, "survey-stop");

  await press(page, "a:has-text('下一个点位')");
  await page.context().setOffline(true);
  await page.locator("form[action$='/find'] input[type=file]").setInputFiles(await house.photo("#a62"));
  await page.locator("form[action$='/find'] label.chip").first().click();
  await page.click("form[action$='/find'] button");
  await page.waitForFunction(() => document.querySelector("[data-queue-n]").textContent == "1");
  await shot(page, "survey-offline");
  await Promise.all([page.waitForNavigation(), page.context().setOffline(false)]);
  await page.waitForFunction(() => document.querySelectorAll("#found ~ .task, section:has(#found) .task").length == 1);
  page.context().wrong.length = 0; // what a browser says of a lost network
  await page.locator("form[action$='/visit'] input[type=file]").setInputFiles(await house.photo("#3a6"));
  await press(page, "form[action$='/visit'] button");

  await page.go(round);
  await press(page, "form[action$='/close'] button");
  assert.match(await page.textContent("[role=alert]"), /还有 1 个点位没有结果/);
  await page.go(round);
  await press(page, "a.primary:has-text('去下一个点位')");
  await page.click("details:has(form[action$='/skip']) summary");
  await page.fill("form[action$='/skip'] input[name=note]", "当天封路");
  await press(page, "form[action$='/skip'] button");
  await page.go(round);
  await press(page, "form[action$='/close'] button");
  await clean(page, "a closed survey");
  assert.match(await page.textContent("main"), /全镇走到 2\/12/);
  await page.go(round + "/sheet");
  await clean(page, "the sheet");
  assert.match(await page.textContent("main"), /当天封路/);
  await shot(page, "survey-sheet");
  assert.deepEqual(page.context().wrong.filter(w => !/409/.test(w)), []); // closed too early, once
  assert.deepEqual(page.context().abroad, []);
});

test("a river section is walked with one tap, and a point's pictures stand side by side", async house => {
  const page = await house.signIn(await house.person(), house.account("secretary", SUNZHUANG));
  await page.go("/patrol");
  await clean(page, "patrols");
  await shot(page, "patrol");
  await press(page, "a:has-text('黄河滩地孙庄段')");
  await clean(page, "a river section");
  const at = new URL(page.url()).pathname, told = "section:has(#ws) > p", walks = await page.locator(told).count();
  await press(page, "form[action$='/walk'] > button");
  assert.equal(await page.locator(told).count(), walks + 1);
  await page.locator("form[action$='/find'] input[type=file]").setInputFiles(await house.photo("#765"));
  await page.locator("form[action$='/find'] label.chip:has-text('乱堆')").click();
  await page.fill("form[action$='/find'] input[name=point]", "滩地渣土堆");
  await press(page, "form[action$='/find'] button");
  assert.equal(new URL(page.url()).pathname, at);
  assert.match(await page.textContent("main"), /这次发现 1 个问题/);
  await press(page, "a:has-text('滩地渣土堆')");
  await page.locator("form[action$='/look'] input[type=file]").setInputFiles(await house.photo("#487"));
  await page.locator("form[action$='/look'] label.chip:has-text('没有了')").click();
  await press(page, "form[action$='/look'] button");
  assert.equal(await page.locator("section:has(#bs) .pair img").count(), 2);
  assert.match(await page.textContent(".lead"), /没有了/);
  await clean(page, "a point");
  await shot(page, "patrol-point");
  assert.deepEqual(page.context().wrong, []);
});

test("a walk is told without script, and the pages speak English", async house => {
  const page = await house.signIn(await house.person({ ...PHONE, javaScriptEnabled: false }), house.account("secretary", SUNZHUANG));
  await page.go("/patrol");
  await page.locator("a:has-text('黄河大堤孙庄段')").click();
  await Promise.all([page.waitForNavigation(), page.locator("form[action$='/walk'] > button").click()]);
  assert.match(await page.textContent("section:has(#ws)"), /\d\d-\d\d \d\d:\d\d/);
  const english = await house.signIn(await house.person({ ...PHONE, locale: "en" }), house.account("office"));
  for (const path of ["/survey", "/survey/new", "/patrol"]) {
    await english.go(path);
    await clean(english, path + " in English");
    const words = await english.evaluate(() => {
      const copy = document.querySelector("main").cloneNode(true);
      copy.querySelectorAll("[translate=no], script, option, .chip").forEach(x => x.remove());
      return copy.textContent;
    });
    assert.doesNotMatch(words.replace(/（.*?）/g, ""), /[走访巡查点位带队]/, path);
  }
});

test("a compound stops to be a blind spot when its three sides are there, and their promises are public", async house => {
  const guest = await house.person();
  await guest.go("/compounds");
  await clean(guest, "compounds for everybody");
  assert.match(await guest.textContent("main"), /盲点/);
  const page = await house.signIn(await house.person(), house.account("secretary", "410108101001000"));
  await page.go("/compounds");
  await press(page, "a:has-text('西山小区三期')");
  const at = new URL(page.url()).pathname;
  assert.match(await page.textContent("main"), /盲点/);
  await page.click("details:has(form[action$='/care']) summary");
  await page.selectOption("select[name=company]", { index: 1 });
  await page.fill("input[name=committee]", "第一届，主任王老师");
  await page.selectOption("select[name=contact]", { index: 1 });
  await press(page, "form[action$='/care'] button");
  assert.doesNotMatch(await page.textContent("main"), /盲点/);
  await page.click("details:has(form[action$='/meetings']) summary");
  await page.fill("textarea[name=said]", "商量充电桩放在哪里");
  await page.fill("input[name=text1]", "本月底前装好充电桩");
  await press(page, "form[action$='/meetings'] button");
  assert.match(await page.textContent("[role=alert]"), /办成的日期/, "a promise has its day");
  assert.equal(await page.inputValue("input[name=text1]"), "本月底前装好充电桩");
  await page.fill("input[name=due1]", "2030-01-31");
  await press(page, "form[action$='/meetings'] button");
  await clean(page, "a compound");
  await shot(page, "compound");
  await page.fill("form[action$='/done'] input[name=done_said]", "装好四个");
  await press(page, "form[action$='/done'] button");
  await guest.go(at);
  assert.match(await guest.textContent("main"), /装好四个/);
  assert.equal(await guest.locator("main form").count(), 0);
  const english = await house.person({ ...PHONE, locale: "en" });
  await english.go(at);
  await clean(english, "a compound in English");
  assert.match(await english.textContent("main"), /Promises/);
});
