// pictures.mjs — the pictures of README, taken from the demonstration town: node tests/e2e/pictures.mjs
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DESK, House, NANWANG, PHONE, root } from "./house.mjs";

const house = await House.open();
const take = (page, name) => page.screenshot({ path: join(root, "docs/img", name + ".png") });
try {
  const desk = await house.signIn(await house.person(DESK), house.account("commander"));
  await desk.go("/board");
  await take(desk, "board");
  const resident = await house.person(PHONE);
  await resident.go("/report?unit=" + NANWANG);
  await take(resident, "report");
  for (const who of house.accounts.filter(a => a.post === "cadre")) {
    const cadre = await house.signIn(await house.person(PHONE), who);
    await cadre.go("/me");
    if (await cadre.locator('form[action$="/feed_back"]').count()) { await take(cadre, "me"); break; }
    await cadre.context().close();
  }
  // Receipts are nobody's to list: the database of the demonstration is asked.
  const { stdout: code } = spawnSync("sqlite3", [join(house.data, "heqing.db"),
    "SELECT c.code FROM code c JOIN problem p ON p.town_id = c.town_id AND p.id = c.id WHERE c.kind = 'problem'" +
    " AND p.state = 'handled' AND p.photo_after IS NOT NULL ORDER BY p.id DESC LIMIT 1"], { encoding: "utf8" });
  await resident.go("/p/" + code.trim());
  await take(resident, "follow");
} finally {
  await house.close();
}
