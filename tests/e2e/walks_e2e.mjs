// walks_e2e.mjs — 大会诊, 巡查 and 红色物业 on a phone, in both languages and without script: a survey from its route
// to its sheet, also without a network; a river section walked with one tap, a point that is looked at again; a
// compound, its three sides, and the company that sees it alone; a walk imported by mistake.
import assert from "node:assert/strict";
import { NANWANG, PHONE, as, clean, healthy, press, send, shot, write } from "./house.mjs";

const SUNZHUANG = "410108101207000", RIVERBRIDGE = "410108101208000", GUXING = "410108101200000";
const plain = { javaScriptEnabled: false };
const WAYS = [["zh-CN", "zh-CN", {}, "中文"], ["en-GB", "en", {}, "English"], ["zh-CN", "zh-CN", plain, "without script"]];
const looked = (page, name, lang, how) => how === plain ? undefined : clean(page, name, lang);
["暴露垃圾", "垃圾脏乱", "道路破损", "第一网格", "第二网格", "第三网格", "第四网格", "其他", "演示", "第一轮", "第二轮"].forEach(write);

for (const [locale, lang, how, way] of WAYS) {
  test(`a survey goes from its route over villages, streets, enterprises and sites to its sheet (${way})`, async house => {
    const page = await as(house, locale, "office", undefined, how), name = write(`手机上走的一轮 ${way}`);
    await page.go("/survey");
    await looked(page, "surveys", lang, how);
    await press(page, "a[href='/survey/new']");
    await looked(page, "a new survey", lang, how);
    await page.fill("input[name=name]", name);
    const walker = page.locator("label.chip:has(input[name=walker])", { hasText: house.account("lead", NANWANG).name });
    await walker.click();
    await press(page, "main form button.primary");
    const round = new URL(page.url()).pathname;
    await press(page, "form[action$='/start'] button");
    assert.match(await page.textContent("[role=alert]"), lang === "en" ? /no stop/i : /还没有点位/);
    page.context().wrong.length = 0; // what a browser says of a 409
    await page.go(round);
    const kinds = [/^南王村$/, /^孙庄村$/, /南王加工点/, /南王道路改造工地/, /孙庄中心街东段/];
    assert.equal(await page.locator("select[name=stop] option", { hasText: "纪公庙旧工地" }).count(), 0, "what is over is not walked");
    for (const label of kinds) {
      const value = await page.locator("select[name=stop] option").evaluateAll(
        (all, [source]) => all.find(o => new RegExp(source).test(o.textContent.trim())).value, [label.source]);
      await page.selectOption("select[name=stop]", value);
      await press(page, "form[action$='/stops'] button.primary");
    }
    assert.equal(await page.locator("section:has(#route) tbody tr").count(), kinds.length);
    await looked(page, "the route", lang, how);
    await shot(page, `survey-route-${way}`);
    await press(page, "form[action$='/start'] button");
    const other = await as(house, locale, "secretary", RIVERBRIDGE);
    await other.go(round);
    await press(other, "section:has(#route) a[href^='/survey/stops/'] >> nth=0");
    assert.equal(await other.locator("main form").count(), 0, "who does not walk tells nothing");

    // A lead of the list walks.  A visit shows a photo.
    const lead = await as(house, locale, "lead", NANWANG, how);
    await lead.go(round);
    await press(lead, "a.primary[href^='/survey/stops/']");
    await looked(lead, "a stop", lang, how);
    const visit = async (colour, note) => {
      await lead.locator("form[action$='/visit'] input[type=file]").setInputFiles(await house.photo(colour));
      if (note) await lead.fill("form[action$='/visit'] input[name=note]", write(note));
      await send(lead, lead.locator("form[action$='/visit']"));
    };
    const bare = /至少拍一张|at least one photo|a photo/i;
    if (how === plain) {
      await send(lead, lead.locator("form[action$='/visit']"));
      assert.match(await lead.textContent("[role=alert]"), bare);
    } else {
      await lead.click("form[action$='/visit'] button");
      await lead.waitForFunction(() => document.querySelector("[data-queue-list] li:not([hidden]) [data-queue-why]")?.textContent);
      assert.match(await lead.textContent("[data-queue-list] li:not([hidden])"), bare);
      await lead.click("[data-queue-list] li:not([hidden]) button"); // refused with its reason; not wanted
      await lead.waitForFunction(() => document.querySelector("[data-queue-note]").hidden);
    }
    lead.context().wrong.length = 0; // what a browser says of a 422
    await visit("#58a", "村口干净");
    assert.ok(await lead.locator(".tag.ok").count());
    await shot(lead, `survey-stop-${way}`);

    // One tap with a photo is a problem; without a network it waits, also when the page is left, and is sent once.
    const next = lang === "en" ? "Next stop" : "下一个点位";
    await press(lead, `a:text-is("${next}")`);
    const at = new URL(lead.url()).pathname, found = lead.locator("section:has(#found) .task");
    const find = lead.locator("form[action$='/find']");
    if (how !== plain) await lead.context().setOffline(true);
    await find.locator("input[type=file]").setInputFiles(await house.photo("#a62"));
    if (how === plain) {
      await send(lead, find);
    } else {
      await find.locator("[data-shots] img").waitFor();
      await find.locator("label.chip").first().click();
      await find.locator("button[type=submit]").click();
      await lead.waitForFunction(() => document.querySelector("[data-queue-n]").textContent == "1");
      await clean(lead, "a stop without a network", lang);
      await shot(lead, `survey-offline-${way}`);
      await lead.goto("about:blank").catch(() => {});
      await lead.context().setOffline(false);
      await lead.goto(house.url + at, { waitUntil: "commit" }); // the page sends it and comes anew
      await found.first().waitFor();
      await lead.waitForLoadState();
      lead.context().wrong.length = 0; // what a browser says of a lost network
    }
    assert.equal(await found.count(), 1, "once");
    const seen = await found.locator("a[href^='/problems/']").getAttribute("href");
    await visit("#3a6");
    await page.go(seen);
    assert.ok(await page.locator("main img").count(), "with its photo");
    assert.match(await page.textContent("main"), lang === "en" ? /survey/i : /大会诊/, "its source");

    await page.go(round);
    await press(page, "form[action$='/close'] button");
    assert.match(await page.textContent("[role=alert]"), lang === "en" ? /3 stops/ : /还有 3 个点位没有结果/);
    page.context().wrong.length = 0;
    for (let left = 3; left > 0; left--) {
      await lead.go(round);
      await press(lead, "a.primary[href^='/survey/stops/']");
      if (left > 1) { await visit("#7a9"); continue; }
      await lead.click("details:has(form[action$='/skip']) summary");
      await lead.fill("form[action$='/skip'] input[name=note]", write("当天封路"));
      await press(lead, "form[action$='/skip'] button");
    }
    await page.go(round);
    await press(page, "form[action$='/close'] button");
    await looked(page, "a closed survey", lang, how);
    const cover = unit => page.locator("section:has(#cover) tbody tr", { has: page.locator(`a[href='/units/${unit}']`) });
    assert.match(await cover(NANWANG).innerText(), /3\/3/, "南王: the village, its enterprise, its site");
    assert.match(await cover(SUNZHUANG).innerText(), /1\/2/, "孙庄: not its street");
    assert.match(await page.textContent("#cover"), /2(\/| of )12/);
    await page.go(round + "/sheet");
    await looked(page, "the sheet", lang, how);
    const sheet = await page.innerText("main");
    for (const words of [/当天封路/, /村口干净/, /4(\/| of )5/, /2(\/| of )12/]) assert.match(sheet, words);
    await shot(page, `survey-sheet-${way}`);
    healthy(page, lead, other);
  });

  test(`a river section is walked with one tap, and a point's pictures stand side by side by date (${way})`, async house => {
    const page = await as(house, locale, "secretary", SUNZHUANG, how), name = write(`滩地渣土堆 ${way}`);
    await page.go("/patrol");
    await looked(page, "patrols", lang, how);
    await shot(page, `patrol-${way}`);
    await press(page, "a:has-text('黄河滩地孙庄段')");
    await looked(page, "a river section", lang, how);
    const at = new URL(page.url()).pathname, told = "section:has(#ws) > p", walks = await page.locator(told).count();
    await press(page, "form[action$='/walk'] > button");
    assert.equal(await page.locator(told).count(), Math.min(walks + 1, 20), "one tap");
    const chips = (await page.locator("form[action$='/find'] label.chip").allInnerTexts()).join(" ");
    for (const chaos of lang === "en" ? ["River encroached", "sand or soil dug", "Waste dumped", "Building in the river"] : ["乱占", "乱采", "乱堆", "乱建"]) assert.match(chips, new RegExp(chaos));
    await page.locator("form[action$='/find'] input[type=file]").setInputFiles(await house.photo("#765"));
    await page.locator("form[action$='/find'] label.chip", { hasText: lang === "en" ? "Waste dumped" : "乱堆" }).click();
    await page.fill("form[action$='/find'] input[name=point]", name);
    await send(page, page.locator("form[action$='/find']"));
    assert.equal(new URL(page.url()).pathname, at);
    assert.match(await page.textContent("section:has(#wh)"), lang === "en" ? /1 problem/ : /这次发现 1 个问题/);
    await press(page, `a:has-text("${name}")`);
    await page.locator("form[action$='/look'] input[type=file]").setInputFiles(await house.photo("#487"));
    await page.locator("form[action$='/look'] label.chip").nth(1).click();
    await send(page, page.locator("form[action$='/look']"));
    const shown = page.locator("section:has(#bs) .pair figure");
    assert.equal(await shown.count(), 2);
    const boxes = await shown.locator("img").evaluateAll(all => all.map(i => { const b = i.getBoundingClientRect(); return [Math.round(b.width), Math.round(b.height), Math.round(b.y)]; }));
    assert.deepEqual(boxes[0], boxes[1], "at one scale, side by side");
    for (const date of await shown.locator("figcaption").allInnerTexts()) assert.match(date, /\d\d-\d\d \d\d:\d\d|\d+ \w+/, "each with its date");
    assert.ok(await page.locator(".lead .tag.ok").count(), "gone");
    // It comes back: the third picture, and any two days side by side.
    await page.locator("form[action$='/look'] input[type=file]").setInputFiles(await house.photo("#a43"));
    await page.locator("form[action$='/look'] label.chip").nth(1).click();
    await send(page, page.locator("form[action$='/look']"));
    assert.match(await page.textContent(".lead"), lang === "en" ? /back 1|1 time|came back/i : /反弹 1 次/);
    const days = page.locator("section:has(#bs) select[name=b] option");
    assert.equal(await days.count(), 3);
    await page.selectOption("select[name=b]", { index: 1 });
    await press(page, "section:has(#bs) form button");
    assert.equal(await page.locator("section:has(#bs) .pair img").count(), 2);
    await looked(page, "a point", lang, how);
    await shot(page, `patrol-point-${way}`);
    await page.go("/patrol");
    await press(page, "a:has-text('黄河大堤孙庄段')");
    assert.doesNotMatch((await page.locator("form[action$='/find'] label.chip").allInnerTexts()).join(" "), /^$/);
    healthy(page);
  });

  test(`a company with an account over one compound sees and acts on that one alone (${way})`, async house => {
    const own = "西山小区一期", page = await house.person({ ...PHONE, locale, ...how });
    house.accounts.forEach(a => write(a.name));
    ["楼道堆物", "垃圾桶", own, "小区", "安居", "绿邻", "红邻", "主任"].forEach(write);
    await house.signIn(page, house.accounts.find(a => a.login === "mi92"));
    await page.go("/problems");
    await looked(page, "its list", lang, how);
    await shot(page, `company-${way}`);
    const rows = await page.locator("main a[href^='/problems/']").evaluateAll(all => [...new Set(all.map(a => a.getAttribute("href")))].filter(h => /^\/problems\/\d+$/.test(h)));
    assert.ok(rows.length >= 1, "the demonstration has one open");
    for (const words of (await page.locator("main table tbody tr, main .tb tbody tr").allInnerTexts())) assert.match(words, new RegExp(own));
    // A resident's new one at its compound comes by rule, with its photo; it is accepted and answered.
    await page.go(rows.at(-1));
    assert.match(await page.textContent("main"), new RegExp(own));
    await looked(page, "its matter", undefined, how);
    // Its neighbour's is not there for it, on any of its pages.
    const office = await as(house, locale, "office");
    await office.go("/problems?q=绿境小区一期");
    const theirs = await office.locator("main tbody a[href^='/problems/']").first().getAttribute("href");
    for (const path of [theirs, "/problems.csv?q=绿境小区一期", "/ledgers/problem?q=绿境小区一期", "/problems?q=绿境小区一期"]) {
      const answer = await page.request.get(house.url + path);
      if (path === theirs) assert.equal(answer.status(), 404, path);
      assert.doesNotMatch(await answer.text(), /七号楼电梯|绿境小区一期 /, path);
    }
    await page.go("/compounds");
    await looked(page, "compounds", lang, how);
    await press(page, `main a:has-text("${own}")`);
    assert.equal(await page.locator("main form").count(), 0, "who keeps a compound is written down by the community");
    await page.go("/patrol");
    assert.equal(await page.locator("main a[href^='/patrol/places/']").count(), 0);
    healthy(page, office);
  });
}

for (const [locale, lang, how, unit, place, way] of [["zh-CN", "zh-CN", {}, "410108101001000", "西山小区三期", "中文"],
  ["en-GB", "en", plain, "410108101002000", "绿境小区二期", "English, without script"]])
  test(`a compound stops to be a blind spot when its three sides are there, and their promises are public (${way})`, async house => {
    const guest = await house.person({ ...PHONE, locale }), blind = lang === "en" ? /blind/i : /盲点/;
    ["小区", "安居", "绿邻", "红邻", "主任"].forEach(write);
    await guest.go("/compounds");
    await clean(guest, "compounds for everybody", lang);
    await shot(guest, `compounds-${way}`);
    assert.match(await guest.textContent("main"), blind);
    assert.match(await guest.locator("tr", { hasText: "安居物业" }).last().innerText(), /3\/4[^]*1\/4/, "in time of what fell due, reworked of what is closed");
    const page = await as(house, locale, "secretary", unit, how);
    await page.go("/compounds");
    await press(page, `a:has-text('${place}')`);
    const at = new URL(page.url()).pathname;
    assert.match(await page.textContent("main"), blind);
    await page.click("details:has(form[action$='/care']) summary");
    await page.selectOption("select[name=company]", { index: 1 });
    await page.fill("input[name=committee]", write("第一届，主任王老师"));
    await page.selectOption("select[name=contact]", { index: 1 });
    await press(page, "form[action$='/care'] button");
    assert.doesNotMatch(await page.textContent("main"), blind);
    await page.click("details:has(form[action$='/meetings']) summary");
    await page.fill("textarea[name=said]", write("商量充电桩放在哪里"));
    await page.fill("input[name=text1]", write("本月底前装好充电桩"));
    await press(page, "form[action$='/meetings'] button");
    assert.match(await page.textContent("[role=alert]"), lang === "en" ? /day|date/i : /办成的日期/, "a promise has its day");
    page.context().wrong.length = 0; // what a browser says of a 422
    assert.equal(await page.inputValue("input[name=text1]"), "本月底前装好充电桩");
    await page.fill("input[name=due1]", "2030-01-31");
    await press(page, "form[action$='/meetings'] button");
    await looked(page, "a compound", lang, how);
    await shot(page, `compound-${way}`);
    await page.fill("form[action$='/done'] input[name=done_said]", write("装好四个"));
    await press(page, "form[action$='/done'] button");
    await guest.go(at);
    assert.match(await guest.textContent("main"), /装好四个/);
    assert.equal(await guest.locator("main form").count(), 0);
    await clean(guest, "a compound for everybody", lang);
    healthy(guest, page);
  });

for (const [locale, lang, how, way] of WAYS.slice(1))
  test(`a walk imported by mistake is made void by two, and the right table comes under its name (${way})`, async house => {
    const office = await as(house, locale, "office", undefined, how), name = write(`导错的一轮 ${way}`);
    ["观摩", "村口", "总指挥", "导错了村", "商量"].forEach(write);
    const table = score => "name,days_ago,items,unit,observer,scores\r\n" + ["zhangsan", "lisi"].map(who =>
      `${name},9,村口;街巷;沟渠;公厕;长效,410108101206000,${who},${score}\r\n`).join("");
    const give = async score => {
      await office.go("/ledgers/observe_sheet/import");
      await office.setInputFiles("input[type=file]", { name: "observes.csv", mimeType: "text/csv", buffer: Buffer.from(table(score)) });
      await press(office, "form[enctype] button[type=submit]");
      await press(office, "form[action^='/ledgers/observe_sheet/import/'] button.primary");
    };
    await give("1 1 1 1 1");
    await office.go("/observe");
    await press(office, `a:text-is("${name}")`);
    const at = new URL(office.url()).pathname;
    await office.click("details:has(form[action$='/void']) summary");
    await office.fill("form[action$='/void'] input[name=why]", "导错了村");
    await press(office, "form[action$='/void'] button");
    assert.equal(await office.locator("form[action$='/decide']").count(), 0, "another decides");
    const commander = await as(house, locale, "commander", undefined, how);
    await commander.go(at);
    await looked(commander, "asked to be void", lang, how);
    await shot(commander, `observe-void-${way}`);
    await press(commander, "form[action$='/decide'] button[name=grant]");
    assert.match(await commander.textContent("main"), lang === "en" ? /void and counts no more/ : /已作废，不再算数/);
    await looked(commander, "a void walk", lang, how);
    await give("9 9 9 9 9");
    await office.go("/observe");
    await press(office, `a:text-is("${name}")`);
    assert.match(await office.textContent("main"), /45\.00/);
    healthy(office, commander);
  });

for (const [locale, lang, how, way] of WAYS)
  test(`a survey round imported by mistake is made void by two, and the right one comes under its name (${way})`, async house => {
    const office = await as(house, locale, "office", undefined, how), name = write(`导错的大会诊 ${way}`);
    ["大会诊", "导错了村", "南王村", "孙庄村"].forEach(write);
    const give = async (unit, stop) => {
      const table = `round,village,stop,planned_on,led_by\r\n${name},${unit},${stop},2030-01-15,张三\r\n`;
      await office.go("/ledgers/survey/import");
      await office.setInputFiles("input[type=file]", { name: "rounds.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
      await press(office, "form[enctype] button[type=submit]");
      await press(office, "form[action^='/ledgers/survey/import/'] button.primary");
      await office.go("/survey");
      await press(office, `a:text-is("${name}")`);
      return new URL(office.url()).pathname;
    };
    const at = await give(NANWANG, "南王村");
    await office.click("details:has(form[action$='/void']) summary");
    await office.fill("form[action$='/void'] input[name=why]", "导错了村");
    await shot(office, `survey-void-ask-${way}`);
    await press(office, "form[action$='/void'] button");
    assert.equal(await office.locator("form[action$='/decide']").count(), 0, "another decides");
    const commander = await as(house, locale, "commander", undefined, how);
    await commander.go(at);
    await looked(commander, "a round asked to be void", lang, how);
    await shot(commander, `survey-void-${way}`);
    await press(commander, "form[action$='/decide'] button[name=grant]");
    assert.match(await commander.textContent("main"), lang === "en" ? /void and counts no more/ : /已作废，不再算数/);
    await looked(commander, "a void round", lang, how);
    await shot(commander, `survey-voided-${way}`);
    await commander.go("/survey");
    const row = commander.locator("tr", { has: commander.locator(`a[href='${at}']`) });
    assert.match(await row.innerText(), /—/, "it is not counted");
    assert.match(await row.innerText(), lang === "en" ? /Void/i : /已作废/);
    assert.notEqual(await give("410108101207000", "孙庄村"), at, "the right round has its name");
    assert.match(await office.textContent("section:has(#route)"), /孙庄村/);
    healthy(office, commander);
  });
