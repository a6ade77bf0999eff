// office_e2e.mjs — a day of the office: the morning report at 07:50 decided in one list, batch dispatch, the agenda, a
// decision that becomes a task, the next meeting that reads it first; the ladder by the clock; on a phone and at a desk.
import assert from "node:assert/strict";
import { DESK, House, PHONE, clean, press, shot } from "./house.mjs";

const MORNING = "2026-11-25 07:50:00", WEEK_LATER = "2026-12-02 07:50:00";
const path = page => new URL(page.url()).pathname;

let house;
const at = async time => {
  house ??= await House.open({ at: time });
  if (house.at != time) await house.to(time);
  return house;
};
const office = async (how = PHONE) => house.signIn(await house.person(how), house.account("office_head"));

/** Whoever has asks to decide; decides the first ones by radio in one list. */
const decideThree = async page => {
  await page.go("/morning");
  const asks = await page.locator("input[value=grant]").count();
  for (let i = 0; i < Math.min(3, asks); i++)
    await page.locator("input[value=grant]").nth(i).check({ force: true });
  if (asks) await press(page, "form[action='/morning'] button.primary");
  return [asks, asks ? await page.locator("input[value=grant]").count() : 0];
};

test("at 07:50 the morning report is there and what waits is decided in one list", async () => {
  await at(MORNING);
  const page = await office();
  await page.go("/morning");
  assert.match(await page.textContent("main"), /07:30/);
  await clean(page, "the morning report");
  await shot(page, "morning");
  const [before, after] = await decideThree(page);
  assert.ok(before == 0 || after < before, `${before} asks, then ${after}`);
  if (before) assert.match(await page.textContent("main"), /批了 [1-3] 件/);
  await page.go("/look?lang=en&back=/morning");
  assert.match(await page.textContent("h1"), /Morning report/);
  await clean(page, "the morning report in English");
  assert.deepEqual(page.context().wrong, []);
});

test("several matters are dispatched at once from a phone, without script", async () => {
  await at(MORNING);
  const first = await office();
  const page = await house.person({ ...PHONE, javaScriptEnabled: false, storageState: await first.context().storageState() });
  await page.go("/problems?state=filed");
  const boxes = page.locator("input[name=id]");
  const n = Math.min(2, await boxes.count());
  for (let i = 0; i < n; i++) await boxes.nth(i).check();
  if (!n) return;
  await press(page, "button[value=dispatch]");
  assert.equal(path(page), "/problems/batch");
  assert.match(await page.textContent("main"), /能办/);
  if (await page.$("select[name=handler] option")) {
    await press(page, "form[action='/problems/batch'] button.primary");
    assert.match(await page.textContent("main"), /成了 [1-9]/);
  }
});

let task;
test("the agenda drafts itself and a decision is a task", async () => {
  await at(MORNING);
  const page = await office(DESK);
  await page.go("/meetings");
  await clean(page, "meetings");
  await page.fill("input[name=held_on]", "2026-11-25");
  await page.fill("input[name=place]", "三楼会议室");
  await page.selectOption("select[name=presider]", { index: 0 });
  await press(page, "form[action='/meetings'] button.primary");
  assert.match(path(page), /^\/meetings\/\d+$/);
  await clean(page, "the agenda");
  await shot(page, "agenda");
  assert.match(await page.textContent("h3"), /上次定的事/); // last week's tasks are read first
  const item = page.locator(".item").last();
  await item.locator("summary").click();
  await item.locator("input[name=text]").fill("两天内把沟口的垃圾清到底");
  await item.locator("input[name=due_on]").fill("2026-11-27");
  await press(page, item.locator("form button.primary"));
  task = await page.locator("a", { hasText: "两天内把沟口的垃圾清到底" }).first().getAttribute("href");
  assert.match(task, /^\/tasks\/\d+$/);
  await page.locator("input[name=present]").first().check({ force: true });
  await page.fill("textarea[name=minutes]", "逐项过了。");
  await press(page, "form[action$='/hold'] button.primary");
  assert.match(await page.textContent("main"), /已开过/);
  await page.go(task);
  await clean(page, "the task");
  assert.deepEqual(page.context().wrong, []);
});

test("a week later the task has climbed, and the next meeting reads it first", async () => {
  await at(WEEK_LATER);
  const page = await office();
  await page.go("/meetings");
  await page.fill("input[name=held_on]", "2026-12-02");
  await page.selectOption("select[name=presider]", { index: 0 });
  await press(page, "form[action='/meetings'] button.primary");
  const read = await page.locator(".item").first().textContent();
  const tasks = await page.locator(`.item a[href='${task}']`).count();
  assert.ok(tasks >= 1, "on the agenda");
  assert.match(await page.textContent("h3"), /上次定的事/);
  assert.ok(read.length > 0);
  await clean(page, "the next agenda on a phone");
  await shot(page, "agenda-phone");
  // the ladder runs each minute: wait until the rungs of the week are told
  for (let i = 0; i < 60; i++) {
    await page.go("/me");
    if (await page.locator(`form[action='/inbox/about/${task.split("/").pop()}']`).count()) break;
    await page.waitForTimeout(2000);
  }
  assert.equal(await page.locator(`form[action='/inbox/about/${task.split("/").pop()}']`).count(), 1, "on the office's /me");
  await shot(page, "me-climbed");
  await clean(page, "my day with what has climbed");
  await press(page, `form[action='/inbox/about/${task.split("/").pop()}'] button`);
  assert.equal(path(page), task);
});

test("the sheets of the day are on paper, the roster takes calls, a campaign counts its rows", async () => {
  await at(WEEK_LATER);
  for (const how of [PHONE, DESK]) {
    const page = await office(how);
    for (let i = 0; i < 40; i++) {
      await page.go("/oversee");
      if (await page.locator("main table a").count()) break;
      await page.waitForTimeout(2000);
    }
    await clean(page, "sheets");
    await press(page, page.locator("main table a").first());
    await clean(page, "a sheet");
    await shot(page, "oversee" + (how == DESK ? "-desk" : ""));
    const pdf = await page.request.get(page.url() + "/paper");
    assert.ok(pdf.status() == 200 || pdf.status() == 503, `PDF: ${pdf.status()}`);
    if (pdf.status() == 200) assert.equal((await pdf.body()).subarray(0, 4).toString(), "%PDF");
    await page.go("/campaigns");
    await clean(page, "campaigns");
    await press(page, page.locator("main table a").first());
    await clean(page, "a campaign");
    await page.go("/keys");
    await clean(page, "keys");
    await page.go("/roster");
    await clean(page, "roster");
    await shot(page, "roster" + (how == DESK ? "-desk" : ""));
  }
});

test("a filter is kept under a name and found again", async () => {
  await at(WEEK_LATER);
  const page = await office();
  await page.go("/problems?overdue=1&order=due");
  await page.locator("details:has(form[action='/problems/views'])").evaluate(d => { d.open = true; });
  await page.fill("form[action='/problems/views'] input[name=name]", "超期的先看");
  await press(page, "form[action='/problems/views'] button");
  assert.match(page.url(), /overdue=1/);
  await page.go("/problems");
  await press(page, page.locator("nav a", { hasText: "超期的先看" }));
  assert.match(page.url(), /overdue=1.*order=due/);
  await clean(page, "the ledger with a view of my own");
  await house.close();
});
