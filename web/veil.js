/* veil.js — a box is drawn over a face or a plate by dragging; without it two taps or four numbers do. */
(() => {
  "use strict";
  const form = document.querySelector("[data-veil]");
  if (!form) return;
  const picture = form.querySelector("input[type=image]"), svg = form.querySelector("svg");
  const NS = "http://www.w3.org/2000/svg";
  let from = null, rect = null, dragged = false;
  const at = e => {
    const r = picture.getBoundingClientRect(), k = (a, b) => Math.round(Math.min(1, Math.max(0, a / b)) * 1000);
    return { x: k(e.clientX - r.left, r.width), y: k(e.clientY - r.top, r.height) };
  };
  const draw = p => {
    const box = {
      x: Math.min(from.x, p.x), y: Math.min(from.y, p.y), width: Math.abs(from.x - p.x), height: Math.abs(from.y - p.y)
    };
    for (const k in box) rect.setAttribute(k, box[k]);
    return box;
  };
  picture.addEventListener("dragstart", e => e.preventDefault());
  picture.addEventListener("pointerdown", e => {
    from = at(e); dragged = false;
    rect = svg.appendChild(document.createElementNS(NS, "rect"));
    picture.setPointerCapture(e.pointerId);
  });
  picture.addEventListener("pointermove", e => { if (from) draw(at(e)); });
  picture.addEventListener("pointercancel", () => { if (rect) rect.remove(); from = rect = null; });
  picture.addEventListener("pointerup", e => {
    if (!from) return;
    const b = draw(at(e));
    dragged = b.width > 9 && b.height > 9;
    if (dragged)
      document.querySelectorAll("input[name=boxes]").forEach(i => {
        i.value += (i.value ? ";" : "") + [b.x, b.y, b.width, b.height].join(",");
      });
    else rect.remove();
    from = rect = null;
  });
  /* a drag is no tap: the page stays */
  form.addEventListener("submit", e => { if (dragged) { e.preventDefault(); dragged = false; } });
})();
