// run.mjs [PATTERN | --only ROOM,… | --but ROOM,…] — the browser tests (of these files ROOM_e2e.mjs, of
// all others), one after another against one house; names are sentences.
// Closes with "N passed, N failed".
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { House } from "./house.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [how, rooms] = process.argv.slice(2);
const pattern = new RegExp(how && !rooms ? how : ".");
const wanted = file => !rooms || rooms.split(",").includes(file.replace("_e2e.mjs", "")) === (how === "--only");
const tests = [];
globalThis.test = (name, run, seconds = 150) => tests.push({ name, run, seconds });
for (const file of readdirSync(here).filter(f => f.endsWith("_e2e.mjs") && wanted(f)).sort()) await import(join(here, file));

let passed = 0, failed = 0;
const wrong = (name, e) => {
  failed++;
  console.log(`not ok: ${name}\n    ${String(e?.stack ?? e).split("\n").slice(0, 12).join("\n    ")}`);
};
const within = (ms, promise) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error(`not done in ${ms / 1000} s`)), ms).unref())]);

let house;
try {
  house = await House.open({ db: process.env.HEQING_E2E_DB });
  for (const { name, run, seconds } of tests.filter(t => pattern.test(t.name))) {
    const at = Date.now();
    try {
      await within(seconds * 1000, run(house));
      passed++;
      console.log(`ok: ${name} (${Date.now() - at} ms)`);
    } catch (e) {
      wrong(name, e);
      for (const c of house.browser.contexts()) for (const p of c.pages())
        await p.screenshot({ path: join(here, "../../build/e2e", `failed-${process.pid}-${failed}-${house.browser.contexts().indexOf(c)}.png`), fullPage: true }).catch(() => {});
    }
    for (const c of house.browser.contexts()) await c.close();
  }
  const code = await house.close();
  code === 0 ? passed++ : wrong("the house ends cleanly on SIGTERM", `ended with ${code}\n${house.said}`);
} catch (e) {
  wrong("the house opens and closes", e);
  await house?.close().catch(() => {});
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
