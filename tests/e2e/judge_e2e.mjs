// judge_e2e.mjs — judging on a phone and in public: three villages inspected, one without a network; the board.
import assert from "node:assert/strict";
import { DESK, NANWANG, PHONE, axe, shot } from "./house.mjs";

const clean = async (page, name) => {
  assert.deepEqual(await axe(page), [], name);
  const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= width, `${name}: ${wide} > ${width}`);
};
const press = (page, what) => Promise.all([page.waitForNavigation(), page.click(what)]);

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
