// like_e2e.mjs — the same thing twice: offered while somebody still chooses, followed by one tap, and what a finger
// is on stays where it is; a phone that speaks another datum; what screening let through goes on.
import assert from "node:assert/strict";
import { PHONE, as, clean, press, refused, shot, write } from "./house.mjs";

const receipt = /\/p\/(\d{12})$/;
const tile = (page, n) => page.locator(".types label.type").nth(n);
const at = (latitude, longitude, how = {}) => ({ ...PHONE, geolocation: { latitude, longitude, accuracy: 8 }, permissions: ["geolocation"], ...how });
const submit = page => page.locator(".bar button[type=submit]");
const arrived = (page, act) => Promise.all([page.waitForURL(receipt), act()]);
const photo = async (house, page, colour) => {
  await page.locator("input[type=file][name=photo]").nth(1).setInputFiles(await house.photo(colour));
  await page.waitForFunction(() => document.querySelectorAll("#photo [data-shots] img").length == 1);
};
const located = async page => {
  await page.locator("[data-locate]").click();
  await page.locator("[data-near-at] label.chip").first().waitFor();
};
/** The chosen tile stays under the finger while the page grows: its distance from the top of the window, before and after. */
const stays = async (page, what, act) => {
  const top = () => what.evaluate(e => Math.round(e.getBoundingClientRect().top));
  await what.click();
  const before = await top();
  await act();
  assert.equal(await top(), before, "nothing moves under the finger");
};

const offered = async (house, locale, [lat, lon], n) => {
  const how = at(lat, lon, { locale }), first = await house.person(how), other = await house.person(how);
  await first.go("/report");
  await photo(house, first, "#a22");
  await tile(first, n).click();
  await located(first);
  await submit(first).click();
  await first.waitForURL(receipt);
  const code = first.url().match(receipt)[1];
  const office = await as(house, locale, "office_head");
  await office.go("/photos");
  await press(office, ".shots a >> nth=0"); // the newest
  await press(office, "form[action$='/clear'] button[value='1']");

  await other.go("/report");
  const asked = [];
  other.on("request", r => { if (/\/report\/like/.test(r.url())) asked.push(r); });
  await photo(house, other, "#2a2");
  await located(other);
  assert.equal(await other.locator("[data-same]").count(), 0, "nothing before a category is chosen");
  await stays(other, tile(other, n), () => other.locator("[data-same]").first().waitFor());
  const said = await other.locator("[data-like-at]").innerText();
  assert.match(said, locale == "zh-CN" ? /是不是这一件[^]*今天[^]*(相距 \d+ 米|同一地点)/ : /is it this one\?[^]*today[^]*(\d+ metres|same place)/);
  const large = other.locator("[data-like-at] img.ph").first();
  assert.ok((await large.boundingBox()).width > 280, "a large picture, since it is cleared");
  assert.ok(await large.evaluate(async i => { i.scrollIntoView(); await i.decode(); return i.naturalWidth >= 300; }));
  assert.ok(asked.every(r => r.method() == "POST" && !/\?/.test(r.url())), "nothing of it stands in an address");
  await clean(other, "offered"); // the tiles are the town's own words
  await shot(other, "like-" + locale);
  await arrived(other, () => other.locator("[data-same]").first().click());
  const own = other.url().match(receipt)[1];
  assert.notEqual(own, code, "a code of their own");
  assert.match(await other.textContent("main"), locale == "zh-CN" ? /合在一起办/ : /together/);
  await first.go("/p/" + code);
  assert.match(await first.textContent("main"), locale == "zh-CN" ? /1 位邻居/ : /1 neighbour/);

  for (const p of [first, other]) assert.deepEqual(p.context().wrong, []);
  if (locale != "zh-CN") return;
  // seen and not it: the report goes on at once, nobody is asked a second time
  const third = await house.person(how);
  await third.go("/report");
  await photo(house, third, "#22a");
  await tile(third, n).click();
  await located(third);
  await third.locator("[data-same]").first().waitFor();
  for (const one of await third.locator("[data-like-id]").all()) {
    await one.locator("[data-same]").scrollIntoViewIfNeeded();
    await one.and(third.locator("[data-seen]")).waitFor();
  }
  await submit(third).click();
  await third.waitForFunction(() => /\/p\/\d{12}$/.test(location.pathname) || document.querySelector("form[data-step]"));
  assert.match(third.url(), receipt, "asked once, not twice");
  assert.deepEqual(third.context().wrong, []);
};
test("while somebody chooses, what is like it is offered and followed by one tap", house => offered(house, "zh-CN", [34.8846, 113.4986], 5));
test("what is like it is offered in English too", house => offered(house, "en-GB", [34.8846, 113.4986], 6));

const datum = async (house, locale) => {
  const page = await house.person(at(34.8922, 113.5135, { locale })), words = write("坐标两种读法 " + locale);
  await page.go("/report");
  await stays(page, page.locator("[data-locate]"), () => page.locator("[data-near-other] label.chip").first().waitFor());
  assert.match(await page.locator("[data-near-at]").innerText(), locale == "zh-CN" ? /有的手机给的位置会偏几百米/ : /some hundred metres off/);
  assert.equal(await page.inputValue("input[name=datum]"), "wgs84", "what the standard says, until somebody says otherwise");
  await clean(page, "two readings");
  await shot(page, "report-datum-" + locale);
  await page.locator("[data-near-other] label.chip").first().click();
  await tile(page, 7).click();
  await page.fill("textarea[name=body]", words);
  await submit(page).click();
  await page.waitForFunction(() => /\/p\/\d{12}$/.test(location.pathname) || document.querySelector("form[data-step]"));
  if (!receipt.test(page.url())) await arrived(page, () => page.locator("button[name=alone]").click());
  const office = await as(house, locale, "office_head");
  await office.go("/problems?state=all&q=" + encodeURIComponent(words));
  await press(office, "table.tb tbody a[href^='/problems/'] >> nth=0");
  assert.match(await office.textContent("main"), /34\.892200,113\.513500 GCJ-02/);
};
test("a phone's numbers are read both ways, both answers are offered, and the choice is kept", house => datum(house, "zh-CN"));
test("both readings of a position are offered in English", house => datum(house, "en-GB"));

test("nothing moves under the finger when a message or a draft appears", async house => {
  const page = await house.person(PHONE); // no leave to know where it is
  await page.go("/report");
  await photo(house, page, "#333");
  await stays(page, page.locator("[data-locate]"), () => page.waitForFunction(() => /请直接选村/.test(document.querySelector("[data-near-at]").textContent)));
  await stays(page, tile(page, 1), async () => {
    await page.locator("[data-draft-keep]").evaluate(b => b.click());
    await page.waitForFunction(() => !document.querySelector("[data-report-say]").hidden);
  });
  assert.ok(await page.locator("[data-report-text]").evaluate(e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }), "the message is seen where one is");
  await page.context().setOffline(true);
  await stays(page, tile(page, 2), async () => {
    await submit(page).evaluate(b => b.click());
    await page.locator("[data-drafts] li:not([hidden])").first().waitFor({ state: "attached" });
  });
  await page.context().setOffline(false);
});

const released = async (house, locale, how, name) => {
  const resident = await house.person({ ...PHONE, locale, ...how }), words = write(`放行 ${name} https://example.com`);
  await resident.go("/report");
  await resident.locator("input[type=file][name=photo]").first().setInputFiles(await house.photo("#633"));
  if (how.javaScriptEnabled !== false) await resident.waitForFunction(() => document.querySelectorAll("#photo [data-shots] img").length == 1);
  await tile(resident, 0).click();
  await resident.selectOption("select[name=place_list]", { label: name });
  await resident.fill("textarea[name=body]", words);
  await submit(resident).click();
  await resident.waitForURL(receipt);
  const code = resident.url().match(receipt)[1];
  const state = async () => (await (await resident.request.get(`${house.url}/p/${code}.json`)).json()).state;
  assert.equal(await state(), "reported", "it waits");
  const secretary = await as(house, locale, "secretary", "410108101" + { 古: "200", 南: "206", 孙: "207" }[name[0]] + "000");
  await secretary.go("/problems?state=all&q=" + encodeURIComponent(words));
  assert.equal(await secretary.locator("table.tb tbody a[href^='/problems/']").count(), 0, "the village does not see it");
  const office = await as(house, locale, "office_head", undefined, how);
  await office.go("/screening");
  if (how.javaScriptEnabled !== false) await clean(office, "screening", locale == "zh-CN" ? locale : "en");
  const row = office.locator("ul.ev > li", { hasText: words });
  await press(office, row.locator("form[action$='/release'] button"));
  assert.equal(await state(), "dispatched", "filed and dispatched by the rule, as if it had never waited");
  await secretary.go("/problems?state=all&q=" + encodeURIComponent(words));
  assert.equal(await secretary.locator("table.tb tbody a[href^='/problems/']").count(), 1);
  assert.deepEqual(office.context().wrong, []);
};
test("what screening lets through is filed and dispatched by rule", house => released(house, "zh-CN", {}, "古荥党员责任区"));
test("let through in English it goes on too", house => released(house, "en-GB", {}, "南王党员责任区"));
test("let through without script it goes on too", house => released(house, "zh-CN", { javaScriptEnabled: false }, "孙庄党员责任区"));

const neighbours = async (house, locale, how, name) => {
  const office = await as(house, locale, "office_head", undefined, how);
  write(name);
  await office.go("/town");
  if (how.javaScriptEnabled !== false) await clean(office, "town", locale == "zh-CN" ? locale : "en");
  await press(office, "a[href='/neighbours/edit']");
  await office.fill("input[name=name]", name);
  await office.fill("input[name=tel]", "0371-5550000");
  await office.fill("[name=shape]", "here");
  await press(office, "main form button[type=submit]");
  assert.match(await refused(office), locale == "zh-CN" ? /纬度,经度/ : /latitude/i);
  await office.fill("[name=shape]", "34.7000,113.2000");
  await press(office, "main form button[type=submit]");
  const resident = await house.person({ ...PHONE, locale });
  await resident.go("/report/near?lat=34.7001&lon=113.2001");
  assert.match(await resident.textContent("[data-near]"), new RegExp(`${name}[^]*0371-5550000`));
  const row = office.locator("#neighbours tbody tr", { hasText: name });
  await press(office, row.locator("a[href^='/neighbours/edit']"));
  await office.fill("input[name=tel]", "0371-5551111");
  await press(office, "main form button[type=submit]");
  assert.match(await row.textContent(), /0371-5551111/);
  assert.match(await (await office.request.get(house.url + "/neighbours.csv")).text(), new RegExp(`${name},0371-5551111,"34.7000,113.2000"`));
  await press(office, row.locator("form[action='/neighbours/drop'] button"));
  assert.equal(await row.count(), 0);
};
test("the office keeps the table of neighbouring towns, and a report from outside is told by it", house => neighbours(house, "zh-CN", {}, "试验镇甲"));
test("the neighbours' table without script", house => neighbours(house, "zh-CN", { javaScriptEnabled: false }, "试验镇乙"));
test("the neighbours' table in English", house => neighbours(house, "en-GB", {}, "试验镇丙"));

/** How far and how old "the same thing" may be, as the office sets it on the category's page. */
const same = async (office, code, radius, days) => {
  await office.go("/settings/categories/" + code);
  await office.fill("input[name=radius_m]", String(radius));
  await office.fill("input[name=age_days]", String(days));
  await press(office, "main form button[type=submit]");
};
/** A report from a place with GPS, or, without script, from the same known place. */
const there = async (house, how, [lat, lon], place, n) => {
  const plain = how.javaScriptEnabled === false, page = await house.person(plain ? { ...PHONE, ...how } : at(lat, lon, how));
  await page.go("/report");
  if (plain) await page.selectOption("select[name=place_list]", { label: place });
  else await located(page);
  const asked = plain ? undefined : page.waitForResponse(r => /\/report\/like/.test(r.url()));
  await tile(page, n).click();
  await asked;
  if (plain) await Promise.all([page.waitForNavigation(), submit(page).click()]);
  return page;
};
const offers = page => page.locator("[data-same], form[data-step] button[name=follow], form[data-step] button[value]:not([name=alone])").count();
const limits = async (house, how, [lat, lon], place, n, code) => {
  const office = await as(house, how.locale, "office_head", undefined, how), plain = how.javaScriptEnabled === false;
  await same(office, code, 5001, 7);
  assert.match(await refused(office), /5000/, "not as far as that");
  await same(office, code, 100, 7);
  const first = await there(house, how, [lat, lon], place, n);
  if (!receipt.test(first.url())) await arrived(first, () => (plain ? first.locator("button[name=alone]") : submit(first)).click());
  const second = async () => there(house, how, [lat - 0.0004, lon - 0.0042], place, n); // at the other end of the village, some 380 m on
  if (!plain) {
    const far = await second();
    assert.equal(await offers(far), 0, "too far: " + await far.locator("[data-like-at]").innerText());
    await same(office, code, 500, 7);
  }
  const near = await second();
  if (plain) assert.ok(!receipt.test(near.url()), "asked");
  else await near.locator("[data-same]").first().waitFor();
  assert.ok(await offers(near) > 0, "near and young: offered");
  await same(office, code, 500, 0);
  const old = await second();
  if (plain) assert.match(old.url(), receipt, "older than the office wants: not asked");
  assert.equal(await offers(old), 0, "too old");
  await same(office, code, 100, 30);
};
test("how far and how old the same thing may be is set by the office", house => limits(house, { locale: "zh-CN" }, [34.9042, 113.5520], "", 2, "6115"));
test("how far and how old the same thing may be, in English", house => limits(house, { locale: "en-GB" }, [34.9112, 113.4980], "", 1, "6101"));
test("how old the same thing may be, without script", house => limits(house, { locale: "zh-CN", javaScriptEnabled: false }, [0, 0], "南王公厕", 2, "6115"));
