// photos_e2e.mjs — photos for the public: a box by two taps without script, by dragging with it; cleared, then seen by everybody.
import assert from "node:assert/strict";
import { PHONE, as, clean, press, shot } from "./house.mjs";

const first = async page => {
  await page.go("/photos");
  await press(page, ".shots a >> nth=0");
  return new URL(page.url()).pathname;
};
const bytes = (page, path) => page.evaluate(async p => {
  const r = await fetch(p);
  return [r.status, (await r.arrayBuffer()).byteLength];
}, path);

const said = { "zh-CN": [/已遮挡/, /还没有框/, /已公开/], en: [/covered|blurred|veiled/i, /no box/i, /\bPublic\b/] };
for (const locale in said) test(`without script two taps are a box, and what is cleared is seen by everybody (${locale})`, async house => {
  const signed = await as(house, locale, "office_head");
  await clean((await signed.go("/photos"), signed), "photos that wait", locale);
  await shot(signed, `photos-${locale}`);
  const page = await as(house, locale, "office_head", undefined, { javaScriptEnabled: false });
  const at = await first(page), id = at.split("/").pop();
  const open = `/open/photo/410108101/${id}/1600`;
  const stranger = await house.person(PHONE);
  await stranger.go("/report");
  assert.equal((await bytes(stranger, open))[0], 404, "before");
  stranger.context().wrong.length = 0; // the browser says of the 404
  for (const position of [{ x: 80, y: 60 }, { x: 160, y: 130 }])
    await Promise.all([page.waitForNavigation(), page.locator("input[type=image]").click({ position })]);
  assert.match(await page.inputValue("form[action$='/veil'] input[name=boxes]"), /^\d+,\d+,\d+,\d+$/);
  const before = await bytes(signed, `/photos/${id}/1600`);
  await press(page, "form[action$='/veil'] button");
  assert.equal(new URL(page.url()).pathname, at);
  assert.notDeepEqual(await bytes(signed, `/photos/${id}/1600`), before, "another picture is shown");
  assert.doesNotMatch(await page.textContent("main"), said[locale][2]);
  await press(page, "form[action$='/clear'] button[value='1']");
  assert.match(await page.textContent("main"), said[locale][2]);
  assert.equal((await bytes(stranger, open))[0], 200, "after");
});

for (const locale in said) test(`with script a box is dragged; no box is said so (${locale})`, async house => {
  const page = await as(house, locale, "office_head");
  await first(page);
  await clean(page, "one photo", locale);
  const box = await page.locator("input[type=image]").boundingBox();
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 100, { steps: 5 });
  await page.mouse.up();
  const boxes = await page.inputValue("form[action$='/veil'] input[name=boxes]");
  const [x, y, w, h] = boxes.split(",").map(Number);
  assert.ok(Math.abs(x - 125) < 15 && Math.abs(w - 250) < 15 && y > 50 && h > 100, boxes);
  await shot(page, "photo-boxes");
  await press(page, "form[action$='/veil'] button");
  assert.match(await page.textContent("main"), said[locale][0]);
  await press(page, "form[action$='/veil'] button");
  assert.match(await page.textContent("[role=alert]"), said[locale][1]);
  page.context().wrong.length = 0; // 422
});
