// papers.mjs — what a PDF is: how large its pages are, and what its squares say (poppler, zbar).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const within = (pdf, act) => {
  const dir = mkdtempSync(join(tmpdir(), "papers-"));
  writeFileSync(join(dir, "p.pdf"), pdf);
  try { return act(dir, join(dir, "p.pdf")); } finally { rmSync(dir, { recursive: true }); }
};

/** [millimetres wide, millimetres high] of each page. */
export const sizes = pdf => within(pdf, (_, file) => {
  const info = spawnSync("pdfinfo", ["-l", "99", file], { encoding: "utf8" }).stdout;
  return [...info.matchAll(/^Page .*size:\s*([\d.]+) x ([\d.]+)/gm)].map(m => [m[1], m[2]].map(pt => Math.round(pt / 72 * 25.4)));
});

/** What the squares say.  Of many in one picture a reader misses now and then one: it looks again, more closely. */
export const squares = (pdf, ...looks) => within(pdf, (dir, file) => {
  for (const dots of looks.length ? looks : ["150"]) spawnSync("pdftoppm", ["-r", dots, "-png", file, join(dir, "p" + dots)]);
  const said = readdirSync(dir).filter(f => f.endsWith(".png"))
    .map(f => spawnSync("zbarimg", ["-q", "--raw", join(dir, f)], { encoding: "utf8" }).stdout).join("");
  return [...new Set(said.trim().split("\n").filter(Boolean))];
});

export const fetched = async (page, path) => (await page.request.get(new URL(path, page.url()).href)).body();
