/* report.js — reporting on a bad network; comfort only, the form does the same without it.
 *
 * What is being filled in is kept in this browser (IndexedDB: words and pictures), also when the page is closed or
 * the battery dies; it is offered again on the next visit.  Pictures are made small here, sent one by one in pieces
 * and resumed where they stopped (GET, POST /report/photos); the report then names them, under a key that makes a
 * second sending the same row.
 * While somebody chooses, what is like it is asked for (POST /report/like) and shown below; what a finger was on
 * stays where it is.
 *   form[data-report]  [data-take] a picture's input  [data-shots]  [data-drafts]  [data-locate]  [data-near-at]
 *   [data-like-at]  [data-same=ID] "it is this one"  [data-word] the words, in the page's language */
(() => {
  "use strict";
  const one = (s, at = document) => at.querySelector(s), all = (s, f, at = document) => at.querySelectorAll(s).forEach(f);
  const word = n => (one(`[data-word="${n}"]`) || {}).textContent || "";
  const letters = n => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(n)))).replace(/[+/=]/g, "x").slice(0, n);
  const sleep = ms => new Promise(done => setTimeout(done, ms));

  const { put, get, del, all: kept } = heqing.kept("heqing-report", { drafts: "key", photos: "id" });
  const drafts = async () => (await kept("drafts")).sort((a, b) => b.at - a.at);
  const drop = async d => { for (const p of d.photos) await del("photos", p.id); await del("drafts", d.key); };

  // ---- the receipt's page: what led here is done
  const sent = async () => {
    const key = sessionStorage.getItem("reported"), d = key && await get("drafts", key);
    sessionStorage.removeItem("reported");
    if (d) await drop(d);
  };
  if (one("[data-sent-draft]")) sent().catch(() => {});

  const form = one("form[data-report]");
  if (!form) return;
  /* Changes the page; what the finger was on last, or what is in the middle, stays where it is. */
  let touched;
  addEventListener("pointerdown", e => { touched = e.target; }, true);
  const still = change => {
    const rect = e => e && e.isConnected && e.getBoundingClientRect();
    let at = touched, was = rect(at);
    if (!was || was.bottom < 0 || was.top > innerHeight) was = rect(at = document.elementFromPoint(innerWidth / 2, innerHeight / 2));
    change();
    const is = rect(at);
    if (was && is && is.height) scrollBy({ top: is.top - was.top, behavior: "instant" });
  };
  const note = one("[data-report-say]"), bar = one("[data-report-bar]"), shots = one("[data-shots]", form);
  const say = (text, warn, part) => still(() => {
    note.hidden = !text;
    note.classList.toggle("warn", !!warn);
    one("[data-report-text]").textContent = text;
    bar.hidden = part === undefined;
    if (part !== undefined) bar.value = part;
  });
  let current = { key: form.elements.key.value, at: 0, state: "kept", fields: [], photos: [], place: "", what: "", same: "", seen: [] };

  // ---- pictures
  const thumb = async (p, remove) => {
    const kept = await get("photos", p.id), box = document.createElement("figure"), img = document.createElement("img");
    if (!kept) return "";
    img.src = URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }));
    img.alt = "";
    box.append(img);
    if (remove) {
      const b = document.createElement("button");
      b.type = "button"; b.className = "del"; b.textContent = "×"; b.setAttribute("aria-label", word("remove"));
      b.addEventListener("click", remove);
      box.append(b);
    }
    return box;
  };
  const show = async () => shots.replaceChildren(...await Promise.all(current.photos.map(p => thumb(p, async () => {
    current.photos = current.photos.filter(q => q != p);
    await del("photos", p.id);
    await keep();
    await show();
  }))));
  let taking = Promise.resolve();
  const take = files => taking = taking.then(async () => {
    for (const f of files) {
      if (current.photos.length + form.querySelectorAll("input[name=photo_hash]:checked").length >= 6) { say(word("more"), true); break; }
      const s = await heqing.smaller(f), p = { id: letters(10), size: s.size };
      await put("photos", { id: p.id, type: s.type, bytes: await s.arrayBuffer() });
      current.photos.push(p);
    }
    await keep();
  }).catch(() => say(word("full"), true)).then(show).catch(() => {});
  all("[data-take]", i => i.addEventListener("change", () => {
    const files = [...i.files];
    i.value = "";
    /* their room at once, so that nothing moves under the next tap */
    shots.append(...files.map(() => document.createElement("figure")));
    take(files);
  }), form);

  // ---- the draft
  const labelOf = name => {
    const e = form.querySelector(`input[name=${name}]:checked`);
    return e && e.value && e.nextElementSibling ? e.nextElementSibling.textContent.trim() : "";
  };
  const read = () => {
    const list = form.elements.place_list;
    current.fields = [...new FormData(form)].filter(([n, v]) => typeof v == "string" && v && n != "csrf" && n != "key");
    for (const id of current.seen || []) current.fields.push(["seen", id]);
    if (current.same) current.fields.push(["same_as", current.same]);
    current.place = labelOf("place");
    current.what = [labelOf("category") || word("none"), current.place || labelOf("unit") ||
      (list && list.value ? list.selectedOptions[0].textContent : "")].filter(Boolean).join(" · ");
  };
  const worth = d => d.photos.length || d.fields.some(([n]) => n == "category" || n == "body");
  const keep = async () => {
    read();
    if (!worth(current)) return;
    current.at = Date.now();
    await put("drafts", current);
  };
  let later;
  form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(() => keep().catch(() => {}), 300); });
  addEventListener("pagehide", () => { clearTimeout(later); keep().catch(() => {}); });
  addEventListener("pageshow", e => { if (e.persisted) location.reload(); });
  all("[data-draft-keep]", b => b.addEventListener("click", () => keep().then(() => say(word("kept"), true), () => say(word("full"), true))));

  const fill = async d => {
    await keep();
    current = d;
    form.reset();
    form.elements.key.value = d.key;
    const known = d.fields.find(([n]) => n == "place");
    if (known && known[1] && !form.querySelector(`input[name=place][value="${CSS.escape(known[1])}"]`)) {
      const l = document.createElement("label"), i = document.createElement("input"), s = document.createElement("span");
      l.className = "chip"; i.type = "radio"; i.name = "place"; i.value = known[1]; s.textContent = d.place;
      l.append(i, s);
      near.append(l);
    }
    for (const [n, v] of d.fields)
      for (const e of [...form.elements].filter(e => e.name == n))
        if (/radio|checkbox/.test(e.type)) e.checked = e.checked || e.value == v;
        else if (e.type != "file") e.value = v;
    await show();
    await list();
    like();
    form.scrollIntoView();
  };

  // ---- sending
  const asked = async (url, o, tell) => {
    for (let i = 0; ; i++) {
      const r = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" }, ...o });
      if (r.status != 429 || r.redirected || i == 5) return r; /* led on: it was taken */
      const seconds = Math.min(+r.headers.get("Retry-After") || 2, 20);
      if (tell) say(word("crowded").replace("N", seconds));
      await sleep(1000 * seconds);
      if (tell) say(word("sending"));
    }
  };
  const value = (d, name) => (d.fields.find(([n]) => n == name) || [])[1] || "";
  const upload = async (d, p, tell) => {
    const key = d.key + "-" + p.id, unit = value(d, "unit"), kept = await get("photos", p.id);
    const there = await asked(`/report/photos?key=${key}&unit=${unit}`);
    if (!there.ok || !kept) throw new Error(String(there.status));
    const { csrf, photos: [had] } = await there.json(), whole = new Blob([kept.bytes]);
    let { have, hash } = had, piece = 65536;
    for (let tries = 0; !hash; tries++) {
      const f = new FormData(), began = Date.now();
      if (have >= whole.size || tries > 500) throw new Error("photo");
      for (const [n, v] of Object.entries({ key, csrf, unit, no: 0, total: whole.size, offset: have })) f.append(n, v);
      f.append("piece", whole.slice(have, have + piece), "piece");
      const r = await asked("/report/photos", { method: "POST", body: f }), j = await r.json().catch(() => ({}));
      if (r.status == 422) throw { say: word("photo") + (j.say || "") };
      if (!r.ok && r.status != 409) throw new Error(String(r.status));
      ({ have, hash } = j);
      piece = Date.now() - began < 1500 ? Math.min(piece * 2, 524288) : Math.max(piece / 2, 16384);
      tell(Math.min(1, have / whole.size || 1));
    }
    return { hash, csrf };
  };
  /* Sent without anybody waiting: its receipt is said. */
  const went = (d, path) => {
    const at = one("[data-went]"), li = document.createElement("li"), a = document.createElement("a"), what = document.createElement("b");
    a.className = "lk";
    a.href = path;
    what.translate = false;
    what.textContent = d.what;
    a.append(what, " · " + path.slice(3).replace(/(\d{4})(?=\d)/g, "$1 "));
    li.append(a);
    still(() => { one("ul", at).append(li); at.hidden = false; });
  };
  const received = (a, b) => word("received").replace("A", a).replace("B", b);
  let busy = false;
  /* front: the person waits for it and sees what comes. */
  const deliver = async (d, front) => {
    const hashes = [], n = d.photos.length;
    let token;
    for (const p of d.photos) {
      const u = await upload(d, p, part => front && say(received(hashes.length, n), false, 100 * (hashes.length + part) / n));
      hashes.push(u.hash);
      token = u.csrf;
      if (front) say(received(hashes.length, n), false, 100 * hashes.length / n);
    }
    if (!token) token = (await (await asked(`/report/photos?key=${d.key}`)).json()).csrf;
    const f = new FormData();
    for (const [name, v] of d.fields) f.append(name, v);
    for (const h of hashes) f.append("photo_hash", h);
    f.append("key", d.key);
    f.append("csrf", token);
    /* Nobody is there to be asked whether it is one of these: a report that waits is worse than the same thing twice. */
    if (!front) f.append("alone", "1");
    else say(word("sending"));
    const r = await asked("/report", { method: "POST", body: f, headers: { Accept: "text/html" } }, front);
    if (r.redirected && /^\/p\/[0-9]{12}$/.test(new URL(r.url).pathname)) {
      await drop(d);
      if (front) location.assign(r.url);
      else went(d, new URL(r.url).pathname);
      return;
    }
    const text = await r.text();
    if (r.ok && front) { /* is it one of these? */
      sessionStorage.setItem("reported", d.key);
      d.state = "kept";
      await put("drafts", d);
      document.open(); document.write(text); document.close();
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html"); /* its own words before any other of the page */
    const alert = one("[role=alert] a", page) || one("[role=alert]", page) || one("main p", page);
    throw { say: alert ? alert.textContent.trim() : String(r.status) };
  };
  const send = async (d, front) => {
    if (busy) return;
    busy = true;
    all("[data-draft-send], .bar [type=submit]", b => { b.disabled = true; });
    try {
      d.state = "waiting";
      await put("drafts", d).catch(() => {});
      await deliver(d, front);
    } catch (e) {
      d.why = e.say || "";
      if (e.say) d.state = "kept";
      await put("drafts", d).catch(() => {});
      if (front) say(e.say || word("offline"), true);
    }
    busy = false;
    all("[data-draft-send], .bar [type=submit]", b => { b.disabled = false; });
    await list();
  };
  const submit = async same => {
    await taking;
    current.same = same;
    read();
    send(current, true);
  };
  form.addEventListener("submit", e => { e.preventDefault(); submit(""); });

  // ---- what waits
  const box = one("[data-drafts]"), row = box && one("[data-draft-row]", box);
  const list = async () => {
    const others = (await drafts()).filter(d => d.key != current.key || d.state == "waiting");
    const rows = await Promise.all(others.map(async d => {
      const li = row.cloneNode(true), part = n => one(`[data-draft-${n}]`, li);
      li.hidden = false;
      part("what").textContent = d.what;
      part("at").textContent = new Date(d.at).toLocaleString(document.documentElement.lang);
      part("say").textContent = d.why || word(d.state == "waiting" ? "waiting" : "kept");
      part("shots").replaceChildren(...await Promise.all(d.photos.map(p => thumb(p))));
      part("send").addEventListener("click", () => send(d, true));
      part("open").addEventListener("click", () => fill(d));
      part("drop").addEventListener("click", async ev => {
        if (!ev.currentTarget.dataset.sure) {
          ev.currentTarget.dataset.sure = "1";
          ev.currentTarget.textContent = word("sure");
          return;
        }
        await drop(d);
        if (d.key == current.key) location.reload();
        await list();
      });
      return li;
    }));
    still(() => {
      box.hidden = !others.length;
      row.parentNode.replaceChildren(row, ...rows);
    });
  };
  const sendWaiting = async () => {
    for (const d of await drafts()) if (d.state == "waiting") await send(d, d.key == current.key);
  };
  addEventListener("online", sendWaiting);
  list().then(sendWaiting).catch(() => {});

  // ---- is it one of these?
  const likes = one("[data-like-at]"), pair = ["csrf", "key", "town"].map(n => [n, form.elements[n].value]);
  const about = /^(category|unit|place|place_list|place_text|lat|lon|datum|body)$/;
  /* Seen: half of it was before somebody's eyes for a second; what was seen and not chosen is not asked again. */
  const seen = e => {
    const id = e.dataset.likeId;
    if (!(current.seen = current.seen || []).includes(id)) current.seen.push(id);
    e.dataset.seen = "1";
  };
  const looks = new Map(), onScreen = "IntersectionObserver" in window && new IntersectionObserver(entries => {
    for (const { target: e, isIntersecting } of entries) {
      clearTimeout(looks.get(e));
      if (isIntersecting) looks.set(e, setTimeout(seen, 1000, e));
    }
  }, { threshold: .5 });
  let last = "";
  const like = async () => {
    const chosen = [...new FormData(form)].filter(([n, v]) => about.test(n) && v), has = n => chosen.some(([m]) => m == n);
    const whole = has("category") && ["unit", "place", "place_list", "lat"].some(has), now = whole ? JSON.stringify(chosen) : "";
    if (now == last) return;
    last = now;
    let found = [];
    try {
      const r = whole && await fetch("/report/like", { method: "POST", body: new URLSearchParams([...pair, ...chosen]) });
      const at = r && r.ok && new DOMParser().parseFromString(await r.text(), "text/html").querySelector("[data-like]");
      found = at ? [...at.childNodes].map(n => document.importNode(n, true)) : [];
    } catch (_) { /* no network: asked when it is sent */ }
    if (now != last) return;
    still(() => likes.replaceChildren(...found));
    all("[data-same]", b => b.addEventListener("click", () => submit(b.dataset.same)), likes);
    if (onScreen) all("[data-like-id]", e => onScreen.observe(e), likes);
  };

  // ---- where
  const pick = (name, v) => all(`input[name=${name}]`, e => { e.checked = e.value === v; }, form);
  /* Which reading of the phone's numbers is meant: that in which the chosen place lies there. */
  const read_as = e => { if (e && e.dataset.datum) form.elements.datum.value = e.dataset.datum; };
  form.addEventListener("change", e => {
    const { name, value: v } = e.target, places = form.elements.place_list;
    if (name == "place") read_as(e.target);
    if (name == "place" && v) { pick("unit", null); if (places) places.value = ""; }
    if ((name == "unit" || name == "place_list") && v) pick("place", "");
    if (name == "place_list" && v) pick("unit", null);
    like();
  });
  /* Only a page that knows its phone says it; else both readings are asked about. */
  const known = new URLSearchParams(location.search).get("datum") == "gcj02" ? { datum: "gcj02" } : {};
  const near = one("[data-near-at]");
  const tell = text => still(() => near.replaceChildren(Object.assign(document.createElement("p"), { className: "hint mb", textContent: text })));
  all("[data-locate]", b => b.addEventListener("click", () => {
    if (!navigator.geolocation) return tell(word("denied"));
    b.disabled = true;
    tell(word("locating"));
    navigator.geolocation.getCurrentPosition(async p => {
      const at = { lat: p.coords.latitude.toFixed(6), lon: p.coords.longitude.toFixed(6), ...known };
      b.disabled = false;
      for (const [n, v] of Object.entries({ datum: "wgs84", ...at })) form.elements[n].value = v;
      form.elements.accuracy.value = Math.round(p.coords.accuracy || 0) || "";
      try {
        const r = await fetch("/report/near?" + new URLSearchParams({ ...at, town: form.elements.town.value }));
        const there = new DOMParser().parseFromString(await r.text(), "text/html").querySelector("[data-near]");
        still(() => near.replaceChildren(...[...there.childNodes].map(n => document.importNode(n, true))));
        const chosen = form.querySelector("input[name=place]:checked");
        if (chosen) pick("unit", null);
        read_as(chosen);
      } catch (_) { tell(""); /* no network: the position goes along, the village is chosen by hand */ }
      keep().catch(() => {});
      like();
    }, () => { b.disabled = false; tell(word("denied")); }, { enableHighAccuracy: true, timeout: 9000, maximumAge: 60000 });
  }));
})();
