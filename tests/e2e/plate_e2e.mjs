// plate_e2e.mjs — 码牌 on a phone, in both languages and without script: made, printed, scanned, lost and found.
import assert from "node:assert/strict";
import { NANWANG, PHONE, as, clean, healthy, press, shot, write } from "./house.mjs";
import { fetched, sizes, squares } from "./papers.mjs";

const SUNZHUANG = "410108101207000", CHENGZHUANG = "410108101201000";
const plain = { javaScriptEnabled: false };
const WAYS = [["zh-CN", "zh-CN", {}, NANWANG, "中文"], ["en-GB", "en", {}, SUNZHUANG, "English"], ["zh-CN", "zh-CN", plain, CHENGZHUANG, "without script"]];

for (const [locale, lang, how, unit, way] of WAYS) {
  test(`a village's plates are made, printed and read, and a scan opens the form with the place (${way})`, async house => {
    // 程庄 has no secretary: the office makes its plates.
    const page = await as(house, locale, unit == CHENGZHUANG ? "office" : "secretary", unit == CHENGZHUANG ? undefined : unit, how);
    const looked = name => how === plain ? undefined : clean(page, name, lang);
    ["网格", "演示"].forEach(write);
    await page.go(`/plates?unit=${unit}`);
    if (await page.$("form[action='/plates'] button")) await press(page, "form[action='/plates'] button");
    assert.equal(await page.locator("form[action='/plates'] button").count(), 0, "one for each place, and no more");
    await looked("the village's plates");
    await shot(page, `plates-${way}`);
    const codes = await page.$$eval("td a[href^='/plates/']", all => all.map(a => a.getAttribute("href").slice(8)));
    assert.ok(codes.length > 3);
    const pdf = await fetched(page, `/plates/sheet/${unit}.pdf`);
    assert.deepEqual(sizes(pdf)[0], [210, 297], "on sheets of A4");
    if (how !== plain && lang !== "en") // the sheet is drawn by the same hand for all
      assert.deepEqual(squares(pdf, "120", "150", "220").sort(), codes.map(c => `${house.url}/q/${c}`).sort(), "every square of the sheet is read");

    const last = codes.at(-1), sticker = await fetched(page, `/plates/${last}.pdf`);
    assert.deepEqual(sizes(sticker), [[45, 62]], "a small sticker");
    assert.deepEqual(squares(sticker), [`${house.url}/q/${last}`]);
    const scans = async () => {
      await page.go(`/plates/${last}`);
      return +(await page.textContent("#scans")).match(/(\d+)\s*$/)[1];
    };
    const before = await scans(), resident = await house.person({ ...PHONE, locale, ...how });
    await resident.go(`/q/${last}`);
    assert.equal(new URL(resident.url()).pathname, "/report");
    assert.ok(await resident.isChecked("input[name=place] >> nth=0"), "the place is filled in");
    assert.equal(await resident.inputValue("input[name=plate]"), last);
    assert.deepEqual((await resident.context().cookies()).filter(c => !/^(hq_look|hq_lang|look|lang)/.test(c.name)), [], "nobody is followed");
    await resident.go(`/q/${last}/who`);
    assert.match(await resident.textContent("main"), /同志|办公室|office/i);
    if (how !== plain) await clean(resident, "whose place it is", lang);
    assert.equal(await scans(), before + 1, "one scan, counted by plate and day");

    await looked("one plate");
    await shot(page, `plate-${way}`);
    await page.fill("input[name=why]", write("掉了"));
    await press(page, "form[action$='/lost'] button");
    const fresh = new URL(page.url()).pathname.slice(8);
    assert.notEqual(fresh, last);
    await page.go(`/plates/${last}`);
    assert.ok(await page.locator(`.note a[href='/plates/${fresh}']`).count(), "the old one is marked");
    assert.equal(await page.locator("form[action$='/lost']").count(), 0);
    await page.go(`/plates?unit=${unit}`);
    assert.ok(await page.locator(`section:has(#old) a[href='/plates/${fresh}']`).count(), "and listed as one to take down");
    await looked("plates that were replaced");
    await resident.go(`/q/${last}/who`);
    assert.match(await resident.textContent(".note"), lang === "en" ? /old plate/i : /旧牌/);
    await resident.go(`/q/${last}`);
    assert.equal(new URL(resident.url()).pathname, "/report");
    assert.ok(await resident.isChecked("input[name=place] >> nth=0"), "the old one leads to the same place");
    const table = house.run("export", "plate");
    assert.match(table, /^\ufeff?code,unit,place,name,from_on,replaced_by\r?\n/);
    assert.match(table, new RegExp(`^${last},.*,${fresh}\r?$`, "m"));
    healthy(page, resident);
    assert.equal((await resident.go("/q/AAAAAAA")).status(), 404);
  });
}
