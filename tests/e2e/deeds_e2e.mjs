// deeds_e2e.mjs — what a page promises of others' rows and words: a figure of the morning page opens exactly what it counts, a
// follower's words are another resident's, buttons are those one's post may use, and a form does not carry a sealed number.
import assert from "node:assert/strict";
import { NANWANG, PHONE, as, clean, healthy, press, refused, send, shot, told, write } from "./house.mjs";

const ways = [
  { name: "zh", lang: "zh-CN", locale: "zh-CN" },
  { name: "en", lang: "en", locale: "en-US" },
  { name: "zh, no script", locale: "zh-CN", how: { javaScriptEnabled: false } },
];
const here = page => new URL(page.url()).pathname;
const variants = (name, run) => ways.forEach((way, i) => test(`${name} (${way.name})`, house =>
  run(house, way, (post, unit) => as(house, way.locale, post, unit, way.how), i, way.locale == "en-US")));

/** The rows behind a link, over all its pages. */
const rows = async (page, path) => {
  await page.go(path);
  const n = await page.locator("main table.tb tbody tr").count(), next = page.locator("a[rel=next]");
  return n + (await next.count() ? await rows(page, await next.getAttribute("href")) : 0);
};

variants("each figure of the morning page opens the rows it counts", async (house, way, person, i) => {
  const page = await person("secretary", NANWANG), words = write(`晨报里数得到 ${way.name}`), { id } = await told(house, page, NANWANG, words);
  await page.go("/morning");
  await clean(page, "morning", way.lang);
  const figures = await page.locator("section[aria-labelledby=since] :is(dd, p.mt) a").evaluateAll(all => all.map(a =>
    ({ path: a.getAttribute("href"), n: +a.innerText.match(/\d+/)[0] })));
  assert.equal(figures.length, 7, "reported, closed, handled, newly late; open, late, waiting");
  for (const { path, n } of figures) assert.equal(await rows(page, path), n, path);
  for (const f of ["new_reported", "waiting"]) {
    const { path, n } = figures.find(({ path }) => path.includes("figure=" + f));
    assert.ok(n > 0, f);
    await page.go(path + "&order=latest");
    assert.equal(await page.locator(`a[href='/problems/${id}']`).count(), 1, `${f}: what was just told is among them`);
  }
  await shot(page, `figure-${i}`);
  healthy(page);
});

variants("a follower's words are another resident's", async (house, way, person, i, english) => {
  const secretary = await person("secretary", NANWANG), first = write("路口的灯坏了 " + way.name), other = write("晚上看不见路 " + way.name);
  const one = await told(house, secretary, NANWANG, first), two = await told(house, secretary, NANWANG, first + "，还没修");
  await secretary.go("/problems/" + two.id);
  await press(secretary, secretary.locator(`form[action='/problems/${two.id}/merge']:has(input[value='${one.id}']) button`));
  const phone = await house.person({ ...PHONE, locale: way.locale, ...way.how });
  for (const [code, words] of [[one.code, write("是我先报的 " + way.name)], [two.code, other]]) {
    await phone.go("/p/" + code);
    await phone.fill("form[action$='/comment'] textarea", words);
    await send(phone, phone.locator("form[action$='/comment']"));
    assert.equal(await refused(phone), "");
  }
  await phone.go("/p/" + one.code);
  const line = words => phone.locator("section[aria-labelledby=h7] li", { hasText: words }).innerText();
  assert.match(await line(other), english ? /another resident/ : /另一位居民/);
  assert.doesNotMatch(await line("是我先报的"), english ? /another resident/ : /另一位居民/);
  assert.match(await line("是我先报的"), english ? /reporter/i : /上报人/);
  await clean(phone, "the first reporter's receipt", way.lang);
  await shot(phone, `follower-${i}`);
  healthy(secretary, phone);
});

variants("the ledger's list has the buttons of one's post, and boxes only with them", async (house, way, person, i) => {
  for (const [post, unit, verbs] of [["contractor", NANWANG, ["accept"]], ["viewer_city", undefined, []]]) {
    const page = await person(post, unit);
    await page.go("/problems");
    const n = await page.locator("main table.tb tbody tr").count();
    assert.ok(n > 0, post);
    assert.deepEqual(await page.locator("main button[name=verb]").evaluateAll(all => all.map(b => b.value)), verbs, post);
    assert.equal(await page.locator("main input[name=id]").count(), verbs.length ? n : 0, post);
    assert.equal(await page.locator("main table.tb thead th").count(), await page.locator("main table.tb tbody tr >> nth=0 >> th, td").count(), post);
    if (i == 0) await clean(page, "the list, " + post, way.lang);
    await shot(page, `boxes-${post}-${i}`);
    healthy(page);
    await page.context().close();
  }
});

variants("the form that changes a shift does not carry its number, and an empty field keeps it", async (house, way, person, i, english) => {
  const page = await person("office"), whole = async () => {
    await page.go("/roster");
    await press(page, page.locator("ol.batchlist li").first().locator("form[action$='/number'] button"));
    return page.locator("a[href^='tel:']").first().innerText();
  };
  await page.go("/roster");
  const id = (await page.locator("ol.batchlist form[action$='/number']").first().getAttribute("action")).split("/")[2];
  const number = await whole(), form = `/ledgers/roster/${id}/edit`;
  assert.match(number, /^139\d{8}$/);
  await page.go(form);
  const said = async () => {
    assert.equal(await page.inputValue("input[name=phone]"), "");
    assert.ok(!(await page.content()).includes(number), "whole nowhere on the page");
    assert.match(await page.textContent("main"), english ? /now 139\*{4}\d+; left empty it stays/ : /现在是 139\*{4}\d+，空着就不改/);
  };
  await said();
  await clean(page, "a shift's form", way.lang);
  await shot(page, `shift-${i}`);
  await page.fill("input[name=phone]", "12"); // refused: still in part
  await press(page, `form[action='${form}'] button[type=submit]`);
  assert.notEqual(await refused(page), "");
  assert.ok(!(await page.content()).includes(number));
  page.context().wrong = page.context().wrong.filter(w => !/status of 422/.test(w)); // the browser's line on that answer
  await page.fill("input[name=phone]", "");
  await press(page, `form[action='${form}'] button[type=submit]`);
  assert.equal(await refused(page), "");
  assert.notEqual(here(page), form);
  assert.equal(await whole(), number, "the number to call is the one that was there");
  healthy(page);
});
