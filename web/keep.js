/* keep.js — what waits on this device until it has been sent, for report.js, queue.js and drafts; comfort only.
 *   heqing.kept(base, { store: key })  put, get, del, all; sure: whether the browser keeps it, or this page's memory alone
 *   form[data-draft] [data-shrink]     its pictures wait with its words (app.js), until a page says [data-sent-draft] */
(() => {
  "use strict";
  heqing.kept = (name, stores) => {
    const memory = Object.fromEntries(Object.keys(stores).map(s => [s, new Map()]));
    const base = new Promise(done => {
      if (!self.indexedDB) return done(null);
      const r = indexedDB.open(name, 1);
      r.onupgradeneeded = () => { for (const s in stores) r.result.createObjectStore(s, { keyPath: stores[s] }); };
      r.onsuccess = () => done(r.result);
      r.onerror = r.onblocked = () => done(null);
    });
    const within = async (store, mode, act, else_) => {
      const db = await base;
      if (!db) return else_(memory[store]);
      const t = db.transaction(store, mode), r = act(t.objectStore(store));
      return new Promise((ok, no) => { t.oncomplete = () => ok(r.result); t.onerror = t.onabort = () => no(t.error || r.error); });
    };
    return {
      sure: base.then(db => !!db),
      put: (store, v) => within(store, "readwrite", s => s.put(v), m => m.set(v[stores[store]], v)),
      get: (store, key) => within(store, "readonly", s => s.get(key), m => m.get(key)),
      del: (store, key) => within(store, "readwrite", s => s.delete(key), m => m.delete(key)),
      all: store => within(store, "readonly", s => s.getAll(), m => [...m.values()]),
    };
  };

  const all = (s, f) => document.querySelectorAll(s).forEach(f), drafts = heqing.kept("heqing-drafts", { photos: "id" });
  all("form[data-draft] input[type=file][data-shrink]", async i => {
    const id = i.form.dataset.draft + ":" + i.name;
    i.addEventListener("shots", async () => {
      const files = [...i.files].map(async f => ({ name: f.name, type: f.type, bytes: await f.arrayBuffer() }));
      try { await drafts.put("photos", { id, files: await Promise.all(files) }); } catch (_) { /* full: it stays on the page */ }
    });
    const was = "again" in i.form.dataset ? null : await drafts.get("photos", id).catch(() => null);
    if (!was || i.files.length) return;
    const t = new DataTransfer();
    was.files.forEach(f => t.items.add(new File([f.bytes], f.name, { type: f.type })));
    i.files = t.files;
    heqing.shots(i);
  });
  all("[data-sent-draft]", e => drafts.del("photos", e.dataset.sentDraft + ":photo").catch(() => {}));
})();
