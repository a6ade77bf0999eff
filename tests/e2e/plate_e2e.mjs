// plate_e2e.mjs — 码牌 on a phone: made, printed, scanned without script, lost and found.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NANWANG, PHONE, clean, press, shot } from "./house.mjs";

/** What the squares of a PDF say, drawn by poppler and read by zbar. */
const squares = pdf => {
  const dir = mkdtempSync(join(tmpdir(), "plates-"));
  writeFileSync(join(dir, "p.pdf"), pdf);
  // Of many squares in one picture a reader misses now and then one; nobody scans sixteen at once.
  for (const dots of ["120", "150", "220"]) spawnSync("pdftoppm", ["-r", dots, "-png", join(dir, "p.pdf"), join(dir, "p" + dots)]);
  const said = readdirSync(dir).filter(f => f.endsWith(".png"))
    .map(f => spawnSync("zbarimg", ["-q", "--raw", join(dir, f)], { encoding: "utf8" }).stdout).join("");
  rmSync(dir, { recursive: true });
  return [...new Set(said.trim().split("\n").filter(Boolean))];
};
const fetched = async (page, path) => (await page.request.get(new URL(path, page.url()).href)).body();

test("a village's plates are made, printed and read, and a scan opens the form with the place", async house => {
  const page = await house.signIn(await house.person(), house.account("secretary", NANWANG));
  await page.go(`/plates?unit=${NANWANG}`);
  if (await page.$("form[action='/plates'] button")) await press(page, "form[action='/plates'] button");
  await clean(page, "the village's plates");
  await shot(page, "plates");
  const codes = await page.$$eval("td a[href^='/plates/']", all => all.map(a => a.getAttribute("href").slice(8)));
  assert.ok(codes.length > 3);
  const sheet = squares(await fetched(page, `/plates/sheet/${NANWANG}.pdf`));
  assert.equal(sheet.length, codes.length, "every square of the sheet is read");
  for (const code of codes) assert.ok(sheet.includes(`${house.url}/q/${code}`), code);

  const last = codes.at(-1);
  assert.deepEqual(squares(await fetched(page, `/plates/${last}.pdf`)), [`${house.url}/q/${last}`]);
  const scans = async () => {
    await page.go(`/plates/${last}`);
    return +(await page.textContent("#scans")).match(/(\d+)\s*$/)[1];
  };
  const before = await scans(), resident = await house.person({ ...PHONE, javaScriptEnabled: false });
  await resident.go(`/q/${last}`);
  assert.equal(new URL(resident.url()).pathname, "/report");
  assert.ok(await resident.$("input[name=place]"), "the place is filled in");
  assert.equal(await resident.inputValue("input[name=plate]"), last);
  await resident.go(`/q/${last}/who`);
  assert.match(await resident.textContent("main"), /同志/);

  assert.equal(await scans(), before + 1);
  await clean(page, "one plate");
  await page.fill("input[name=why]", "掉了");
  await press(page, "form[action$='/lost'] button");
  const fresh = new URL(page.url()).pathname.slice(8);
  assert.notEqual(fresh, last);
  await resident.go(`/q/${last}/who`);
  assert.match(await resident.textContent("main"), /旧牌/);
  await resident.go(`/q/${last}`);
  assert.equal(new URL(resident.url()).pathname, "/report");
  assert.equal((await resident.go("/q/AAAAAAA")).status(), 404);
});

test("a plate's page speaks English", async house => {
  const page = await house.signIn(await house.person({ ...PHONE, locale: "en-GB" }), house.account("secretary", NANWANG));
  await page.go("/look?lang=en&back=/plates");
  await page.go(`/plates?unit=${NANWANG}`);
  assert.match(await page.textContent("main"), /Plate code/);
  await clean(page, "plates in English");
});
