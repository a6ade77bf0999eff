// judge_e2e.mjs — judging on a phone and in public: three villages inspected, one without a network; the board.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { DESK, House, NANWANG, PHONE, clean, press, shot } from "./house.mjs";

// Whoever has a sheet to start in this month's round.
const inspector = async house => {
  for (const post of ["inspector", "lead", "dept"])
    for (const a of house.accounts.filter((x, i, all) => x.post === post && all.findIndex(y => y.login === x.login) === i)) {
      const page = await house.signIn(await house.person(), a);
      await page.go("/inspect");
      if (await page.$("form[action$='/start'] button")) return page;
      await page.context().close();
    }
  throw new Error("nobody has a sheet to start");
};
const lose = async (house, page, item, place) => {
  await page.evaluate(id => { document.getElementById(id).open = true; }, "i-" + item);
  const form = page.locator(`form[action$='/deducts']:has(input[name=item][value=${item}])`);
  await form.locator("input[name=place]").fill(place);
  await form.locator("input[type=file]").setInputFiles(await house.photo());
  return form.locator("button.primary");
};

test("villages are inspected on a phone, also without a network", async house => {
  const page = await inspector(house);
  await clean(page, "my sheets");
  for (let i = 0; i < 3 && await page.$("form[action$='/start'] button"); i++) {
    const started = Date.now();
    await press(page, "form[action$='/start'] button");
    const at = new URL(page.url()).pathname;
    const button = await lose(house, page, "A1", "村口东侧");
    await Promise.all([page.waitForNavigation(), button.click()]);
    assert.equal(await page.locator("#i-A1 ol > li").count(), 1);
    if (i == 1) {
      await page.context().setOffline(true);
      await (await lose(house, page, "B2", "后街")).click();
      await page.waitForFunction(() => document.querySelector("[data-queue-n]").textContent == "1");
      assert.ok(await page.locator("form[data-queue-wait] button").isDisabled(), "not handed in while one waits");
      await clean(page, "the sheet without a network");
      await shot(page, "inspect-offline");
      await Promise.all([page.waitForNavigation(), page.context().setOffline(false)]);
      assert.equal(await page.locator("#i-B2 ol > li").count(), 1);
      page.context().wrong.length = 0; // what a browser says of a lost network
    }
    await clean(page, "the sheet");
    await shot(page, "inspect");
    await press(page, "form[data-queue-wait] button");
    assert.equal(new URL(page.url()).pathname, "/inspect");
    assert.ok(Date.now() - started < 180000, "under three minutes");
    await page.go(at);
    assert.match(await page.textContent("main"), /已经交了/);
    await page.go("/inspect");
  }
  assert.deepEqual(page.context().wrong, []);
});

test("a lost point without script comes back with its words until it has a photo", async house => {
  const found = await inspector(house);
  const at = await found.getAttribute("form[action$='/start']", "action");
  const page = await house.person({ ...PHONE, javaScriptEnabled: false, storageState: await found.context().storageState() });
  await page.go("/inspect");
  await press(page, `form[action='${at}'] button`);
  const form = page.locator("form[action$='/deducts']:has(input[name=item][value=C1])");
  await page.locator("#i-C1 summary").first().click();
  await form.locator("input[name=place]").fill("北地头");
  await form.locator("input[name=n]").fill("200");
  await form.locator("input[type=file]").setInputFiles(await house.photo());
  const [answer] = await Promise.all([page.waitForNavigation(), form.locator("button.primary").evaluate(b => { b.form.noValidate = true; b.click(); })]);
  assert.equal(answer.status(), 422);
  assert.equal(await page.locator("form[action$='/deducts'] input[name=place]").evaluateAll(all => all.find(i => i.value)?.value), "北地头");
  assert.match(await page.textContent("main"), /照片已收到/);
});

test("the board of flags is public, the sheet behind it for staff", async house => {
  const guest = await house.person(DESK);
  await guest.go("/flags");
  await clean(guest, "the board");
  await shot(guest, "flags");
  assert.match(await guest.textContent("main .note"), /红旗/);
  assert.equal(await guest.locator("main img").count(), 0);
  const round = new URL(await guest.locator("nav.chips a").first().getAttribute("href"), house.url).searchParams.get("round");
  const phone = await house.person();
  await phone.go("/flags");
  await clean(phone, "the board on a phone");
  const page = await house.signIn(await house.person(), house.account("secretary", NANWANG));
  await page.go(`/assess/${round}/${NANWANG}`);
  await clean(page, "the score sheet");
  await shot(page, "score-sheet");
  await page.go("/me");
  await clean(page, "my day");
  assert.match(await page.textContent("main"), /本村红黑旗/);
  for (const path of ["/assess", `/assess/${round}`, `/assess/${round}/appeals`, "/assess/marks", `/assess/${round}/plan`]) {
    await page.go(path);
    await clean(page, path);
  }
});

// Each sheet that is this person's to start: begun on the spot and handed in.
const handIn = page => page.evaluate(async () => {
  const read = async at => new DOMParser().parseFromString(await (await fetch(at)).text(), "text/html");
  const post = form => fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form) });
  const wrong = [];
  for (const form of (await read("/inspect")).querySelectorAll("form[action$='/start'], form[action$='/done']")) {
    const at = form.getAttribute("action").replace(/\/\w+$/, "");
    if (form.action.endsWith("/start")) await post(form);
    const done = (await read(at)).querySelector("form[action$='/done']");
    const r = done ? await post(done) : { ok: false, status: "no form" };
    if (!r.ok) wrong.push(`${at}: ${r.status}`);
  }
  return wrong;
});

test("a round is appealed, recalculated and published by two people, and a resident looks at it", async () => {
  const house = await House.open({ later: "+9d" }); // the month is over: a house of its own
  try {
    const round = JSON.parse(house.run("assess", "list", "--json")).find(r => r.state === "open");
    const inspectors = house.accounts.filter((a, i, all) => ["inspector", "lead", "dept"].includes(a.post) && all.findIndex(b => b.login === a.login) === i);
    for (const who of inspectors) {
      const page = await house.signIn(await house.person(), who);
      assert.deepEqual(await handIn(page), [], who.name);
      await page.context().close();
    }
    const office = await house.signIn(await house.person(), house.account("office"));
    await office.go(`/assess/${round.round}`);
    await press(office, "form[action$='/score'] button");
    await press(office, "form[action$='/freeze'] button");
    const before = JSON.parse(house.run("assess", "list", "--json")).find(r => r.round === round.round);
    assert.equal(before.state, "frozen");
    await clean(office, "a frozen round");

    // A secretary appeals a lost point of their own village.
    let unit, page;
    for (const who of house.accounts.filter(a => a.post === "secretary" && a.unit.startsWith("410108101"))) {
      page = await house.signIn(await house.person(), who);
      unit = who.unit;
      await page.go(`/assess/${round.round}/${unit}`);
      if (await page.locator("form[action$='/appeal']").count()) break;
      await page.context().close();
      unit = null;
    }
    assert.ok(unit, "somebody has lost a point");
    const score = () => JSON.parse(house.run("assess", "explain", String(round.round), unit, "--json"));
    const lost = score();
    const form = page.locator("form[action$='/appeal']").first();
    await form.evaluate(f => { for (let d = f.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; });
    await form.locator("[name=said]").fill("那天刚清完，照片是前一天的");
    await Promise.all([page.waitForNavigation(), form.locator("button[type=submit]").click()]);
    assert.deepEqual(await page.locator(".errs").allTextContents(), []);
    await clean(page, "after the appeal");

    // Three of the panel strike it: the result is reckoned anew, the old one stays.
    const panel = house.accounts.filter(a => a.post === "appeal").slice(0, 3);
    assert.equal(panel.length, 3);
    for (const who of panel) {
      const judge = await house.signIn(await house.person(), who);
      await judge.go(`/assess/${round.round}/appeals`);
      await clean(judge, "appeals");
      const vote = judge.locator("form[action$='/vote']").first();
      if (!(await vote.count())) break; // two alike are a majority of three
      await vote.locator("[value=struck]").check({ force: true });
      await vote.locator("[name=said]").fill("照片日期不对");
      await Promise.all([judge.waitForNavigation(), vote.locator("button[type=submit]").click()]);
      assert.deepEqual(await judge.locator(".errs").allTextContents(), []);
    }
    const after = JSON.parse(house.run("assess", "list", "--json")).find(r => r.round === round.round);
    assert.ok(after.frozen > before.frozen, "frozen anew under the next number");
    assert.notDeepEqual(score(), lost, "the score is another");
    house.run("assess", "rerun", String(round.round)); // ends well only if every bit is the same

    // The window is over: made final, signed by the office, published by the commander.
    await house.stop();
    house.later = "+16d";
    await house.start();
    const first = await house.signIn(await house.person(), house.account("office"));
    await first.go(`/assess/${round.round}`);
    await press(first, "form[action$='/final'] button");
    await press(first, "form[action$='/sign'] button");
    assert.equal(await first.locator("form[action$='/sign']").count(), 0, "nobody signs twice");
    const second = await house.signIn(await house.person(), house.account("commander"));
    await second.go(`/assess/${round.round}`);
    await press(second, "form[action$='/sign'] button");
    assert.equal(JSON.parse(house.run("assess", "list", "--json")).find(r => r.round === round.round).state, "published");

    const resident = await house.person();
    await resident.go("/flags");
    await clean(resident, "the board in public");
    await shot(resident, "flags-published");
    const red = resident.locator("a[href$='/certificate.pdf']").first();
    const pdf = await (await resident.request.get(house.url + await red.getAttribute("href"))).body();
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    const text = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" }).stdout;
    assert.match(text.replace(/\s/g, ""), /红旗/);
    assert.match(text.replace(/\s/g, ""), new RegExp(round.month.slice(0, 4)), "the month it was won in");
    for (const p of [office, first, second, resident]) assert.deepEqual(p.context().wrong, []);
  } catch (e) {
    e.message += house.said.split("\n").filter(l => !/"level":"info"/.test(l)).slice(-5).join("\n");
    for (const c of house.browser.contexts()) for (const p of c.pages()) await shot(p, "failed-round").catch(() => {});
    throw e;
  } finally {
    await house.close();
  }
}, 240);
