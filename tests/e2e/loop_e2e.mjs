// loop_e2e.mjs — a report from a phone to a checked answer, by five people.
import assert from "node:assert/strict";
import { NANWANG, shot } from "./house.mjs";

const CATEGORY = "6101"; // not filed by rule, so that each step has its person

/** Opens the verb's form on a matter's page and sends it. */
async function act(page, id, verb, fill = async () => {}) {
  await page.go(`/problems/${id}?do=${verb}#do`);
  const form = page.locator(`form[action="/problems/${id}/${verb}"]`).last();
  const fold = page.locator(`details:has(form[action="/problems/${id}/${verb}"])`).last();
  if (await fold.count() && !(await fold.evaluate(d => d.open))) await fold.locator("summary").first().click();
  await fill(form);
  await Promise.all([page.waitForNavigation(), form.locator("button[type=submit]").last().click()]);
  const errors = page.locator(".errs");
  assert.equal(await errors.count(), 0, `${verb}: ` + (await errors.allTextContents()).join(" "));
}

export async function report(house, page, { body = "村口路面塌了一块", photo = true, script = true, words = "村口大槐树下" } = {}) {
  await page.go("/report?unit=" + NANWANG);
  if (photo) await page.setInputFiles("input[name=photo]", await house.photo("#a86"));
  await page.locator(`input[name=category][value="${CATEGORY}"]`).first().check({ force: true });
  const unit = page.locator(`input[name=unit][value="${NANWANG}"]`);
  if (!(await unit.isChecked())) await unit.check({ force: true });
  await page.fill("input[name=place_text]", words);
  await page.fill("textarea[name=body]", body);
  const button = page.locator("button[form=rf][type=submit]").last();
  await button.click();
  // another test may have told the same: then it is asked whether it is that one
  await page.locator("form[data-step], .receipt").first().waitFor();
  if (await page.locator("form[data-step]").count())
    await Promise.all([page.waitForURL(/\/p\/\d{12}/), page.locator("button[name=alone]").click()]);
  return page.url().match(/\/p\/(\d{12})/)[1];
}

/** The matter's number inside, found as an official finds it. */
export async function find(page, words) {
  await page.go("/problems?q=" + encodeURIComponent(words));
  const href = await page.locator('a[href^="/problems/"]').evaluateAll(
    links => links.map(a => a.getAttribute("href")).find(h => /^\/problems\/\d+$/.test(h)));
  assert.ok(href, "the matter is in the list: " + words);
  return href.split("/").pop();
}

/** The whole way; every page is what it is for a person with this browser. */
export async function wholeLoop(house, how, name) {
  const words = `路面塌陷 ${name}`;
  const resident = await house.person(how);
  const code = await report(house, resident, { body: words });
  await shot(resident, `${name}-follow-1`);

  const secretary = await house.signIn(await house.person(how), house.account("secretary", NANWANG));
  const id = await find(secretary, words);
  await act(secretary, id, "file");
  const cadre = house.account("cadre", NANWANG);
  await act(secretary, id, "dispatch", async form => {
    const choice = form.locator("select[name=handler], input[name=handler]").first();
    if (await choice.evaluate(e => e.tagName) === "SELECT") {
      const value = await choice.evaluate((s, who) => [...s.options].find(o => o.textContent.includes(who))?.value, cadre.name);
      assert.ok(value, "the cadre can be chosen: " + cadre.name);
      await choice.selectOption(value);
    } else {
      await form.locator(`label:has-text("${cadre.name}") input[name=handler]`).first().check({ force: true });
    }
  });
  await shot(secretary, `${name}-problem`);

  const handler = await house.signIn(await house.person(how), cadre);
  await act(handler, id, "accept");
  await handler.go("/me");
  await shot(handler, `${name}-me`);
  await act(handler, id, "feed_back", async form => {
    await form.locator("input[name=photo]").setInputFiles(await house.photo("#4a6"));
    await form.locator("textarea[name=text], input[name=text]").first().fill("已补平路面");
  });

  const office = await house.signIn(await house.person(how), house.account("office"));
  await act(office, id, "pass", async form => {
    await form.locator("input[name=photo]").setInputFiles(await house.photo("#46a"));
    const text = form.locator("textarea[name=text], input[name=text]").first();
    if (await text.count()) await text.fill("现场看过，平整");
  });

  await resident.go("/p/" + code);
  await shot(resident, `${name}-follow-2`);
  await Promise.all([resident.waitForNavigation(), resident.click("button[name=answer][value=solved]")]);
  await Promise.all([resident.waitForNavigation(), resident.click("button[name=evaluation][value=good]")]);
  assert.equal(await resident.locator("button[name=evaluation]").count(), 0, "an evaluation is given once");
  await shot(resident, `${name}-follow-3`);

  const leader = await house.signIn(await house.person(how), house.account("commander"));
  await leader.go("/board");
  await shot(leader, `${name}-board`);
  await leader.go(`/problems/${id}`);
  const text = await leader.locator("main").innerText();
  assert.match(text, new RegExp(words));
  const everybody = [resident, secretary, handler, office, leader];
  for (const p of everybody) {
    assert.deepEqual(p.context().abroad, [], "no request leaves the house");
    assert.deepEqual(p.context().wrong, [], "no script and no server fails");
  }
  return { code, id, resident };
}

test("a resident's report goes to a checked answer by five people at phone size", async house => {
  const { code, resident } = await wholeLoop(house, (await import("./house.mjs")).PHONE, "phone");
  const json = await (await resident.request.get(`${house.url}/p/${code}.json`)).json();
  assert.equal(json.state ?? json.state_code, "closed");
});

test("the same way with JavaScript off", async house => {
  const { PHONE } = await import("./house.mjs");
  await wholeLoop(house, { ...PHONE, javaScriptEnabled: false }, "nojs");
});

test("the same way in English", async house => {
  const { PHONE } = await import("./house.mjs");
  const { resident } = await wholeLoop(house, { ...PHONE, locale: "en-GB" }, "english");
  assert.equal(await resident.locator("html").getAttribute("lang"), "en");
});

test("the same way on a desk", async house => {
  const { DESK } = await import("./house.mjs");
  await wholeLoop(house, DESK, "desk");
});
