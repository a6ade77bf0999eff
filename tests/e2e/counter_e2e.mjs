// counter_e2e.mjs — who has no phone, and who misuses one: 代报 with its slip, the hotline's list, screening,
// hiding, 打击报复; on a phone, in both languages, without script.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NANWANG, PHONE, as, clean, healthy, press, refused, shot, write } from "./house.mjs";
import { fetched, sizes, squares } from "./papers.mjs";

const plain = { javaScriptEnabled: false };
const WAYS = [["zh-CN", "zh-CN", {}, "中文"], ["en-GB", "en", {}, "English"], ["zh-CN", "zh-CN", plain, "without script"]];
// Data of the town, in no language but theirs.
["暴露垃圾", "垃圾脏乱", "路灯不亮", "网格", "房屋土地-宅基地", "噪音扰民", "（演示）", "没有这个村", "去年", "南王村口", "古荥大道"].forEach(write);
/** Whatever runs no script is looked at by those who do. */
const looked = (page, name, lang, how) => how === plain ? undefined : clean(page, name, lang);

for (const [locale, lang, how, way] of WAYS) {
  test(`a report for somebody without a phone takes four fields and gives a slip (${way})`, async house => {
    const page = await as(house, locale, "cadre", NANWANG, how);
    await page.go("/counter");
    await looked(page, "the counter", lang, how);
    await shot(page, `counter-${way}`);
    await page.selectOption("select[name=unit]", NANWANG);
    await page.selectOption("select[name=category]", { index: 1 });
    await page.fill("textarea[name=body]", write(`门口一堆垃圾三天没人拉，${way}`));
    await page.fill("input[name=phone]", "不知道");
    await press(page, "form[action='/counter'] button.primary");
    assert.notEqual(await refused(page), "", "a number that is none comes back");
    assert.match(await page.inputValue("textarea[name=body]"), /三天没人拉/, "with what was typed");
    page.context().wrong.length = 0; // what a browser says of a 422
    await page.fill("input[name=phone]", "13800000055");
    await press(page, "form[action='/counter'] button.primary");
    const at = new URL(page.url()).pathname;
    assert.match(at, /^\/slip\/\d{12}$/);
    const slip = await page.textContent(".slip");
    assert.match(slip, /\d{4} \d{4} \d{4}/);
    assert.doesNotMatch(slip, /13800000055|门口/, "nobody's words and number");
    await looked(page, "the slip", lang, how);
    await shot(page, `slip-${way}`);

    // On the roll: as wide as it is, no longer than the slip, and its square leads to the receipt.
    const receipt = house.url + at.replace("/slip/", "/p/");
    for (const wide of [58, 80]) {
      const pdf = await fetched(page, `${at}.pdf?w=${wide}`);
      const [[width, height], ...more] = sizes(pdf);
      assert.deepEqual([width, more.length], [wide, 0], "one page of the roll's width");
      assert.ok(height > 60 && height < 120, `${height} mm of paper`);
      assert.deepEqual(squares(pdf), [receipt]);
      await page.go(`${at}?w=${wide}`);
      const printed = sizes(await page.pdf({ preferCSSPageSize: true }));
      assert.deepEqual(printed, [[wide, 105]], "the page itself, printed");
    }
    const resident = await house.person({ ...PHONE, locale, ...plain });
    await resident.goto(receipt);
    assert.match(await resident.textContent("main"), /南王村/);
    await page.go("/counter");
    assert.ok(await page.$(`a[href='${at}']`), "printed again the same day");
    healthy(page, resident);
  });

  test(`the hotline's list is tried, imported once, and handed back in its columns (${way})`, async house => {
    const page = await as(house, locale, "office", undefined, how), no = `E2E-${way.replace(/\W/g, "") || "zh"}`;
    const head = "ext_no,reported_at,category,unit,place_text,body,name,phone,ext_due\r\n";
    const good = `${no}-1,2026-10-12 08:00,0102,南王村,南王村口,垃圾没人清,张三丰,13800000056,2026-12-01 17:30\r\n`
      + `${no}-2,,噪音扰民,,古荥大道,夜里施工,,,\r\n`;
    const bad = `${no}-3,,0102,没有这个村,村口,,,,\r\n${no}-4,去年,0102,南王村,村口,,,,\r\n`;
    const give = async table => {
      await page.go("/ledgers/hotline/import");
      await page.setInputFiles("input[type=file]", { name: "hotline.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
      await press(page, "form[enctype] button[type=submit]");
    };
    const counts = async () => (await page.locator("main").innerText()).replace(/\s+/g, " ");
    await page.go("/ledgers/hotline");
    await looked(page, "the hotline", lang, how);
    assert.ok(await page.locator("main table tbody tr").count() > 3, "the demonstration has lines");
    await shot(page, `hotline-${way}`);
    await give(head + good + bad);
    const report = await counts();
    assert.match(report, /4\D+(单位|Unit)/, "line 4, its column");
    assert.match(report, /5\D+(来电时间|Called)/, "line 5, its column");
    await looked(page, "the dry run", lang, how);
    await shot(page, `hotline-dry-run-${way}`);
    await page.go(`/ledgers/hotline`);
    assert.doesNotMatch(await counts(), new RegExp(no), "a dry run stores nothing");
    await give(head + good);
    const added = async () => {
      await press(page, "form[action^='/ledgers/hotline/import/'] button.primary");
      return page.locator("section:has(#report) dd").first().innerText();
    };
    assert.equal(await added(), "2");
    await give(good.split("\r\n").reverse().filter(Boolean).reduce((t, l) => t + l + "\r\n", head)); // another file, the same numbers
    assert.equal(await page.locator("section:has(#report) dd").first().innerText(), "0", "nothing is left to store");
    const file = join(house.dir, `${no}.csv`);
    writeFileSync(file, head + good);
    assert.match(house.run("import", "hotline", file), /重复，跳过 2 行/);
    const table = String(await fetched(page, "/ledgers/hotline.csv"));
    assert.equal(house.run("export", "hotline"), table, "the same from the command line");
    assert.equal(table.split(`${no}-1,`).length, 2, "twice imported is once");
    assert.match(table.split("\r\n")[0], /^\ufeff?ext_no,reported_at,category,unit,place_text,body,name,phone,ext_due,.*answer/);
    assert.match(table, new RegExp(`${no}-1,2026-10-12 08:00,0102,南王村,南王村口,垃圾没人清,张\\*+,138\\*+0056,2026-12-01 17:30`));
    assert.match(table, /ZZ12345-0611.*当天上午清完/, "with the answer");
    healthy(page);
  });

  test(`what looks unusual waits for the office, which is told why, and hiding leaves a stub (${way})`, async house => {
    const resident = await house.person({ ...PHONE, locale, ...plain });
    await resident.go(`/report?unit=${NANWANG}`);
    await resident.locator("label:has(input[name=category])").first().click();
    const village = resident.locator(`input[name=unit][value="${NANWANG}"]`);
    if (!(await village.isChecked())) await village.check({ force: true });
    await resident.fill("textarea[name=body]", write(`便宜卖货 https://example.com/${way.length}`));
    await press(resident, "button[type=submit][form=rf], form#rf button[type=submit]");
    const office = await as(house, locale, "office", undefined, how);
    await office.go("/screening");
    assert.match(await office.textContent("main"), lang === "en" ? /web address|link/i : /说明里有网址/);
    await looked(office, "screening", lang, how);
    await shot(office, `screening-${way}`);
    await press(office, office.locator("a[href^='/screening/']").last());
    await office.fill("input[name=why]", write(`是广告，不是问题（${way}）`));
    await press(office, "form[action$='/hide'] button");
    await looked(office, "hidden", lang, how);
    await resident.go("/hidden");
    assert.match(await resident.textContent("main"), new RegExp(`是广告，不是问题（${way}）`));
    healthy(resident, office);
  });

  test(`who is punished for reporting tells the office alone (${way})`, async house => {
    const page = await house.person({ ...PHONE, locale, ...how });
    await page.go("/retaliation");
    assert.match(await page.textContent("h1"), lang === "en" ? /Punished for having reported/ : /打击报复/);
    await looked(page, "retaliation", lang, how);
    await page.selectOption("select[name=unit]", NANWANG);
    await page.fill("textarea[name=body]", write(`反映垃圾以后被停了活（${way}）`));
    await press(page, "form[action='/retaliation'] button[type=submit]");
    assert.match(new URL(page.url()).pathname, /^\/p\/\d{12}$/);
    const secretary = await as(house, locale, "secretary", NANWANG);
    await secretary.go("/problems");
    assert.doesNotMatch(await secretary.textContent("main"), /被停了活/);
    healthy(page, secretary);
  });
}
