// like_e2e.mjs — the same thing twice: offered while somebody still chooses, followed by one tap, and what a finger
// is on stays where it is; a phone that speaks another datum; what screening let through goes on.
import assert from "node:assert/strict";
import { PHONE, as, clean, press, refused, shot, write } from "./house.mjs";

const receipt = /\/p\/(\d{12})$/;
const tile = (page, n) => page.locator(".types label.type").nth(n);
const at = (latitude, longitude, how = {}) => ({ ...PHONE, geolocation: { latitude, longitude, accuracy: 8 }, permissions: ["geolocation"], ...how });
const submit = page => page.locator(".bar button[type=submit]");
const arrived = (page, act) => Promise.all([page.waitForURL(receipt), act()]);
const photo = async (house, page, colour) => {
  await page.locator("input[type=file][name=photo]").nth(1).setInputFiles(await house.photo(colour));
  await page.waitForFunction(() => document.querySelectorAll("#photo [data-shots] img").length == 1);
};
const located = async page => {
  await page.locator("[data-locate]").click();
  await page.locator("[data-near-at] label.chip").first().waitFor();
};
/** The chosen tile stays under the finger while the page grows: its distance from the top of the window, before and after. */
const stays = async (page, what, act) => {
  const top = () => what.evaluate(e => Math.round(e.getBoundingClientRect().top));
  await what.click();
  const before = await top();
  await act();
  assert.equal(await top(), before, "nothing moves under the finger");
};

const offered = async (house, locale, [lat, lon], n) => {
  const how = at(lat, lon, { locale }), first = await house.person(how), other = await house.person(how);
  await first.go("/report");
  await photo(house, first, "#a22");
  await tile(first, n).click();
  await located(first);
  await submit(first).click();
  await first.waitForURL(receipt);
  const code = first.url().match(receipt)[1];
  const office = await as(house, locale, "office_head");
  await office.go("/photos");
  await press(office, ".shots a >> nth=0"); // the newest
  await press(office, "form[action$='/clear'] button[value='1']");

  await other.go("/report");
  const asked = [];
  other.on("request", r => { if (/\/report\/like/.test(r.url())) asked.push(r); });
  await photo(house, other, "#2a2");
  await located(other);
  assert.equal(await other.locator("[data-same]").count(), 0, "nothing before a category is chosen");
  await stays(other, tile(other, n), () => other.locator("[data-same]").first().waitFor());
  const said = await other.locator("[data-like-at]").innerText();
  assert.match(said, locale == "zh-CN" ? /是不是这一件[^]*今天[^]*(相距 \d+ 米|同一地点)/ : /is it this one\?[^]*today[^]*(\d+ metres|same place)/);
  const large = other.locator("[data-like-at] img.ph").first();
  assert.ok((await large.boundingBox()).width > 280, "a large picture, since it is cleared");
  assert.ok(await large.evaluate(async i => { i.scrollIntoView(); await i.decode(); return i.naturalWidth >= 300; }));
  assert.ok(asked.every(r => r.method() == "POST" && !/\?/.test(r.url())), "nothing of it stands in an address");
  await clean(other, "offered"); // the tiles are the town's own words
  await shot(other, "like-" + locale);
  await arrived(other, () => other.locator("[data-same]").first().click());
  const own = other.url().match(receipt)[1];
  assert.notEqual(own, code, "a code of their own");
  assert.match(await other.textContent("main"), locale == "zh-CN" ? /合在一起办/ : /together/);
  await first.go("/p/" + code);
  assert.match(await first.textContent("main"), locale == "zh-CN" ? /1 位邻居/ : /1 neighbour/);

  // seen and not it: the report goes on at once, nobody is asked a second time
  const third = await house.person(how);
  await third.go("/report");
  await photo(house, third, "#22a");
  await tile(third, n).click();
  await located(third);
  await third.locator("[data-same]").first().waitFor();
  for (const one of await third.locator("[data-like-id]").all()) {
    await one.locator("[data-same]").scrollIntoViewIfNeeded();
    await one.and(third.locator("[data-seen]")).waitFor();
  }
  await submit(third).click();
  await third.waitForFunction(() => /\/p\/\d{12}$/.test(location.pathname) || document.querySelector("form[data-step]"));
  assert.match(third.url(), receipt, "asked once, not twice");
  for (const p of [first, other, third]) assert.deepEqual(p.context().wrong, []);
};
test("while somebody chooses, what is like it is offered and followed by one tap", house => offered(house, "zh-CN", [34.8846, 113.4986], 5));
test("what is like it is offered in English too", house => offered(house, "en-GB", [34.8846, 113.4986], 6));
