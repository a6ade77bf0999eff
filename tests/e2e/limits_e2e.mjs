// limits_e2e.mjs — more than usual on one day from one telephone, one plate or one phone in one minute: nothing is
// lost, the resident is told what happened and whom to call, and the office sees why.
import assert from "node:assert/strict";
import { PHONE, as, clean, press, refused, shot, write } from "./house.mjs";

const receipt = /\/p\/(\d{12})$/;
const ways = [
  ["zh-CN", "zh-CN", {}, "程庄"], ["en-GB", "en", {}, "马村"], ["zh-CN", "without script", { javaScriptEnabled: false }, "曹村坡"],
];

/** The town's own number, from today on. */
const set = async (office, name, value) => {
  await office.go("/settings/values/" + name);
  await office.fill("main form [name=value]", String(value));
  await press(office, "main form button[type=submit]");
  assert.equal(await refused(office), "", name);
};
const state = async (page, url) => (await (await page.request.get(url + ".json")).json()).state;
/** Tapped as on a phone; what is offered as the same is declined. */
const sent = async page => {
  await page.locator(".bar button[type=submit]").click();
  await page.waitForFunction(() => /\/p\/\d{12}$/.test(location.pathname) || document.querySelector("form[data-step]"));
  if (!receipt.test(page.url())) await Promise.all([page.waitForURL(receipt), page.locator("button[name=alone]").click()]);
  return page.url();
};
const reported = async (house, how, path, fill) => {
  const page = await house.person({ ...PHONE, ...how });
  await page.go(path);
  await page.locator("#category label.type").nth(7).click();
  await fill(page);
  await sent(page);
  return page;
};

/** The second one waits: told on the receipt, with the reason and the telephone; seen by the office, then let through. */
const second = async (house, locale, lang, how, setting, path, fill, reason) => {
  const office = await as(house, locale, "office_head", undefined, how), plain = how.javaScriptEnabled === false;
  await set(office, setting, 1);
  try {
    const first = await reported(house, { locale, ...how }, path, page => fill(page, write(`头一件 ${setting} ${lang}`)));
    assert.equal(await first.locator("[data-waits]").count(), 0, "the first does not wait");
    const words = write(`第二件 ${setting} ${lang}`);
    const page = await reported(house, { locale, ...how }, path, p => fill(p, words));
    const note = page.locator("[data-waits]"), said = await note.innerText();
    assert.match(said, locale == "zh-CN" ? /先看过[^]*不用再报一遍[^]*着急请打/ : /looks at this one first[^]*no need to report it again[^]*call/);
    assert.match(said, reason);
    assert.match(await note.locator("a").getAttribute("href"), /^tel:/);
    assert.equal(await state(page, page.url()), "reported");
    if (!plain) await clean(page, "waits"); // whose turn it is says a family name
    await shot(page, `limit-${setting}-${lang}`);
    await office.go("/screening");
    const row = office.locator("ul.ev > li", { hasText: words });
    assert.match(await row.innerText(), reason, "the office is told which rule");
    assert.equal(await office.locator("ul.ev > li", { hasText: `头一件 ${setting} ${lang}` }).count(), 0);
    await press(office, row.locator("form[action$='/release'] button"));
    await page.reload();
    assert.equal(await page.locator("[data-waits]").count(), 0, "let through, nothing is said of waiting any more");
    for (const p of [first, page]) assert.deepEqual(p.context().wrong, []);
  } finally {
    await set(office, setting, { screen_phone: 10, screen_plate: 30 }[setting]);
  }
};

ways.forEach(([locale, lang, how, village], i) => {
  test(`beyond the day's reports of one telephone it waits for the office, and the resident is told (${lang})`, house =>
    second(house, locale, lang, how, "screen_phone", "/report", async (page, words) => {
      await page.selectOption("select[name=place_list]", { label: village + "文化广场" });
      await page.fill("textarea[name=body]", words);
      await page.fill("input[name=phone]", `1380371${6100 + i}`);
    }, locale == "zh-CN" ? /同一电话今天报得很多/ : /telephone/i));

  test(`beyond the day's reports by one plate it waits for the office, and the resident is told (${lang})`, async house => {
    const office = await as(house, locale, "office_head"), unit = "410108101" + ["201", "202", "205"][i] + "000";
    await office.go(`/plates?unit=${unit}`);
    if (await office.$("form[action='/plates'] button")) await press(office, "form[action='/plates'] button");
    const plate = (await office.getAttribute("td a[href^='/plates/'] >> nth=1", "href")).slice(8);
    await second(house, locale, lang, how, "screen_plate", "/q/" + plate, (page, words) => page.fill("textarea[name=body]", words),
      locale == "zh-CN" ? /同一块码牌今天报得很多/ : /plate/i);
  });

  if (how.javaScriptEnabled !== false) test(`too much from one phone in one minute is told, and sent by itself when it may (${lang})`, async house => {
    const page = await house.person({ ...PHONE, locale, ...how });
    await page.go("/report");
    await page.locator("#category label.type").nth(7).click();
    await page.selectOption("select[name=place_list]", { label: village + "村委会大院" });
    await page.fill("textarea[name=body]", write(`人多的时候 ${lang}`));
    await Promise.all([...Array(10)].map(() => page.request.post(house.url + "/report", { form: {} })));
    await page.locator(".bar button[type=submit]").click();
    await page.waitForFunction(w => new RegExp(w).test(document.querySelector("[data-report-text]")?.textContent), locale == "zh-CN" ? "\\d+ 秒后自动再发" : "again by itself in \\d+ s");
    await shot(page, "limit-crowded-" + lang);
    await page.waitForFunction(() => /\/p\/\d{12}$/.test(location.pathname) || document.querySelector("form[data-step]"));
    page.context().wrong.length = 0; // 429
  });

  if (how.javaScriptEnabled === false) test(`too much from one phone in one minute is told, and what was typed is kept (${lang})`, async house => {
    const page = await house.person({ ...PHONE, locale, ...how }), words = write(`一分钟里太多 ${lang}`);
    await page.go("/report");
    await page.locator("#category label.type").nth(7).click();
    await page.selectOption("select[name=place_list]", { label: village + "村委会大院" });
    await page.fill("textarea[name=body]", words);
    const burst = await Promise.all([...Array(10)].map(() => page.request.post(house.url + "/report", { form: {} })));
    assert.ok(burst.every(r => r.status() != 429));
    await press(page, ".bar button[type=submit]");
    assert.match(await page.textContent("main"), new RegExp(`操作太频繁[^]*请在 \\d+ 秒后再试[^]*${words}`), "what was typed is on the page, to be sent again");
    await shot(page, "limit-minute-" + lang);
  });
});
