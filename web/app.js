/* app.js — comfort only: every page does the same without it.
 * form[data-once]: one send.  form[data-draft=ID]: typed words wait on this device.  [data-shrink=N]: pictures
 * made smaller, with previews.  [data-now]: shown with script only.  Reporting has its own report.js. */
(() => {
  "use strict";
  const all = (s, f) => document.querySelectorAll(s).forEach(f);
  const done = b => b.querySelectorAll("span").forEach((e, i) => { e.hidden = !i; });

  all("[data-now]", e => { e.hidden = false; });

  all("form[data-once]", f => f.addEventListener("submit", e => {
    if (f.dataset.sent) return e.preventDefault();
    f.dataset.sent = "1";
    setTimeout(() => { delete f.dataset.sent; }, 8000);
  }));
  addEventListener("pageshow", () => all("form[data-sent]", f => { delete f.dataset.sent; }));

  all("form[data-draft]", f => {
    const key = "draft:" + f.dataset.draft, kept = "text tel textarea select-one radio checkbox";
    const own = e => e.name && kept.split(" ").includes(e.type) && !e.closest("[data-private]");
    try {
      const was = JSON.parse(localStorage.getItem(key) || "null");
      if (was && !("again" in f.dataset))
        for (const e of f.elements)
          if (own(e) && e.name in was)
            e.type == "radio" || e.type == "checkbox" ? e.checked = was[e.name] == e.value : e.value = was[e.name];
      const keep = () => {
        const now = {};
        for (const e of f.elements)
          if (own(e) && (e.checked || !/radio|checkbox/.test(e.type))) now[e.name] = e.value;
        localStorage.setItem(key, JSON.stringify(now));
      };
      f.addEventListener("input", keep);
      all("[data-keep]", b => b.addEventListener("click", () => { keep(); done(b); }));
    } catch (_) { /* no storage: nothing is kept */ }
  });
  all("[data-sent-draft]", e => { try { localStorage.removeItem("draft:" + e.dataset.sentDraft); } catch (_) { } });

  const smaller = async file => {
    if (file.size < 4e5 || !self.createImageBitmap) return file;
    try {
      const b = await createImageBitmap(file, { imageOrientation: "from-image" });
      const k = Math.min(1, 1600 / Math.max(b.width, b.height)), c = document.createElement("canvas");
      c.width = b.width * k; c.height = b.height * k;
      c.getContext("2d").drawImage(b, 0, 0, c.width, c.height);
      const s = await new Promise(r => c.toBlob(r, "image/jpeg", .85));
      return s && s.size < file.size ? new File([s], "photo.jpg", { type: "image/jpeg" }) : file;
    } catch (_) { return file; }
  };
  all("input[type=file][data-shrink]", i => i.addEventListener("change", async () => {
    const max = +i.dataset.shrink || 1, t = new DataTransfer(), box = i.form.querySelector("[data-shots]");
    for (const f of [...i.files].slice(0, max)) t.items.add(await smaller(f));
    i.files = t.files;
    if (!box) return;
    box.replaceChildren(...[...i.files].map(f => {
      const g = document.createElement("img");
      g.src = URL.createObjectURL(f); g.alt = "";
      return g;
    }));
  }));
})();
