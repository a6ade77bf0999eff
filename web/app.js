/* app.js — comfort only: every page does the same without it.
 * form[data-once]: one send.  form[data-draft=ID]: typed words wait on this device.  [data-shrink=N]: pictures
 * made smaller, with previews ("shots": they are there).  [data-now]: shown with script only.  Reporting has its own
 * report.js; what waits on this device is keep.js.  heqing: what these share. */
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

  /* A JPEG of 1600 at most; one that is small already, or cannot be drawn here, as it is. */
  const smaller = async (file, small = 0) => {
    if (file.size < small || !self.createImageBitmap) return file;
    try {
      const b = await createImageBitmap(file, { imageOrientation: "from-image" });
      const k = Math.min(1, 1600 / Math.max(b.width, b.height)), c = document.createElement("canvas");
      c.width = Math.round(b.width * k); c.height = Math.round(b.height * k);
      c.getContext("2d").drawImage(b, 0, 0, c.width, c.height);
      const s = await new Promise(r => c.toBlob(r, "image/jpeg", .82));
      if (s && (k < 1 || s.size < file.size || file.type != "image/jpeg")) return new File([s], "photo.jpg", { type: "image/jpeg" });
    } catch (_) { /* as it is */ }
    return file;
  };
  const shots = i => {
    const box = i.form.querySelector("[data-shots]");
    if (box) box.replaceChildren(...[...i.files].map(f => {
      const g = document.createElement("img");
      g.src = URL.createObjectURL(f); g.alt = "";
      return g;
    }));
  };
  self.heqing = { smaller, shots };
  all("input[type=file][data-shrink]", i => i.addEventListener("change", async () => {
    const max = +i.dataset.shrink || 1, t = new DataTransfer();
    for (const f of [...i.files].slice(0, max)) t.items.add(await smaller(f, 4e5));
    i.files = t.files;
    shots(i);
    i.dispatchEvent(new Event("shots"));
  }));
})();
