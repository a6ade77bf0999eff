// pages_e2e.mjs — every page that links lead to, for people of every kind: reachable, without a
// violation of axe, nothing wider than a phone, no request off the host.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DESK, NANWANG, PHONE, axe, root, shot } from "./house.mjs";

const EXPORTS = /\.(csv|json|txt|xlsx)(\?|$)|^\/(photo|static|look)|\/photo\/|^\/logout/;
/** /problems/12?do=file → /problems/{n}: one of each kind is enough. */
const kind = path => new URL(path, "http://x").pathname.replace(/\d{4,}|\d+(?=\/|$)/g, "{n}");

async function walk(house, page, seen, starts, faults, size) {
  const queue = [...starts], known = new Set(queue.map(kind)), reached = new Set();
  let visits = 0;
  while (queue.length && visits < 90) {
    const path = queue.shift();
    const answer = await page.go(path);
    visits++;
    reached.add(kind(path));
    if (answer.status() >= 400) faults.push(`${path}: ${answer.status()}`);
    const bare = kind(path);
    if (!seen.has(bare)) {
      seen.add(bare);
      for (const v of await axe(page)) faults.push(`${path} (${size}): ${v}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 1) faults.push(`${path} (${size}): ${wide} px too wide`);
      const lang = await page.locator("html").getAttribute("lang");
      if (lang !== "zh-CN") faults.push(`${path}: lang ${lang}`);
    }
    const links = await page.$$eval("a[href]", all => all.map(a => a.getAttribute("href")));
    for (const href of links) {
      if (!href.startsWith("/") || EXPORTS.test(href)) continue;
      const k = kind(href);
      if (known.has(k)) continue;
      known.add(k);
      queue.push(href.split("#")[0]);
    }
  }
  return reached;
}

const roles = [
  ["a resident", null, ["/", "/report", "/p", "/login"]],
  ["a village secretary", h => h.account("secretary", NANWANG), ["/me"]],
  ["a village cadre", h => h.account("cadre", NANWANG), ["/me"]],
  ["the office", h => h.account("office"), ["/me"]],
  ["the commander", h => h.account("commander"), ["/board"]],
  ["the system administrator", h => h.account("sysadmin"), ["/"]],
  ["the auditor", h => h.account("auditor"), ["/"]],
];
const reachedBy = {};
for (const [size, how] of [["phone", PHONE], ["desk", DESK]]) {
  const seen = new Set();
  for (const [who, account, starts] of roles)
    test(`every page ${who} can reach is in order on a ${size}`, async house => {
      const page = await house.person(how), faults = [];
      if (account) await house.signIn(page, account(house));
      const reached = await walk(house, page, seen, starts, faults, size);
      reachedBy[who] = new Set([...(reachedBy[who] ?? []), ...reached]);
      assert.deepEqual(faults, []);
      assert.deepEqual(page.context().abroad, [], "no request leaves the house");
    });
}

test("links reach every page that somebody may see", async house => {
  const routes = JSON.parse(spawnSync(join(root, "build", "heqing"), ["routes", "--json"], { encoding: "utf8" }).stdout);
  const reached = new Set(Object.values(reachedBy).flatMap(s => [...s]));
  const apart = new Set(["/prove", "/setup", "/healthz", "/readyz", "/look", "/favicon.ico", "/posts", "/problems/batch", "/settings/calendar"]); // asked for otherwise
  const lost = routes.filter(r => r.method === "GET" && !r.path.includes("{") && !/\.\w+$/.test(r.path))
    .map(r => r.path).filter(p => !apart.has(p) && !reached.has(p));
  assert.deepEqual(lost, []);
});

test("from the list to finished with a photo it is three taps and nothing typed", async house => {
  // Of the cadres, one who has something to finish today.
  for (const account of house.accounts.filter(a => a.post === "cadre")) {
    const page = await house.signIn(await house.person(), account);
    await page.go("/me");
    const form = page.locator('form[action$="/feed_back"]').first();
    if (!(await form.count())) { await page.context().close(); continue; }
    const fold = page.locator("details.act", { has: page.locator('form[action$="/feed_back"]') }).first();
    let taps = 0;
    if (!(await fold.evaluate(d => d.open))) { await fold.locator("summary").first().tap(); taps++; }
    await form.locator("input[name=photo]").setInputFiles(await house.photo("#5a5")); taps++;
    await page.waitForTimeout(600); // the browser makes the picture smaller
    await Promise.all([page.waitForNavigation(), form.locator("button[type=submit]").tap()]); taps++;
    assert.equal(await page.locator(".errs").count(), 0, (await page.locator(".errs").allTextContents()).join());
    assert.ok(taps <= 3, `${taps} taps`);
    await shot(page, "three-taps");
    return;
  }
  assert.fail("no cadre has anything to finish");
});

test("errors are pages in the house's style", async house => {
  const page = await house.person({ ...PHONE, javaScriptEnabled: true });
  for (const [path, status] of [["/no/such/page", 404], ["/p/000000000000", 404], ["/problems/abc", 404]]) {
    const answer = await page.go(path);
    assert.equal(answer.status(), status, path);
    assert.deepEqual(await axe(page), [], path);
    assert.ok(await page.locator("a[href='/'], a[href='/report']").count(), path + " leads on");
  }
});
