// house.mjs — a real heqing on a demonstration town of its own, real browsers in front of it.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const shots = join(root, "build", "e2e");
const binary = process.env.HEQING || join(root, "build", "heqing");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(shots, { recursive: true });

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, isMobile: true, hasTouch: true };
export const DESK = { viewport: { width: 1440, height: 900 } };
export const NANWANG = "410108101206000";

const freePort = () => new Promise((done, fail) => {
  const s = createServer().on("error", fail);
  s.listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); });
});

export class House {
  people = 1;

  /** The demonstration town, made once; each house on SQLite lives in a copy. */
  static demo() {
    if (process.env.HEQING_E2E_DEMO) return process.env.HEQING_E2E_DEMO; // one made before: while writing tests
    if (!House.made) {
      const dir = mkdtempSync(join(tmpdir(), "heqing-e2e-demo-"));
      process.on("exit", () => rmSync(dir, { recursive: true, force: true }));
      House.made = join(dir, "data");
      const demo = spawnSync(binary, ["demo", House.made], { cwd: root, encoding: "utf8" });
      if (demo.status !== 0) throw new Error("heqing demo: " + demo.stderr);
    }
    return House.made;
  }

  /** A new folder with the demonstration town, served; db: a PostgreSQL URL, or SQLite. */
  /** at: the town's time the program believes it is, "2026-11-25 07:50:00"; later: by how much its clock is ahead, "+9d"; absent: now. */
  static async open({ db, at, later } = {}) {
    const h = new House();
    h.at = at;
    h.dir = mkdtempSync(join(tmpdir(), "heqing-e2e-"));
    h.data = join(h.dir, "data");
    h.db = db ? ["--db", db] : [];
    h.later = later;
    if (!db && !at) {
      cpSync(House.demo(), h.data, { recursive: true });
    } else {
      const demo = spawnSync(binary, ["demo", h.data, ...h.db], { cwd: root, encoding: "utf8", env: h.env() });
      if (demo.status !== 0) throw new Error("heqing demo: " + demo.stderr);
    }
    const [head, ...rows] = readFileSync(join(h.data, "accounts.csv"), "utf8").trim().split(/\r?\n/).map(l => l.split(","));
    h.accounts = rows.map(r => Object.fromEntries(head.map((name, i) => [name.replace("\ufeff", ""), r[i]])));
    h.port = await freePort();
    h.url = `http://127.0.0.1:${h.port}`;
    await h.start();
    h.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
    });
    return h;
  }

  /** The program goes on at another time of the town. */
  async to(at) {
    await this.stop();
    this.at = at;
    await this.start();
  }

  async start() {
    this.said = "";
    this.server = spawn(binary, ["serve", "--data", this.data, "--listen", `127.0.0.1:${this.port}`, "--proxies", "127.0.0.1", ...this.db], { cwd: root, env: this.env() });
    await new Promise((ready, fail) => {
      const timer = setTimeout(() => fail(new Error("not ready in 10 s: " + this.said)), 10000);
      this.server.stderr.on("data", d => {
        this.said += d;
        if (this.said.includes("heqing: ready on")) { clearTimeout(timer); ready(); }
      });
      this.server.on("exit", code => { clearTimeout(timer); fail(new Error(`ended with ${code}: ` + this.said)); });
    });
  }

  async stop() {
    if (this.server.exitCode !== null) return this.server.exitCode;
    const gone = new Promise(done => this.server.removeAllListeners("exit").on("exit", done));
    this.server.kill("SIGTERM");
    return gone;
  }

  async close() {
    await this.browser?.close();
    const code = await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
    return code;
  }

  /** The environment of a program whose clock is this house's; faketime(1) itself would stand between us and it. */
  env() {
    if (!this.later && !this.at) return process.env;
    const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
    return { ...process.env, TZ: "Asia/Shanghai", FAKETIME: this.at ? "@" + this.at : this.later,
      LD_PRELOAD: `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1` };
  }

  /** A verb of the command line on this house's data, at its clock. */
  run(...args) {
    const r = spawnSync(binary, [...args, "--data", this.data, ...this.db], { cwd: root, encoding: "utf8", env: this.env() });
    if (r.status !== 0) throw new Error(`${args.join(" ")}: ${r.stderr}`);
    return r.stdout;
  }

  /** The first account with that post (over that unit or in it), or the one that passes a test. */
  account(post, unit) {
    const found = this.accounts.find(a => a.post === post && (!unit || a.unit.slice(0, 12) === unit.slice(0, 12)));
    if (!found) throw new Error(`no account: ${post} ${unit ?? ""}`);
    return found;
  }

  /** A browser of one person; what it asks of other hosts is refused and remembered. */
  async person(how = PHONE) {
    // Each comes from an address of their own, as through a proxy, so that none meets another's rate limit.
    const from = `10.1.${this.people >> 8}.${this.people++ & 255}`;
    const context = await this.browser.newContext(
      { locale: "zh-CN", timezoneId: "Asia/Shanghai", extraHTTPHeaders: { "X-Forwarded-For": from }, ...how });
    context.setDefaultTimeout(25000);
    context.plain = how.javaScriptEnabled === false; // axe is a script: it cannot look there
    context.abroad = [];
    context.wrong = [];
    await context.route("**/*", route => {
      const url = new URL(route.request().url());
      if (url.origin === this.url || url.protocol === "data:" || url.protocol === "blob:") return route.continue();
      context.abroad.push(url.href);
      return route.abort();
    });
    const page = await context.newPage();
    page.on("pageerror", e => context.wrong.push(String(e)));
    page.on("console", m => { if (m.type() === "error") context.wrong.push(m.text()); });
    page.on("response", r => { if (r.status() >= 500) context.wrong.push(`${r.status()} ${r.url()}`); });
    page.go = path => page.goto(this.url + path);
    return page;
  }

  async signIn(page, account) {
    await page.go("/login");
    await page.fill("input[name=login]", account.login);
    await page.fill("input[name=password]", account.password);
    await Promise.all([page.waitForNavigation(), page.click("main button[type=submit]")]);
    if (new URL(page.url()).pathname === "/login") throw new Error("not signed in: " + account.login);
    return page;
  }

  /** A real JPEG without any tool: what the browser sees of itself. */
  async photo(colour = "#48a") {
    const page = await this.browser.newPage({ viewport: { width: 640, height: 480 } });
    await page.setContent(`<body style="background:${colour}"><p style="font:90px serif">河清 ${colour}`);
    const buffer = await page.screenshot({ type: "jpeg", quality: 80 });
    await page.close();
    return { name: "photo.jpg", mimeType: "image/jpeg", buffer };
  }
}

/** Everything axe objects to on this page, as short sentences. */
export async function axe(page) {
  if (!(await page.evaluate(() => !!window.axe))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(v => `${v.id}: ${v.help} (${v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | ")})`);
}

export const shot = (page, name) => page.screenshot({ path: join(shots, name + ".png"), fullPage: true });

const own = new Set(); // what people are called and wrote: in no language but theirs
export const write = text => { own.add(text); return text; };

/** In order: no violation, no wider than the phone; with lang also in that language, and nothing to tap under 44 px. */
export async function clean(page, name, lang) {
  if (!page.context().plain) assert.deepEqual(await axe(page), [], name);
  // Not innerWidth: a phone's grows with what does not fit.
  const wide = await page.evaluate(() => document.documentElement.scrollWidth), { width } = page.viewportSize();
  assert.ok(wide <= width, `${name}: ${wide} > ${width}`);
  if (!lang) return;
  assert.equal(await page.locator("html").getAttribute("lang"), lang, name);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("main .btn, main select, main .in, main summary")]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
    .map(e => e.outerHTML.slice(0, 80))), [], `${name}: small targets`);
  // In English nothing is Chinese but names and what people wrote.
  if (lang === "en") assert.deepEqual(await page.evaluate(own => {
    const said = [];
    for (let w = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT); w.nextNode();) {
      const p = w.currentNode.parentElement, t = w.currentNode.data.replace(/[一-鿿]{1,6}(村|社区|镇)/g, "").trim();
      if (!/[一-鿿]/.test(t) || p.closest("[translate=no], option, textarea, script") || own.some(o => t.includes(o))) continue;
      said.push(t.slice(0, 60));
    }
    return said;
  }, [...own]), [], `${name}: not in English`);
}

/** Signed in on a phone; how: more of the browser, { javaScriptEnabled: false }. */
export const as = async (house, locale, post, unit, how = {}) => {
  house.accounts.forEach(a => own.add(a.name));
  return house.signIn(await house.person({ ...PHONE, locale, ...how }), house.account(post, unit));
};
export const press = (page, what) =>
  Promise.all([page.waitForNavigation(), typeof what == "string" ? page.click(what) : what.click()]);
export const send = (page, form) => press(page, form.locator("button[type=submit]").last());
export const refused = async page => (await page.locator(".errs, .bad em").allInnerTexts()).join(" ");

/** Opens what is folded around a form and sends it, filled. */
export async function act(page, action, fill = async () => {}) {
  const form = page.locator(`form[action="${action}"]`).first();
  await form.evaluate(f => { for (let d = f.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; });
  await fill(form);
  await send(page, form);
  assert.equal(await refused(page), "", action);
}

/** Told by somebody without an account: its receipt's code, and its number as desk, who may see it, finds it. */
export const told = async (house, desk, unit, words, category = "6103") => {
  const page = await house.person();
  await page.go("/report");
  const path = await page.evaluate(async fields => {
    const f = new FormData(document.querySelector("form[action='/report']"));
    for (const [k, v] of Object.entries(fields)) f.set(k, v);
    return new URL((await fetch("/report", { method: "POST", body: f })).url).pathname;
  }, { category, unit, body: words, alone: "1" });
  assert.match(path, /^\/p\/\d{12}$/);
  await page.context().close();
  const { rows } = await (await desk.request.get(house.url + "/problems.json?q=" + encodeURIComponent(words))).json();
  assert.equal(rows.length, 1);
  return { code: path.slice(3), id: String(rows[0].id) };
};

export const healthy = (...people) => {
  for (const p of people) {
    assert.deepEqual(p.context().abroad, [], "no request leaves the house");
    assert.deepEqual(p.context().wrong, [], "no script and no server fails");
  }
};
