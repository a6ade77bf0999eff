/* queue.js — forms that may be filled in without a network; comfort only, the page does the same without it.
 *
 *   form[data-queue]       is kept on this device first and sent when there is a network, with its submission key,
 *                          so that it never counts twice; data-queue-then: where an answer leads, if not back here
 *   [data-queue-note]      says what still waits, and why if it was refused
 *   form[data-queue-wait]  is not sent while something waits */
(() => {
  "use strict";
  const all = (s, f) => document.querySelectorAll(s).forEach(f);
  const note = document.querySelector("[data-queue-note]");
  if (!note) return;
  const here = location.pathname, rowOf = note.querySelector("[data-queue-row]"), list = rowOf.parentNode;
  const kept = heqing.kept("heqing", { queue: "key" });
  const mine = async () => (await kept.all("queue")).filter(e => e.at == here);
  const fresh = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/[+]/g, "-").replace(/[/]/g, "_").slice(0, 22);
  let why = {};
  const tell = async () => {
    const waits = await mine();
    note.hidden = !waits.length;
    note.querySelector("[data-queue-n]").textContent = waits.length;
    all("form[data-queue-wait] button", b => { b.disabled = waits.length > 0; });
    list.replaceChildren(rowOf, ...waits.map(e => {
      const li = rowOf.cloneNode(true);
      li.hidden = false;
      li.querySelector("[data-queue-what]").textContent = e.what;
      li.querySelector("[data-queue-why]").textContent = why[e.key] || "";
      li.querySelector("button").addEventListener("click", () => kept.del("queue", e.key).then(tell));
      return li;
    }));
  };
  const put = async e => {
    const f = new FormData(), csrf = document.querySelector("input[name=csrf]");
    e.fields.forEach(([n, v]) => f.append(n, n == "csrf" && csrf ? csrf.value : v));
    const r = await fetch(e.to, { method: "POST", body: f, credentials: "same-origin" });
    if (r.redirected && new URL(r.url).pathname == (e.then || here)) return kept.del("queue", e.key).then(() => r.url);
    const page = new DOMParser().parseFromString(await r.text(), "text/html");
    const said = page.querySelector("[role=alert] p") || page.querySelector("[role=alert]") || page.querySelector("main p");
    why[e.key] = said ? said.textContent.trim() : r.status;
  };
  let busy = false;
  const send = async () => {
    let last = "";
    if (busy) return;
    busy = true;
    try { for (const e of await mine()) last = await put(e) || last; } catch (_) { /* no network: it waits */ }
    busy = false;
    await tell();
    if (last && !(await mine()).length) location.assign(last);
  };
  all("form[data-queue]", f => f.addEventListener("submit", async ev => {
    if (f.dataset.queuePlain) return;
    ev.preventDefault();
    const by = ev.submitter, fields = [...new FormData(f)].map(([n, v]) => [n, n == "found_at" ? String(Date.now()) : v]);
    if (by && by.name) fields.push([by.name, by.value]);
    const value = n => (f.elements[n] && f.elements[n].value) || "", key = value("key");
    const known = f.querySelector("input[name=known_place]:checked + span");
    const what = [f.dataset.queueName, value("place") || (known && known.textContent) || ""].join(" ");
    try {
      if (!await kept.sure) throw 0;
      await kept.put("queue", { key, at: here, to: f.getAttribute("action"), then: f.dataset.queueThen, what, fields });
    } catch (_) { /* nothing can be kept here: as without script */
      f.dataset.queuePlain = "1";
      return by ? by.click() : f.submit();
    }
    if (!f.dataset.draft) { /* a draft stays, under its key, until it has been sent */
      f.reset();
      f.elements.key.value = fresh();
      f.querySelectorAll("[data-shots]").forEach(b => b.replaceChildren());
    }
    send();
  }));
  addEventListener("online", send);
  send().catch(() => {});
})();
