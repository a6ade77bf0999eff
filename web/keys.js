/* keys.js — a keyboard for those at a desk (/keys lists it); every page does the same without it. */
(() => {
  "use strict";
  const to = { m: "/me", o: "/morning", p: "/problems", b: "/board", r: "/report", t: "/tasks", i: "/inbox" };
  const rows = () => [...document.querySelectorAll(".tb tbody tr, .melist .task")];
  let first = "", at = -1;
  const go = step => {
    const all = rows();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].querySelector("a, button, input")?.focus();
    all[at].scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !/^(checkbox|radio)$/.test(e.target.type)) return;
    const k = e.key, path = first == "g" && to[k];
    first = k == "g" ? k : "";
    if (path) location.href = path;
    else if (k == "?") location.href = "/keys";
    else if (k == "j") go(1);
    else if (k == "k") go(-1);
    else if (k == "x") rows()[at]?.querySelector("input[type=checkbox]")?.click();
    else if (k == "/") document.querySelector("input[type=search]")?.focus();
    else return;
    e.preventDefault();
  });
})();
