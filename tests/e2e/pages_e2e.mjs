// pages_e2e.mjs — every page that links lead to, for people of every kind: reachable, without a
// violation of axe, nothing wider than a phone, no request off the host.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DESK, NANWANG, PHONE, axe, root, shot } from "./house.mjs";

const EXPORTS = /\.(csv|json|txt|xlsx|pdf|png|svg|zip)(\?|$)|^\/(photo|static|look)(?=[/?]|$)|\/photo\/|^\/logout/;
/** /problems/12?do=file → /problems/{n}: one of each kind is enough. */
const kind = path => new URL(path, "http://x").pathname.replace(/\d{4,}|\d+(?=\/|$)/g, "{n}");
const hrefs = html => [...html.matchAll(/<a\b[^>]*?\shref="(\/[^"]*)"/g)].map(m => m[1].replaceAll("&amp;", "&").split("#")[0]);
/** What a page is made of: each tag with its classes, type and role. */
const parts = html => [...html.matchAll(/<([a-z]\w*)((?:\s[^<>]*)?)>/g)].map(m =>
  m[1] + [...m[2].matchAll(/\s(?:class|type|role)="[^"]*"/g)].map(a => a[0].replace(/\d+/g, "n")).sort().join(""));

/** Asks again when it was faster than anybody reads: after as long as the house says. */
async function patient(page, ask) {
  for (;;) {
    const answer = await ask();
    if (answer.status() !== 429) return answer;
    await page.waitForTimeout(1000 * answer.headers()["retry-after"]);
  }
}

/** A page as it is: no violation, nothing wider than the screen. */
async function inOrder(page, path, size, faults) {
  for (const v of await axe(page)) faults.push(`${path} (${size}): ${v}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 1) faults.push(`${path} (${size}): ${wide} px too wide`);
  const lang = await page.locator("html").getAttribute("lang");
  if (lang !== "zh-CN") faults.push(`${path}: lang ${lang}`);
}

/** Looked at on a phone where it has parts that no page of its kind had, on a desk where no page at all had them. */
const seen = new Map(), onDesk = new Set();
const fresh = (all, of) => of.filter(p => !all.has(p) && all.add(p)).length > 0;
async function look(page, path, html, faults) {
  const of = kind(path), made = parts(html);
  if (!seen.has(of)) seen.set(of, new Set());
  if (!fresh(seen.get(of), made)) return;
  const answer = await patient(page, () => page.go(path));
  if (answer.status() >= 400) faults.push(`${path}: ${answer.status()}`);
  await inOrder(page, path, "phone", faults);
  if (!fresh(onDesk, made)) return;
  await page.setViewportSize(DESK.viewport);
  await inOrder(page, path, "desk", faults);
  await page.setViewportSize(PHONE.viewport);
}

/** Every kind of page that links lead to, asked for as this person. */
async function walk(house, page, starts, faults) {
  const queue = [...starts], known = new Set(queue.map(kind)), reached = new Map();
  while (queue.length) {
    const path = queue.shift();
    const answer = await patient(page, () => page.request.get(house.url + path));
    const shown = /html/.test(answer.headers()["content-type"] ?? ""), html = shown ? await answer.text() : ""; // a paper, a picture
    if (shown) reached.set(path, html);
    if (answer.status() >= 400) faults.push(`${path}: ${answer.status()}`);
    for (const href of hrefs(html)) {
      if (EXPORTS.test(href) || known.has(kind(href))) continue;
      known.add(kind(href));
      queue.push(href);
    }
    if (known.size > 400) throw new Error("links without end");
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
const reached = new Set();
for (const [who, account, starts] of roles)
  test(`every page ${who} can reach is in order on a phone and on a desk`, async house => {
    const page = await house.person(), faults = [];
    if (account) await house.signIn(page, account(house));
    const pages = await walk(house, page, starts, faults);
    for (const path of pages.keys()) reached.add(kind(path));
    for (const [path, html] of pages) await look(page, path, html, faults);
    assert.deepEqual(faults, []);
    assert.deepEqual(page.context().abroad, [], "no request leaves the house");
  }, 300);

test("links reach every page that somebody may see", async house => {
  const routes = JSON.parse(spawnSync(join(root, "build", "heqing"), ["routes", "--json"], { encoding: "utf8" }).stdout);
  const apart = new Set(["/prove", "/setup", "/healthz", "/readyz", "/look", "/favicon.ico", "/posts", "/problems/batch", "/settings/calendar", "/report/near", "/report/photos"]); // asked for otherwise
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
