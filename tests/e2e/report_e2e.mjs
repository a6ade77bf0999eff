// report_e2e.mjs — reporting as it is: a network that goes, a phone that dies, no script, large type, few taps.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NANWANG, PHONE, as, clean, press, shot, shots, write } from "./house.mjs";

const said = {
  "zh-CN": { offline: /没有网络/, kept: /只存在这台手机/, waits: /等网络/, went: /已经发出去/, got: /收到了/, where: /哪个村/, mine: /这台设备上报过的/,
    border: /交界/, outside: /不在本镇/, merged: /合在一起办/, neighbour: /1 位邻居/, neighbours: /位邻居/, aloud: /[零一二三四五六七八九]{4}，/,
    larger: [["长辈版", 125], ["字再大些", 150], ["字再大些", 170]], near: /南王村.*\d+ 米/s },
  en: { offline: /no network/, kept: /this phone only/, waits: /Waits for a network/, went: /Sent just now/, got: /received/i, where: /the village/, mine: /this device/,
    border: /border/, outside: /not in this town/, merged: /together/, neighbour: /1 neighbour/, neighbours: /neighbours? /, aloud: /^([a-z]+ ){3}[a-z]+, /,
    larger: [["Large", 125], ["Larger type", 150], ["Larger type", 170]], near: /南王村.*\d+ m/s },
};
const scripted = [["zh-CN", {}], ["en", {}]], plainly = [["zh-CN", { javaScriptEnabled: false }], ["en", { javaScriptEnabled: false }]];
const variants = (which, name, run) => which.forEach(([locale, how], i) =>
  test(`${name} (${locale}${how.javaScriptEnabled === false ? ", no script" : ""})`,
    house => run({ house, locale, plain: how.javaScriptEnabled === false, said: said[locale], i, person: more => house.person({ ...PHONE, locale, ...how, ...more }) })));

const receipt = /\/p\/(\d{12})$/;
const tile = (page, n) => page.locator(".types label.type").nth(n);
const village = (page, code = NANWANG) => page.locator(`label.chip:has(input[name=unit][value="${code}"])`);
const submit = page => page.locator(".bar button[type=submit]");
const album = page => page.locator("input[type=file][name=photo]").nth(1);
const thumbs = (page, n) => page.context().plain || page.waitForFunction(k => document.querySelectorAll("#photo [data-shots] img").length == k, n);
const arrived = (page, act) => Promise.all([page.waitForURL(receipt), act()]);
const tells = (page, words) => page.waitForFunction(w => new RegExp(w).test(document.querySelector("[data-report-text]").textContent), words.source);
const rowsOf = async (house, words) => {
  const page = await house.signIn(await house.person(), house.account("office_head"));
  await page.go("/problems?state=all&q=" + encodeURIComponent(words));
  const n = await page.locator("table.tb tbody tr").count();
  await page.context().close();
  return n;
};
// Sent, and past "is it this one?" if it is asked.
const asked = page => page.locator("form[data-step], [data-sent-draft]").first().waitFor({ state: "attached" });
const alone = async (page, tap = where => where.click()) => {
  await asked(page);
  if (!receipt.test(page.url())) await arrived(page, () => tap(page.locator("button[name=alone]")));
};

variants(scripted, "drafts with their photos outlive the network and the page, and are sent once", async ({ house, locale, said, person }) => {
  const page = await person(), words = write("断网上报 " + Date.now());
  await page.go("/report");
  await album(page).setInputFiles([await house.photo("#a86"), await house.photo("#6a8")]);
  await thumbs(page, 2);
  await tile(page, 4).click();
  await village(page).click();
  await page.fill("textarea[name=body]", words);
  await page.context().setOffline(true);
  await submit(page).click();
  await tells(page, said.offline);
  await clean(page, "no network", locale);
  await shot(page, "report-offline");
  await page.close({ runBeforeUnload: false });

  // It had been handed in: the next visit sends it by itself, asks nothing, and says the receipt.
  const again = await page.context().newPage();
  await page.context().setOffline(false);
  await again.goto(house.url + "/report");
  await again.locator("[data-went] li a").waitFor();
  assert.match(await again.textContent("[data-went]"), said.went);
  await clean(again, "sent at last", locale);
  await shot(again, "report-went");
  assert.equal(await again.locator("[data-drafts] li:not([hidden])").count(), 0);
  await arrived(again, () => again.locator("[data-went] li a").click());
  assert.match(await again.textContent("main"), new RegExp(words));
  assert.equal(await again.locator("main img.ph").count(), 2, "both photos came");
  assert.equal(await rowsOf(house, words), 1);
});
variants(scripted, "several drafts say that they are kept on this phone only, are opened, and are deleted", async ({ house, locale, said, person }) => {
  const page = await person();
  for (const [n, colour] of [[0, "#224"], [1, "#422"]]) {
    await page.go("/report");
    await album(page).setInputFiles(await house.photo(colour));
    await thumbs(page, 1);
    await tile(page, n).click();
    await page.locator("[data-draft-keep]").click();
    await tells(page, said.kept);
  }
  await page.go("/report");
  const rows = page.locator("[data-drafts] li:not([hidden])");
  await rows.nth(1).waitFor();
  assert.equal(await rows.count(), 2);
  assert.match(await rows.first().textContent(), said.kept);
  await clean(page, "two drafts", locale);
  await shot(page, "report-drafts");
  await rows.first().locator("[data-draft-open]").click();
  await thumbs(page, 1);
  assert.ok(await page.locator("input[name=category]:checked").count());
  assert.equal(await rows.count(), 1);
  await rows.first().locator("[data-draft-drop]").click();
  await rows.first().locator("[data-draft-drop]").click();
  await page.waitForFunction(() => document.querySelectorAll("[data-drafts] li:not([hidden])").length == 0);
  await village(page).click();
  await submit(page).click();
  await alone(page);
  await page.go("/report");
  // of those that were kept there is none, and of this page's own neither
  assert.deepEqual(await page.evaluate(() => heqing.kept("heqing-report", { drafts: "key", photos: "id" }).all("drafts")), [], "what was sent is no draft any more");
});

variants(scripted, "an upload that breaks off goes on where it was, and a lost answer makes no second row", async ({ house, locale, said, person }) => {
  const page = await person(), words = write("续传 " + Date.now());
  const sent = [];
  let cut = true, lost = true;
  await page.route("**/report/photos", async route => {
    const offset = +(/name="offset"\r\n\r\n(\d+)/.exec(route.request().postDataBuffer().toString("latin1")) || [])[1];
    sent.push(offset);
    if (offset > 0 && cut) { cut = false; return route.abort(); }
    return route.continue();
  });
  await page.route("**/report", async route => {
    if (route.request().method() != "POST" || !lost) return route.continue();
    lost = false;
    await route.fetch({ maxRedirects: 0 }); // the house has it, the phone never hears of it
    return route.abort();
  });
  await page.go("/report");
  // noise does not shrink: several pieces
  const noisy = await page.evaluate(async () => {
    const c = document.createElement("canvas"); c.width = c.height = 900;
    const x = c.getContext("2d"), d = x.createImageData(900, 900);
    for (let i = 0; i < d.data.length; i++) d.data[i] = i % 4 == 3 ? 255 : Math.random() * 256;
    x.putImageData(d, 0, 0);
    const b = await new Promise(r => c.toBlob(r, "image/jpeg", .95));
    return [...new Uint8Array(await b.arrayBuffer())];
  });
  await album(page).setInputFiles({ name: "n.jpg", mimeType: "image/jpeg", buffer: Buffer.from(noisy) });
  await thumbs(page, 1);
  await tile(page, 2).click();
  await village(page).click();
  await page.fill("textarea[name=body]", words);
  await submit(page).click();
  await tells(page, said.offline);
  const before = sent.filter(o => o > 0).length;
  assert.ok(before >= 1, "a second piece was on its way");
  await submit(page).click();
  await page.waitForFunction(() => !document.querySelector(".bar [type=submit]").disabled);
  const first = sent.indexOf(0), zeros = sent.filter(o => o === 0).length;
  assert.equal(zeros, 1, "never from the beginning again: " + sent.join(" "));
  assert.equal(first, 0);
  await submit(page).click();
  await alone(page);
  assert.match(await page.textContent("main"), said.got);
  await clean(page, "what came at last", locale);
  assert.equal(await rowsOf(house, words), 1);
});

variants(plainly, "the plain form carries its photos, and nothing is lost on the way", async ({ house, locale, said, person }) => {
  const page = await person(), words = write("不用脚本也能报");
  await page.go("/report");
  assert.equal(await page.locator("[data-now]:visible, [data-drafts]:visible").count(), 0);
  assert.equal(await page.locator("input[capture=environment]").count(), 1);
  await page.locator("input[type=file][name=photo]").first().setInputFiles(await house.photo("#a86"));
  await tile(page, 0).click();
  await page.fill("textarea[name=body]", words);
  await press(page, submit(page)); // no village yet
  assert.match(await page.textContent(".errs"), said.where);
  await clean(page, "no village yet", locale);
  assert.equal(await page.inputValue("textarea[name=body]"), words);
  assert.equal(await page.locator("input[name=photo_hash]:checked").count(), 1);
  await village(page).click();
  await press(page, submit(page));
  await alone(page);
  assert.equal(await page.locator("main img.ph").count(), 1, "the photo came with it");
  await page.go("/p");
  assert.match(await page.textContent("main"), said.mine);
  await clean(page, "found again by this browser", locale);
});

variants([...scripted, ...plainly], "the large version has targets of 60 px and type to 170 %, and is remembered", async ({ locale, said, person }) => {
  const page = await person();
  await page.go("/report");
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  for (const [name, percent] of said.larger) {
    await press(page, page.locator("header").getByText(name, { exact: true }));
    assert.equal(await size(), 16 * percent / 100);
  }
  await page.go("/report");
  assert.equal(await size(), 27.2, "still there on the next visit");
  const small = await page.evaluate(() => [...document.querySelectorAll("main button, main summary, main select, main label.chip, main label.type, main label.file, main input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), .bar button, header .pill")]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < 59.5).map(e => e.outerHTML.slice(0, 90)));
  assert.deepEqual(small, []);
  await clean(page, "170 %", locale);
  await shot(page, "report-elder");
});

// The camera's own two taps (shutter, "use it") are counted with the button that opens it.
const counter = page => {
  let n = 0;
  return { tap: async where => { n++; await where.click(); }, camera: async file => { n += 3; await page.locator("input[capture]").setInputFiles(file); }, get n() { return n; } };
};

variants([...scripted, ...plainly], "with a plate it is at most seven taps, without one at most nine, and nothing is typed", async ({ house, locale, plain, said, i, person }) => {
  const page = await person();
  await page.go("/report");
  const place = await page.locator("select[name=place_list] option").evaluateAll(o => o.find(x => x.textContent == "南王公厕").value);
  await page.go("/report?place=" + place);
  const plate = counter(page);
  await plate.camera(await house.photo("#345"));
  await thumbs(page, 1);
  await plate.tap(tile(page, 7));
  await plate.tap(submit(page));
  await alone(page, plate.tap);
  assert.ok(plate.n <= 7, `${plate.n} taps with a plate`);
  assert.match(await page.textContent("h1"), /南王公厕/);

  const free = await person({ geolocation: { latitude: 34.8922, longitude: 113.5135, accuracy: 15 }, permissions: ["geolocation"] });
  await free.go("/report");
  const hand = counter(free);
  await hand.camera(await house.photo("#543"));
  await thumbs(free, 1);
  await hand.tap(tile(free, 5));
  if (plain) {
    await hand.tap(village(free));
  } else {
    await hand.tap(free.locator("[data-locate]"));
    await free.locator("[data-near-at] input[name=place]:checked").waitFor({ state: "attached" });
    assert.match(await free.textContent("[data-near-at]"), said.near);
    await clean(free, "near by", locale);
  }
  await hand.tap(submit(free));
  await alone(free, hand.tap);
  assert.ok(hand.n + 1 <= 9, `${hand.n} taps and the browser's permission`);
});

variants([...scripted, ...plainly], "a position near a border offers both sides, one outside says which town and whom to call", async ({ locale, plain, said, person }) => {
  const at = async (latitude, longitude) => {
    const page = await person({ geolocation: { latitude, longitude, accuracy: 10 }, permissions: ["geolocation"] });
    if (plain) {
      await page.go(`/report/near?lat=${latitude}&lon=${longitude}&datum=wgs84`);
      return [page, await page.textContent("[data-near]")];
    }
    await page.go("/report");
    await page.locator("[data-locate]").click();
    await page.locator("[data-near-at] .chips, [data-near-at] .note").first().waitFor();
    return [page, await page.textContent("[data-near-at]")];
  };
  const [border, both] = await at(34.8905, 113.5190);
  for (const words of [/南王村/, /张定邦村/, said.border]) assert.match(both, words);
  await clean(border, "near a border", locale);
  const [out, there] = await at(34.8880, 113.6640);
  for (const words of [/花园口镇/, /0371-/, said.outside]) assert.match(there, words);
  await clean(out, "outside", locale);
  await shot(out, "report-outside");
});

variants([...scripted, plainly[1]], "the same thing twice is followed with a code of one's own, and can be taken apart", async ({ house, locale, plain, said, i, person }) => {
  const first = await person(), second = await person();
  const place = write("老磨坊后头第" + i + "条沟");
  const make = async (page, words) => {
    await page.go("/report?unit=" + NANWANG);
    await album(page).setInputFiles(await house.photo(words == "一" ? "#a22" : "#2a2"));
    await thumbs(page, 1);
    await tile(page, 3).click();
    await page.fill("input[name=place_text]", place);
    await page.fill("textarea[name=body]", write(`${words}：${place}烧东西，烟很大`));
    await submit(page).click();
    await asked(page);
  };
  await make(first, "一");
  await alone(first);
  const code = first.url().match(receipt)[1];
  // The question beside the form does not come through: it is asked in a step of its own.
  await second.route("**/report/like", r => r.abort());
  await make(second, "二");
  await clean(second, "is it this one", locale);
  await shot(second, "report-step");
  await arrived(second, () => second.locator("button[name=same_as]").first().click()); // the very place comes first
  const own = second.url().match(receipt)[1];
  assert.notEqual(own, code);
  assert.match(await second.textContent("main"), said.merged);
  await clean(second, "a follower's receipt", locale);
  await first.go("/p/" + code);
  assert.match(await first.textContent("main"), said.neighbour);

  const office = await as(house, locale, "office_head", undefined, plain ? { javaScriptEnabled: false } : {});
  await office.go("/duplicates");
  await clean(office, "duplicates", locale);
  await press(office, office.locator("form[action$='/unmerge']").first().locator("button"));
  assert.equal(new URL(office.url()).pathname, "/duplicates");
  await first.go("/p/" + code);
  assert.doesNotMatch(await first.textContent("main"), said.neighbours);
  await shot(office, "duplicates");
});

variants([...scripted, ...plainly], "the receipt is a picture whose square leads back, is said aloud, and is found by the office", async ({ house, locale, plain, said, person }) => {
  const page = await person(), phone = "1380000" + String(1000 + Math.floor(Math.random() * 9000));
  await page.go("/report?unit=" + NANWANG);
  await tile(page, 6).click();
  await page.fill("input[name=phone]", phone);
  await page.fill("textarea[name=body]", write("回执 " + phone));
  await submit(page).click();
  await alone(page);
  const code = page.url().match(receipt)[1];
  assert.match(await page.textContent(".aloud"), said.aloud);
  await clean(page, "receipt", locale);
  const picture = await page.request.get(house.url + `/p/${code}/picture.png`);
  assert.equal(picture.status(), 200);
  const file = join(shots, "receipt.png"), png = await picture.body();
  writeFileSync(file, png);
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1080, 1440]);
  const read = spawnSync("zbarimg", ["-q", "--raw", file], { encoding: "utf8" });
  if (!read.error) assert.equal(read.stdout.trim(), `${house.url}/p/${code}`);

  const office = await as(house, locale, "office_head", undefined, plain ? { javaScriptEnabled: false } : {});
  await office.go("/receipts");
  await office.fill("input[name=tail]", phone.slice(-4));
  await office.fill("input[name=reason]", write("本人来电，忘了回执号"));
  await press(office, office.locator("main form button").first());
  assert.match((await office.textContent("main")).replace(/\s/g, ""), new RegExp(code));
  await clean(office, "receipts", locale);
});

test("reporting reads in English too", async house => {
  const page = await house.person({ ...PHONE, locale: "en-GB" });
  await page.go("/look?lang=en&back=/report");
  await page.waitForURL(/\/report$/);
  assert.doesNotMatch(await page.evaluate(() => [...document.querySelectorAll("main *")].filter(e => !e.closest("[translate=no], [lang]") && e.children.length == 0 && e.offsetParent).map(e => e.textContent).join(" ")), /[\u4e00-\u9fff]/);
  await clean(page, "English");
  await shot(page, "report-en");
});
