// names_e2e.mjs — what a category is called: who reads English sees the office's English name wherever the category
// stands, who reads Chinese the town's own word, and where no English was given both see that word.
import assert from "node:assert/strict";
import { PHONE, as, clean, healthy, press, refused, shot, write } from "./house.mjs";

const receipt = /\/p\/(\d{12})$/;
const chinese = /[\u4e00-\u9fff]/;

/** A resident's report of category `code`, as they see it: its receipt. */
const reported = async (house, how, code) => {
  const page = await house.person({ ...PHONE, ...how }), plain = how.javaScriptEnabled === false;
  await page.go("/report");
  const words = await page.locator(".types label.type b").allInnerTexts();
  await page.locator("#category details summary").click();
  const chip = page.locator(`#category label.chip:has(input[value="${code}"])`), said = await chip.innerText();
  await chip.click();
  await page.selectOption("select[name=place_list]", { label: "程庄环村路" });
  await page.locator(".bar button[type=submit]").click();
  await page.waitForFunction(() => /\/p\/\d{12}$/.test(location.pathname) || document.querySelector("form[data-step]"));
  if (!receipt.test(page.url())) await Promise.all([page.waitForURL(receipt), page.locator("button[name=alone]").click()]);
  if (!plain) await clean(page, "receipt");
  return { page, words, said, code: page.url().match(receipt)[1], title: await page.textContent("main") };
};

const named = async (house, how, code, zh, first, bad) => {
  const english = how.locale != "zh-CN", plain = how.javaScriptEnabled === false;
  const office = await as(house, how.locale, "office_head", undefined, how), form = `/settings/categories/${code}`;
  const call = async name => {
    await office.go(form);
    await office.fill("input[name=name_en]", name);
    await press(office, "main form button[type=submit]");
  };
  await call(bad);
  assert.match(await refused(office), english ? /English name has at most 40/ : /英文名称最多 40 个字符/);
  assert.equal(await office.inputValue("input[name=name_en]"), bad, "what was typed is still there");
  await call(first);
  assert.match(office.url(), /saved=1/);

  const seen = english ? first : zh, other = english ? zh : first;
  const mine = await reported(house, how, code);
  assert.equal(mine.words.length, 8);
  assert.equal(mine.words.some(w => chinese.test(w)), !english, mine.words.join());
  assert.equal(chinese.test(mine.said), !english, mine.said);
  assert.ok(mine.title.includes(seen) && !mine.title.includes(other), mine.title);
  const json = await (await mine.page.request.get(`${house.url}/p/${mine.code}.json`, { headers: { "accept-language": how.locale } })).json();
  assert.ok(json.title.endsWith(seen), json.title);
  await office.go(`/problems?state=all&category=${code}`);
  const link = office.locator("table.tb tbody a[href^='/problems/']").first();
  assert.ok((await link.innerText()).endsWith(seen));
  await press(office, link);
  assert.ok((await office.textContent("main")).includes(`${seen} ${code}`));
  if (!plain) await shot(office, "names-" + how.locale);
  await office.go("/problems?state=all&q=" + encodeURIComponent(zh)); // the town's word finds it in either language
  assert.ok(await office.locator("table.tb tbody a[href^='/problems/']").count());

  await call("");
  await mine.page.reload();
  assert.ok((await mine.page.textContent("main")).includes(zh), "no English: the town's own word");
  await call(first);
  healthy(mine.page);
};
test("the office gives a category its English name; who reads Chinese sees the town's word", house =>
  named(house, { locale: "zh-CN" }, "6112", "飞线、乱拉乱挂", write("Cables hanging loose"), "飞线"));
test("a category has its English name wherever an English reader sees it", house =>
  named(house, { locale: "en-GB" }, "0301", "工地扬尘、未覆盖", write("Dust from a site"), "Dust （site）"));
test("a category has its English name without script too", house =>
  named(house, { locale: "en-GB", javaScriptEnabled: false }, "6102", "排水沟堵塞", write("Drain is blocked"), "排水沟"));
