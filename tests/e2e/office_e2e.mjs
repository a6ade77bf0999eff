// office_e2e.mjs — a day of the office on a phone, in Chinese with script and in English without: several matters
// dispatched at once, what waits decided in one list, several checked; the agenda, its tasks, the ladder; sheets on
// paper, the roster, campaigns, views of one's own; keys and printing at a desk.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DESK, House, PHONE, act, as, clean as looksClean, healthy, press, root, shot, told, write } from "./house.mjs";

const MORNING = "2026-11-25 07:50:00", WEEK_LATER = "2026-12-02 07:50:00";
const WAYS = [
  { lang: "zh-CN", locale: "zh-CN", how: {}, unit: "410108101206000" },
  { lang: "en", locale: "en-GB", how: { javaScriptEnabled: false }, unit: "410108101207000" },
];
const said = (way, zh, en) => way.lang == "en" ? en : zh;
const codes = Object.fromEntries(readFileSync(join(root, "demo/guxing/units.csv"), "utf8").split("\n").map(l => [l.split(",")[2], l.split(",")[0]]));
/** A phone would show a page that is too wide smaller, and call it no wider than itself. */
const clean = async (page, name, lang) => {
  await looksClean(page, name, lang);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= page.viewportSize().width, `${name}: ${wide} wide`);
};
const path = page => new URL(page.url()).pathname;
const idOf = page => path(page).split("/").pop();

/** A house whose clock we set: one for all mornings here.  Its photographs cannot be opened: the clock is preloaded. */
let clocked;
const at = async time => {
  clocked ??= await House.open({ at: time });
  if (clocked.at != time) await clocked.to(time);
  for (const c of clocked.browser.contexts()) await c.close();
  return clocked;
};
const office = (house, way) => as(house, way.locale, "office_head", undefined, way.how);
const signed = async (house, way, account) => house.signIn(await house.person({ ...PHONE, locale: way.locale, ...way.how }), account);
/** Taps the label a person taps. */
const choose = (within, input) => within.locator(`label:has(${input})`).first().click();
const unfold = async fold => { if (!await fold.evaluate(d => d.open)) await fold.locator("summary").first().click(); };
/** The town's clock does it within a minute: looks until it is there. */
const there = async (page, at, what, why) => {
  for (let i = 0; i < 300; i++) {
    await page.go(at);
    if (await page.locator(what).count()) return page.locator(what).first();
    await page.waitForTimeout(250);
  }
  assert.fail(why);
};

/** Told by somebody without an account, filed by the office: it waits to be dispatched. */
const filed = async (house, desk, unit, words) => {
  const { id } = await told(house, desk, unit, words);
  house.run("problem", id, "file", "--as", "lisi");
  return id;
};
const row = async (desk, id, state) => {
  const { rows } = await (await desk.request.get(`${new URL(desk.url()).origin}/problems.json?state=${state}&order=latest`)).json();
  return rows.find(r => r.id == id) ?? assert.fail(`${id} is not ${state}`);
};
const batch = async (page, state, ids, verb, way) => {
  await page.go(`/problems?state=${state}&order=latest`);
  for (const id of ids) await choose(page.locator("main table"), `input[name=id][value='${id}']`);
  await press(page, `button[value=${verb}]`);
  assert.equal(path(page), "/problems/batch");
  assert.match(await page.textContent("h2"), said(way, /能办 2 件，不能办 0 件/, /2 can be done, 0 cannot/));
  await clean(page, `batch ${verb}`, way.lang);
  await press(page, "form[action='/problems/batch'] button.primary");
  assert.match(await page.textContent("h2"), said(way, /成了 2 件，没成 0 件/, /2 done, 0 not/));
};

/** Two new matters dispatched in one go and taken: their ids and who has them. */
const dispatched = async (house, page, way) => {
  const ids = [], hands = [];
  for (const n of ["一", "二"]) ids.push(await filed(house, page, way.unit, write(`第${n}盏灯不亮 ${way.lang}`)));
  await batch(page, "filed", ids, "dispatch", way);
  for (const id of ids) {
    const { handler } = await row(page, id, "dispatched");
    hands.push(house.accounts.find(a => handler.endsWith(a.name)) ?? assert.fail(`nobody: ${handler}`));
    house.run("problem", String(id), "accept", "--as", hands.at(-1).login);
  }
  return { ids, hands };
};

for (const way of WAYS) {
  test(`several matters are dispatched at once, each to its own, and checked at once (${way.lang})`, async house => {
    const page = await office(house, way), { ids, hands } = await dispatched(house, page, way);
    for (const [i, id] of ids.entries()) {
      const hand = await signed(house, way, hands[i]);
      await hand.go(`/problems/${id}?do=feed_back`);
      await act(hand, `/problems/${id}/feed_back`, async form => {
        await form.locator("textarea[name=text]").fill(write("灯亮了"));
        await form.locator("input[type=file]").first().setInputFiles(await house.photo());
      });
      healthy(hand);
    }
    await batch(page, "handled", ids, "pass", way);
    for (const id of ids) await row(page, id, "closed");
    healthy(page);
  });
}

for (const way of WAYS) {
  test(`at 07:50 the morning report is there and what waits is decided in one list (${way.lang})`, async () => {
    const house = await at(MORNING), page = await office(house, way);
    const { ids, hands: [account] } = await dispatched(house, page, way), hand = await signed(house, way, account);
    for (const id of ids) {
      await hand.go(`/problems/${id}?do=extend_ask`);
      await act(hand, `/problems/${id}/extend_ask`, async form => {
        await form.locator("textarea[name=text]").fill(write("灯杆要订，晚两天"));
        await form.locator("input[name=until]").fill("2026-12-01T17:30");
      });
    }
    const ask = id => page.locator(`li.ag:has(a[href="/problems/${id}"])`);
    await page.go("/morning");
    assert.match(await page.textContent("main"), /07:30/); // fixed at half past seven
    assert.match(await page.textContent("h2 small"), /11-24 17:30|24 Nov 17:30/); // and what has changed since then
    await clean(page, "the morning report", way.lang);
    await shot(page, "morning-" + way.lang);
    await choose(ask(ids[0]), "input[value=grant]");
    await choose(ask(ids[1]), "input[value=refuse]"); // without a reason
    await press(page, "form[action='/morning'] button.primary");
    assert.match(await page.textContent("main"), said(way, /批了 1 件/, /1 decided/));
    assert.equal(await ask(ids[0]).count(), 0, "the granted one has gone");
    assert.ok((await ask(ids[1]).locator("[role=alert]").textContent()).trim(), "the other says what is missing");
    assert.ok(await ask(ids[1]).locator("input[value=refuse]").isChecked(), "and is chosen as before");
    await ask(ids[1]).locator("input.in").fill(write("备用灯杆就在仓库"));
    await press(page, "form[action='/morning'] button.primary");
    assert.equal(await ask(ids[1]).count(), 0);
    await hand.go(`/problems/${ids[1]}`);
    assert.match(await hand.textContent("main"), /备用灯杆就在仓库/);
    healthy(page, hand);
  });
}

const tasks = {};
for (const way of WAYS) {
  test(`the agenda drafts itself and a decision is a task (${way.lang})`, async () => {
    const house = await at(MORNING), page = await office(house, way), words = write(`两天内把沟口的垃圾清到底 ${way.lang}`);
    await page.go("/meetings");
    await clean(page, "meetings", way.lang);
    await page.fill("input[name=held_on]", "2026-11-25");
    await page.fill("input[name=place]", write("三楼会议室"));
    await page.selectOption("select[name=presider]", { index: 0 });
    await page.selectOption("select[name=recorder]", { index: 0 }); // who presides does not write the minutes
    await press(page, "form[action='/meetings'] button.primary");
    assert.match(await page.locator("[role=alert]").textContent(), said(way, /不能是同一个人/, /cannot be the one who presides/));
    page.context().wrong.length = 0; // the browser says of a 422 that it is one
    await page.selectOption("select[name=recorder]", { index: 1 });
    await press(page, "form[action='/meetings'] button.primary");
    assert.match(path(page), /^\/meetings\/\d+$/);
    await clean(page, "the agenda", way.lang);
    await shot(page, "agenda-" + way.lang);
    assert.match(await page.textContent("h3"), said(way, /上次定的事/, /read first/)); // last week's tasks
    assert.ok(await page.locator(".item a[href^='/problems/']").count(), "what is late stands in it");
    const item = page.locator(".item").last();
    await unfold(item.locator("details"));
    await item.locator("input[name=text]").fill(words);
    await item.locator("input[name=due_on]").fill("2026-11-27");
    const owner = await item.locator("select[name=owner] option").first().innerText();
    await item.locator("select[name=owner]").selectOption({ index: 0 });
    await press(page, item.locator("form button.primary"));
    tasks[way.lang] = { at: await page.locator("a", { hasText: words }).first().getAttribute("href"), owner, words };
    assert.match(tasks[way.lang].at, /^\/tasks\/\d+$/);
    await choose(page, "input[name=present]");
    await page.fill("textarea[name=minutes]", write("逐项过了。"));
    await press(page, "form[action$='/hold'] button.primary");
    assert.match(await page.textContent("main"), said(way, /已开过/, /Held/));
    await page.go(tasks[way.lang].at);
    await clean(page, "the task", way.lang);
    healthy(page);
  });
}

for (const way of WAYS) {
  test(`a week later the task is late on its owner's day, has climbed, and is read first (${way.lang})`, async () => {
    const house = await at(WEEK_LATER);
    const { at: task, owner, words } = tasks[way.lang];
    const account = house.accounts.find(a => owner.startsWith(a.name));
    const mine = await signed(house, way, account);
    await mine.go("/me");
    const line = mine.locator(`section[aria-labelledby=hg] li:has(a[href="${task}"])`);
    assert.match(await line.innerText(), said(way, /晚 5 天[^]*11-27/, /5 days late[^]*27 Nov/));
    await clean(mine, "my day with what a meeting gave me", way.lang);
    const page = await office(house, way), line5 = `form[action='/inbox/about/${task.split("/").pop()}']`;
    await there(page, "/me", line5, "it has climbed to the office");
    await shot(page, "me-climbed-" + way.lang);
    await clean(page, "my day with what has climbed", way.lang);
    await press(page, `${line5} button`);
    assert.equal(path(page), task);
    await page.go("/meetings");
    await page.fill("input[name=held_on]", "2026-12-02");
    await page.selectOption("select[name=presider]", { index: 0 });
    await page.selectOption("select[name=recorder]", { index: 1 });
    await press(page, "form[action='/meetings'] button.primary");
    assert.match(await page.textContent("h3"), said(way, /上次定的事/, /read first/));
    const items = await page.locator(".item").allInnerTexts(), first = items.findIndex(t => t.includes(words));
    const late = await page.locator(".item").evaluateAll(all => all.findIndex(i => i.querySelector("a[href^='/problems/']")));
    assert.ok(first >= 0 && first < late, `read first: ${first} < ${late}`);
    await clean(page, "the next agenda", way.lang);
    await mine.go(task);
    await act(mine, `${task}/report`, form => form.locator("textarea").fill(write("清到底了")));
    const other = await as(house, way.locale, "commander", undefined, way.how);
    await other.go(task);
    await press(other, `form[action='${task}/close'] button`);
    await mine.go("/me");
    assert.equal(await line.count(), 0, "closed by another: it is gone");
    healthy(page, mine, other);
  });

  test(`a sheet of the day is paper, received and answered (${way.lang})`, async () => {
    const house = await at(WEEK_LATER), desk = await office(house, way);
    const link = await there(desk, "/oversee", `main tr:has-text("${said(way, "待签收", "To acknowledge")}") a`, "a sheet waits");
    await clean(desk, "sheets", way.lang);
    await press(desk, link);
    await clean(desk, "a sheet", way.lang);
    await shot(desk, "oversee-" + way.lang);
    const pdf = await desk.request.get(desk.url() + "/paper");
    assert.equal(pdf.status(), 200);
    assert.match(pdf.headers()["content-type"], /application\/pdf/);
    const read = spawnSync("pdftotext", ["-", "-"], { input: await pdf.body(), encoding: "utf8" }).stdout.replace(/\s/g, "");
    const number = (await desk.textContent("main")).match(/督〔2026〕\d+号/)[0];
    const titles = await desk.locator("main table th .sub").allInnerTexts();
    for (const words of ["督办单", number, "请签收", ...titles.map(t => t.split(" · ")[0].replace(/\s/g, ""))])
      assert.ok(read.includes(words), `on the paper: ${words}`);
    const head = await desk.textContent("h2"), village = Object.keys(codes).find(n => /(村|社区)$/.test(n ?? "") && head.includes(n));
    const account = house.accounts.find(a => a.post == "secretary" && a.unit == codes[village]);
    assert.ok(account, village);
    const secretary = await signed(house, way, account);
    await secretary.go(path(desk));
    await press(secretary, "form[action$='/receive'] button");
    await secretary.fill("form[action$='/answer'] textarea", write("今天清完，明天复查"));
    await press(secretary, "form[action$='/answer'] button");
    assert.match(await secretary.textContent("main"), /今天清完，明天复查/);
    await clean(secretary, "an answered sheet", way.lang);
    healthy(desk, secretary);
  });

  test(`who is on duty is called, and the next when nobody answers (${way.lang})`, async () => {
    const house = await at(WEEK_LATER), page = await office(house, way), first = page.locator("ol.batchlist li").first();
    await page.go("/roster");
    await clean(page, "roster", way.lang);
    assert.match(await first.innerText(), /139\*\*\*\*01/); // in part
    await press(page, first.locator("form[action$='/number'] button"));
    assert.match(await first.locator("a[href^='tel:']").innerText(), /^139\d{8}$/);
    await clean(page, "a number to call", way.lang);
    await shot(page, "roster-" + way.lang);
    await page.go("/roster");
    assert.equal(await page.locator("a[href^='tel:']").count(), 0, "in part again");
    await first.locator("input[name=note]").fill(write("没人接，打下一个"));
    await press(page, first.locator("button[value=not]"));
    assert.match(await page.locator("ol.batchlist li").nth(1).innerText(), said(way, /下一个打/, /Call next/));
    await press(page, page.locator("ol.batchlist li").nth(1).locator("button[value=reached]"));
    const log = await page.locator("section[aria-labelledby=calls] tbody tr").allInnerTexts();
    assert.ok(log.some(t => t.includes("没人接，打下一个")));
    assert.ok(log.some(t => t.match(said(way, /接通/, /answered/i))));
    healthy(page);
  });

  test(`a campaign counts its rows, is ended and goes on with a reason (${way.lang})`, async () => {
    const house = await at(WEEK_LATER), page = await office(house, way), campaign = () => page.locator("main table a").first();
    await page.go("/campaigns");
    await clean(page, "campaigns", way.lang);
    const name = write(await campaign().innerText());
    await press(page, campaign());
    const here = path(page), n = +await page.locator(".facts dd").first().innerText();
    assert.ok(n > 0, "records are in it by rule");
    await clean(page, "a campaign", way.lang);
    await shot(page, "campaign-" + way.lang);
    await unfold(page.locator("details:has(form[action$='/close'])"));
    await act(page, `${here}/close`, form => form.locator("textarea").fill(write("沟清了，还差两处")));
    assert.match(await page.textContent("main"), /沟清了，还差两处/);
    await act(page, `${here}/reopen`, form => form.locator("textarea").fill(write("那两处又堵了")));
    assert.match(await page.textContent(".ev"), /那两处又堵了/);
    await clean(page, "a campaign that goes on", way.lang);
    await press(page, page.locator("section[aria-labelledby=rows] h2 a"));
    assert.match(page.url(), new RegExp(`campaign=${idOf({ url: () => house.url + here })}.*state=all|state=all.*campaign=`));
    assert.match(await page.textContent("main h2"), new RegExp(`\\b${n}\\b`));
    for (const cell of await page.locator("tbody th .sub").allInnerTexts()) assert.ok(cell.includes(name), cell);
    const csv = await (await page.request.get(house.url + "/problems.csv?state=all&campaign=" + here.split("/").pop())).text();
    assert.equal(csv.trim().split("\r\n").length, n + 1);
    assert.ok(csv.includes(name));
    healthy(page);
  });

  test(`a filter is kept under a name, found again and taken away (${way.lang})`, async () => {
    const house = await at(WEEK_LATER), page = await office(house, way), name = write(`超期的先看 ${way.lang}`), fold = page.locator("details:has(form[action='/problems/views'])");
    await page.go("/problems?overdue=1&order=due");
    await unfold(fold);
    await page.fill("form[action='/problems/views'] input[name=name]", name);
    await press(page, "form[action='/problems/views'] button");
    assert.match(page.url(), /overdue=1/);
    await page.go("/problems");
    await press(page, page.locator("nav a", { hasText: name }));
    assert.match(page.url(), /overdue=1.*order=due/);
    await clean(page, "the ledger with a view of my own", way.lang);
    await unfold(fold);
    await press(page, page.locator("form[action$='/drop']", { hasText: name }).locator("button"));
    assert.equal(await page.locator("nav a", { hasText: name }).count(), 0);
    healthy(page);
  });
}

test("at a desk the keys move, mark and lead; every page of the day prints without its bars", async () => {
  const house = await at(WEEK_LATER), page = await house.signIn(await house.person(DESK), house.account("office_head"));
  const key = async (...keys) => { for (const k of keys) await page.keyboard.press(k); };
  await page.go("/problems");
  await key("j", "j", "x");
  assert.deepEqual(await page.locator("input[name=id]").evaluateAll(all => all.slice(0, 3).map(i => i.checked)), [false, true, false]);
  await Promise.all([page.waitForURL("**/morning"), key("g", "o")]);
  await Promise.all([page.waitForURL("**/me"), key("g", "m")]);
  await Promise.all([page.waitForURL("**/keys"), key("?")]);
  await clean(page, "keys");
  await page.go("/oversee");
  const sheet = await page.locator("main table a").first().getAttribute("href");
  await page.go("/meetings");
  const meeting = await page.locator("main table a").first().getAttribute("href");
  await page.emulateMedia({ media: "print" });
  for (const at of ["/morning", sheet, meeting, "/roster", "/campaigns"]) {
    await page.go(at);
    assert.deepEqual(await page.locator(".tabs, .nav4, .noprint, .flt, .batch").evaluateAll(all => all.filter(e => e.checkVisibility()).map(e => e.className)), [], at);
    const read = spawnSync("pdftotext", ["-", "-"], { input: await page.pdf({ format: "A4" }), encoding: "utf8" }).stdout;
    const head = (await page.textContent("main h2")).trim().slice(0, 3);
    assert.ok(read.replace(/\s/g, "").includes(head.replace(/\s/g, "")), `${at} on paper`);
  }
  healthy(page);
  await house.close();
});
