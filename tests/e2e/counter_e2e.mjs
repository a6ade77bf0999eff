// counter_e2e.mjs — who has no phone, and who misuses one: 代报 with its slip, the hotline's list, screening,
// hiding, 打击报复.
import assert from "node:assert/strict";
import { NANWANG, PHONE, clean, press, shot } from "./house.mjs";

const plain = { ...PHONE, javaScriptEnabled: false };

test("a report for somebody without a phone takes four fields and gives a slip", async house => {
  const page = await house.signIn(await house.person(), house.account("cadre", NANWANG));
  await page.go("/counter");
  await clean(page, "the counter");
  await shot(page, "counter");
  await page.selectOption("select[name=unit]", NANWANG);
  await page.selectOption("select[name=category]", { index: 1 });
  await page.fill("textarea[name=body]", "门口一堆垃圾三天没人拉");
  await page.fill("input[name=phone]", "13800000055");
  await press(page, "form[action='/counter'] button.primary");
  assert.match(new URL(page.url()).pathname, /^\/slip\/\d{12}$/);
  const slip = await page.textContent(".slip");
  assert.match(slip, /\d{4} \d{4} \d{4}/);
  assert.doesNotMatch(slip, /13800000055|门口/);
  await clean(page, "the slip");
  await shot(page, "slip");
  for (const wide of [58, 80]) {
    const answer = await page.request.get(page.url() + `.pdf?w=${wide}`);
    assert.equal(answer.headers()["content-type"], "application/pdf");
  }
  const resident = await house.person(plain);
  await resident.go(new URL(page.url()).pathname.replace("/slip/", "/p/"));
  assert.match(await resident.textContent("main"), /南王村/);
});

test("the hotline's list is tried, imported once, and handed back in its columns", async house => {
  const page = await house.signIn(await house.person(), house.account("office"));
  const table = "ext_no,reported_at,category,unit,place_text,body,name,phone,ext_due\r\n"
    + "E2E-1,,0102,南王村,南王村口,垃圾没人清,张三丰,13800000056,\r\nE2E-2,,0102,没有这个村,村口,,,,\r\n";
  await page.go("/ledgers/hotline");
  await clean(page, "the hotline");
  await page.go("/ledgers/hotline/import");
  await clean(page, "the hotline's import");
  await page.setInputFiles("input[type=file]", { name: "hotline.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await press(page, "form[enctype] button[type=submit]");
  const report = await page.textContent("main");
  assert.match(report, /没有这个村/);
  await shot(page, "hotline-dry-run");
});

test("what looks unusual waits for the office, which is told why, and hiding leaves a stub", async house => {
  const resident = await house.person(plain);
  await resident.go(`/report?unit=${NANWANG}`);
  await resident.evaluate?.(() => 0).catch(() => 0);
  await resident.check("input[name=category] >> nth=0", { force: true });
  await resident.check(`input[name=unit][value="${NANWANG}"]`, { force: true });
  await resident.fill("textarea[name=body]", "便宜卖货 https://example.com");
  await press(resident, "button[type=submit][form=rf], form#rf button[type=submit]");
  const office = await house.signIn(await house.person(), house.account("office"));
  await office.go("/screening");
  assert.match(await office.textContent("main"), /说明里有网址/);
  await clean(office, "screening");
  await shot(office, "screening");
  await press(office, "a[href^='/screening/']");
  await office.fill("input[name=why]", "是广告，不是问题");
  await press(office, "form[action$='/hide'] button");
  await clean(office, "hidden");
  await resident.go("/hidden");
  assert.match(await resident.textContent("main"), /是广告，不是问题/);
});

test("who is punished for reporting tells the office alone, in either language", async house => {
  const page = await house.person(PHONE);
  await page.go("/retaliation");
  await clean(page, "retaliation");
  await page.selectOption("select[name=unit]", NANWANG);
  await page.fill("textarea[name=body]", "反映垃圾以后被停了活");
  await press(page, "form[action='/retaliation'] button[type=submit]");
  assert.match(new URL(page.url()).pathname, /^\/p\/\d{12}$/);
  const secretary = await house.signIn(await house.person(), house.account("secretary", NANWANG));
  await secretary.go("/problems");
  assert.doesNotMatch(await secretary.textContent("main"), /被停了活/);
  await page.go("/look?lang=en&back=/retaliation");
  await page.go("/retaliation");
  assert.match(await page.textContent("h1"), /Punished for having reported/);
});
