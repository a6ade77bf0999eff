// goals_e2e.mjs — what a village sets out to do, what its secretary promised, who walked and who learned: on a
// phone, in both languages.
import assert from "node:assert/strict";
import { PHONE, act, as, clean, healthy, refused, send, shot, write } from "./house.mjs";

const LANGUAGES = [["zh-CN", "zh-CN", "410108101002000"], ["en-GB", "en", "410108101204000"]];
const day = (days, at = Date.now()) => new Date(at + 8 * 3600e3 + days * 864e5).toISOString().slice(0, 10);

/** A new row of a ledger by its form; the address it leads to. */
async function add(page, ledger, values) {
  await page.go(`/ledgers/${ledger}/new`);
  const form = page.locator(`form[action^="/ledgers/${ledger}/"]`).last();
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`).first();
    if (Array.isArray(value)) for (const v of value) await form.locator(`[name="${name}"][value="${v}"]`).check({ force: true });
    else if (await field.evaluate(e => e.tagName) === "SELECT") await field.selectOption(value);
    else await field.fill(write(value));
  }
  await send(page, form);
  assert.equal(await refused(page), "", ledger);
  return new URL(page.url()).pathname;
}

for (const [locale, lang, unit] of LANGUAGES) {
  test(`a requirement becomes a village's goals, with evidence, and numbers that ledgers fill themselves (${lang})`, async house => {
    const office = await as(house, locale, "office"), paper = `演示〔${lang}〕1号`;
    await add(office, "requirement", { paper_no: paper, from: "district", text: "年底前每村按“七化”定出目标。", unit: "410108101000000", due_on: day(60) });
    await office.go("/goals");
    await clean(office, "requirements and villages", lang);
    await shot(office, `goals-${lang}`);
    assert.match(await office.locator("tr", { hasText: paper }).innerText(), lang === "en" ? /No village/i : /没有村细化/);

    const secretary = await as(house, locale, "secretary", unit);
    await secretary.go(`/goals/${unit}/template?template=${encodeURIComponent("七化")}`);
    await clean(secretary, "the template", lang);
    await shot(secretary, `goals-template-${lang}`);
    await act(secretary, `/goals/${unit}/template`, async form => {
      await form.locator("select[name=tier]").selectOption("raise");
      await form.locator("input[name=due_on]").fill(day(50));
      const to = form.locator("select[name=requirement]");
      await to.selectOption(await to.locator("option", { hasText: paper }).getAttribute("value"));
      await form.locator("input[name=b4]").fill("35"); // 外墙整治率
      await form.locator("input[name=b9]").fill("40");
    });
    assert.match(new URL(secretary.url()).search, /made=[1-9]/);
    await office.go("/goals");
    assert.match(await office.locator("tr", { hasText: paper }).innerText(), /1/);

    // Progress with evidence, by the secretary; verified by another; the tier follows.
    const target = await secretary.locator('form[action$="/progress"] input[name=target]').first().getAttribute("value");
    const progress = page => page.locator(`form:has(input[name=target][value="${target}"])`);
    const fill = async (value, evidence) => {
      await progress(secretary).evaluate(f => { f.closest("details").open = true; });
      await progress(secretary).locator("input[name=value]").fill(value);
      if (evidence) await progress(secretary).locator("input[name=photo]").setInputFiles(await house.photo("#6a4"));
      await send(secretary, progress(secretary));
    };
    await fill("99");
    assert.match(await refused(secretary), lang === "en" ? /photo/i : /照片/, "no number without evidence");
    await fill("99", true);
    assert.equal(await refused(secretary), "");
    assert.equal(await secretary.locator('form[action$="/verify"]').count(), 0, "nobody verifies their own number");
    const dept = await as(house, locale, "dept", unit);
    await dept.go(`/goals/${unit}`);
    await act(dept, `/goals/${unit}/verify`);
    assert.ok(await dept.locator(`#t${target} .tag.ok`).count(), "seen by another");
    await clean(dept, "a village's goals", lang);
    await shot(dept, `goals-village-${lang}`);

    // What a ledger answers opens into its rows and is typed by nobody.
    const measured = (await add(secretary, "target", { indicator: "本季按期结案率", heading: "order", unit, measure: "on_time",
      unit_of_measure: "%", direction: "up", baseline: "10", baseline_on: day(-80), goal: "90", due_on: day(50) })).split("/").pop();
    await secretary.go(`/goals/${unit}`);
    const line = secretary.locator(`#t${measured}`);
    assert.equal(await line.locator('form[action$="/progress"]').count(), 0, "no form where a ledger answers");
    await line.locator("details summary").first().click();
    assert.ok(await line.locator('a[href^="/problems/"]').count(), "it opens its rows");
    const typed = await secretary.evaluate(async ([unit, target, today]) => {
      const f = new FormData(document.querySelector('form[action$="/progress"]'));
      f.set("target", target); f.set("value", "100"); f.set("day", today); f.set("said", "自己填的");
      return (await fetch(`/goals/${unit}/progress`, { method: "POST", body: f })).status;
    }, [unit, measured, day(0)]);
    assert.equal(typed, 422, "a typed value is refused");
    secretary.context().wrong.length = 0;
    healthy(office, secretary, dept);
  });

  test(`a promise is made, confirmed, changed in public, kept with evidence and seen by a resident (${lang})`, async house => {
    const text = `修好村口公厕 ${lang}`;
    const secretary = await as(house, locale, "secretary", unit);
    const draft = await add(secretary, "promise", { text: text + "，写错的", unit, measure: "fact", due_on: day(20) });
    await clean(secretary, "a draft", lang);
    await act(secretary, `${draft}/withdraw`, form => form.locator("[name=text]").fill(write("写错了，另写")));
    assert.equal(await secretary.locator(`form[action="${draft}/publish"]`).count(), 0);
    const at = await add(secretary, "promise", { text, unit, measure: "number", goal: "2", metric: "座", due_on: day(20) });
    assert.equal(await secretary.locator(`form[action="${at}/publish"]`).count(), 0, "nobody confirms their own promise");
    const resident = await house.person({ ...PHONE, locale });
    for (const path of [at, draft])
      assert.equal((await resident.request.get(house.url + path + "?village=" + unit)).status(), 404, "a draft is nobody's to see");

    const lead = await as(house, locale, "lead", unit);
    await lead.go(at);
    await clean(lead, "a promise that waits", lang);
    await act(lead, `${at}/publish`);
    await secretary.go(at);
    await act(secretary, `${at}/change`, async form => {
      await form.locator("[name=words]").fill(write(text + "，加一处无障碍坡道"));
      await form.locator("[name=text]").fill(write("群众提出来的"));
    });
    await act(secretary, `${at}/claim`, async form => {
      await form.locator("[name=text]").fill(write("两座都开放了"));
      await form.locator("[name=result]").fill("2");
      await form.locator("[name=evidence]").setInputFiles(await house.photo("#4a8"));
    });
    assert.equal(await secretary.locator(`form[action="${at}/confirm"]`).count(), 0, "confirmed by another");
    const dept = await as(house, locale, "dept", unit);
    await dept.go(at);
    await clean(dept, "a claim", lang);
    await shot(dept, `promise-${lang}`);
    await act(dept, `${at}/confirm`, form => form.locator("[name=text]").fill(write("去看过")));

    await resident.go("/promises?village=" + unit);
    await clean(resident, "the public board of promises", lang);
    await shot(resident, `promises-public-${lang}`);
    await Promise.all([resident.waitForNavigation(), resident.locator(`a[href^="${at}?"]`).first().click()]);
    await clean(resident, "one promise in public", lang);
    const said = await resident.locator("main").innerText();
    assert.match(said, /无障碍坡道/);
    await resident.locator("main details summary").first().click();
    assert.match(await resident.locator("main").innerText(), /群众提出来的/, "the old words stay in public, with the reason");
    assert.match(said, lang === "en" ? /1 photo/ : /1 张照片/, "with its evidence, seen by another");
    assert.ok(!said.includes(house.account("secretary", unit).name), "no name in public");
    await shot(resident, `promise-public-${lang}`);
    healthy(secretary, lead, dept, resident);
  });

  test(`villages are walked and judged on a phone, one's own not, and stand side by side (${lang})`, async house => {
    const office = await as(house, locale, "office"), name = write(`演示观摩 ${lang}`);
    const other = lang === "en" ? "410108101203000" : "410108101205000";
    const observers = [house.account("secretary", unit), house.account("lead", unit)];
    await office.go("/observe");
    await clean(office, "walks", lang);
    await Promise.all([office.waitForNavigation(), office.locator('a[href="/observe/new"]').first().click()]);
    await clean(office, "a new walk", lang);
    await shot(office, `observe-new-${lang}`);
    await act(office, "/observe/new", async form => {
      await form.locator("[name=name]").fill(name);
      await form.locator(`[name=order${other}]`).fill("1");
      await form.locator(`[name=order${unit}]`).fill("2");
      for (const who of observers) await form.locator(".chip", { hasText: who.name }).locator("input").check({ force: true });
    });
    const at = new URL(office.url()).pathname;
    await act(office, `${at}/start`);

    const secretary = await as(house, locale, "secretary", unit);
    await secretary.go(`${at}/sheet?village=${unit}`);
    assert.equal(await secretary.locator("form#sheet").count(), 0, "no sheet of one's own village");
    await secretary.go(at);
    assert.equal(await secretary.locator(`a[href="${at}/sheet?village=${unit}"]`).count(), 0);
    await Promise.all([secretary.waitForNavigation(), secretary.locator(`a[href="${at}/sheet?village=${other}"]`).click()]);
    await clean(secretary, "a sheet", lang);
    await shot(secretary, `observe-sheet-${lang}`);
    // Without a network points and photo stay on the phone, also when the page is left; they are sent once, when it is back.
    await secretary.context().setOffline(true);
    const items = await secretary.locator("form#sheet fieldset").count();
    assert.ok(items >= 5 && items <= 10);
    const points = i => secretary.locator(`form#sheet fieldset:nth-of-type(${i}) label.chip`);
    for (let i = 1; i <= items; i++) await points(i).nth(6 + i % 3).click();
    await secretary.locator("form#sheet [name=photo]").setInputFiles(await house.photo("#864"));
    await secretary.locator("form#sheet [data-shots] img").waitFor();
    await secretary.locator("[data-keep]").click();
    await secretary.context().setOffline(false);
    await secretary.reload();
    assert.equal(await secretary.locator("form#sheet [type=radio]:checked").count(), items, "the draft is still there");
    await secretary.locator("form#sheet [data-shots] img").waitFor();
    assert.equal(await secretary.locator("form#sheet [name=photo]").evaluate(i => i.files.length), 1, "with its photo");
    await secretary.context().setOffline(true);
    for (let twice = 0; twice < 2; twice++) await secretary.locator("form#sheet button[type=submit]").click();
    await secretary.waitForFunction(() => document.querySelector("[data-queue-n]").textContent == "1");
    await clean(secretary, "a sheet that waits", lang);
    await shot(secretary, `observe-offline-${lang}`);
    await Promise.all([secretary.waitForURL(u => u.pathname === at), secretary.context().setOffline(false)]);
    secretary.context().wrong.length = 0; // what a browser says of a lost network
    await secretary.go(`${at}/sheet?village=${other}`);
    assert.equal(await secretary.locator("form#sheet .gal img").count(), 1, "its photo came once");
    assert.equal(await secretary.locator("form#sheet [name=photo]").evaluate(i => i.files.length), 0, "and waits no more");
    await secretary.go(`${at}/sheet?village=${other}`);
    await secretary.locator(`form[action="${at}/finding"] [name=photo]`).setInputFiles(await house.photo("#a44"));
    await secretary.locator(`form[action="${at}/finding"] [name=said]`).fill(write("沟里有垃圾"));
    await secretary.context().setOffline(true);
    await secretary.locator(`form[action="${at}/finding"] button[name=problem]`).click();
    await secretary.waitForFunction(() => document.querySelector("[data-queue-n]").textContent == "1");
    await Promise.all([secretary.waitForURL(u => u.pathname === at), secretary.context().setOffline(false)]);
    secretary.context().wrong.length = 0;
    assert.equal(await secretary.locator('#found ~ .task a[href^="/problems/"]').count(), 1, "a finding is a problem in one tap, once");

    const lead = await as(house, locale, "lead", unit);
    for (const village of [unit, other]) {
      await lead.go(`${at}/sheet?village=${village}`);
      if (!(await lead.locator("form#sheet").count())) continue; // theirs too
      for (let i = 1; i <= items; i++) await lead.locator(`form#sheet [name=score${i}][value="8"]`).check({ force: true });
      await lead.locator("form#sheet [name=photo]").setInputFiles(await house.photo("#486"));
      await send(lead, lead.locator("form#sheet"));
    }
    await office.go(at);
    await clean(office, "a walk", lang);
    await shot(office, `observe-round-${lang}`);
    const pairs = office.locator("#photos ~ .pair");
    assert.ok(await pairs.first().locator("figure").count() === 2, "village against village");
    assert.ok(await pairs.count() > 1, "this round against the last");
    if (await office.locator(`form[action="${at}/excuse"]`).count())
      await act(office, `${at}/excuse`, form => form.locator("[name=reason]").fill(write("当天出差")));
    await act(office, `${at}/close`);
    healthy(office, secretary, lead);
  });

  test(`a training is signed by its QR, leaves material, and who missed it makes it up (${lang})`, async house => {
    const office = await as(house, locale, "office"), town = "410108101000000";
    const about = { kind: "training", begins: "00:30", ends: "23:59", place: "镇三楼会议室", unit: town, host: "办公室", posts: ["secretary"] };
    const at = await add(office, "training", { ...about, title: `垃圾分类 ${lang}`, held_on: day(0), material: "第一讲：四分类。" });
    await clean(office, "a training", lang);
    await office.go(at + "/signin");
    await clean(office, "the host's page", lang);
    await shot(office, `training-host-${lang}`);
    assert.ok(await office.locator("svg.qr path").count());
    const scanned = new URL((await office.locator("main .hint.pre").innerText()).trim());

    const secretary = await as(house, locale, "secretary", unit);
    await secretary.go(at + "/signin");
    assert.equal(await secretary.locator(`form[action="${at}/signin"]`).count(), 0, "without the code nobody signs");
    await secretary.go(scanned.pathname + scanned.search);
    await clean(secretary, "to sign", lang);
    await act(secretary, `${at}/signin`);
    assert.ok(await secretary.locator(".note.ok").count());
    await act(office, `${at}/guest`, form => form.locator("[name=guest]").fill(write("来宾甲")));
    await office.go(at);
    const mine = office.locator("tr", { hasText: house.account("secretary", unit).name });
    assert.ok(await mine.locator(".tag.ok").count(), "the host sees who came");
    await clean(office, "who came", lang);
    await shot(office, `training-${lang}`);

    const missed = await add(office, "training", { ...about, title: `缺课的一场 ${lang}`, held_on: day(-1), material: "照着补。" });
    await secretary.go("/training/missed");
    await clean(secretary, "missed", lang);
    await shot(secretary, `training-missed-${lang}`);
    await Promise.all([secretary.waitForNavigation(), secretary.locator(`a[href="${missed}#makeup"]`).click()]);
    await act(secretary, `${missed}/makeup`, form => form.locator("[name=note]").fill("补学：看了材料，学会了厨余、可回收、有害和其他四类怎么分，回村后先从党员户做起，每周五下午入户看一次桶，再在村口公示一次。"));
    assert.ok(await secretary.locator("main").innerText());
    await secretary.go("/training/missed");
    assert.equal(await secretary.locator(`a[href="${missed}#makeup"]`).count(), 0, "made up");
    await office.go("/training/missed");
    assert.ok(await office.locator(`a[href="${missed}"]`).count(), "others who missed it are listed for the office");
    await office.go("/training");
    await clean(office, "trainings", lang);
    healthy(office, secretary);
  });
}
