"use strict";
(() => {
  const root = document.documentElement;
  const acts = {
    lang: () => { root.dataset.lang = root.lang = root.dataset.lang === "vi" ? "en" : "vi"; },
    theme: () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
    },
    boxes: (button) => { button.setAttribute("aria-pressed", String(!root.classList.toggle("bare"))); },
    wide: (button) => { button.setAttribute("aria-pressed", String(root.classList.toggle("wide"))); },
  };
  const users = new Map();
  for (const node of document.querySelectorAll("[data-u]"))
    for (const use of node.dataset.u.split(" ")) {
      if (!users.has(use)) users.set(use, []);
      users.get(use).push(node);
    }
  let lit = [];
  let held = null;
  const light = (node) => {
    for (const other of lit) other.classList.remove("lit");
    lit = node ? [...new Set(node.dataset.u.split(" ").flatMap((use) => users.get(use)))] : [];
    for (const other of lit) other.classList.add("lit");
  };
  const target = (event) => event.target.closest ? event.target.closest("[data-u]") : null;
  const choose = (node) => {
    held = held === node ? null : node;
    light(held);
    if (!held) return;
    const isValue = node.classList.contains("value");
    const other = lit.find((one) => one.classList.contains("value") !== isValue);
    if (!other) return;
    const row = other.closest("details");
    if (row) row.open = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    other.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center", inline: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) { acts[button.dataset.act](button); return; }
    const node = target(event);
    if (node) choose(node);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { held = null; light(null); }
    const node = target(event);
    if (node && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(node); }
  });
  document.addEventListener("mouseover", (event) => { if (!held) light(target(event)); });
  const reveal = () => {
    const found = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (found && found.tagName === "DETAILS") found.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
