// The published pages are complete without this script, except for the search. It adds the slider of the days and the search.
"use strict";

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

// The slider: one step is one day on which something changed; the last step is the newest page.

function days() {
  const place = document.getElementById("days");
  const known = window.parleyDays;
  if (!place || !known || known.length < 2) return;
  const { day, page, dated } = place.dataset;
  const root = dated === undefined ? "" : "../../";
  const last = known.length - 1;
  const here = dated === undefined ? last : known.findIndex(([one], number) => one === day && number < last);
  const range = element("input", { type: "range", min: 0, max: last, step: 1, "aria-label": "As of: the days on which something changed" });
  const words = element("p", { class: "stop", "aria-hidden": "true" });
  range.value = here;
  const tell = () => {
    const number = Number(range.value);
    words.textContent = known[number][1] + (number === last ? " (newest)" : "");
    range.setAttribute("aria-valuetext", words.textContent);
  };
  range.addEventListener("input", tell);
  range.addEventListener("change", () => {
    const number = Number(range.value);
    if (number !== here) location.assign(number === last ? `${root}${page}.html` : `${root}on/${known[number][0]}/${page}.html`);
  });
  tell();
  place.append(range, words);
}

// The search: every typed word must begin a word of the entry; entries with all of them in their name come first.

const MOST = 100;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function search() {
  const place = document.getElementById("found");
  if (!place) return;
  const typed = new URLSearchParams(location.search).get("q") ?? "";
  document.getElementById("q").value = typed;
  place.replaceChildren();
  const words = folded(typed).match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!words.length) return;
  const within = (text) => {
    const have = ` ${folded(text).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return words.every((word) => have.includes(` ${word}`));
  };
  const entries = window.parleyEntries ?? [];
  const named = entries.filter(([, slug, name]) => within(`${name} ${slug}`));
  const found = [...new Set([...named, ...entries.filter((one) => within(one.join(" ")))])];
  const count = found.length ? `${found.length} found.` : "No entry has these words.";
  place.append(element("p", {}, found.length > MOST ? `${count} The first ${MOST} are shown.` : count));
  const list = element("ul", { class: "lines" });
  for (const [kind, slug, name, quotes] of found.slice(0, MOST)) {
    const line = element("li", { class: "line" });
    const body = element("div", { class: "body" });
    const title = element("p");
    title.append(element("a", { href: `${kind}/${slug}.html` }, name));
    body.append(title);
    if (quotes) body.append(element("p", { class: "who", dir: "auto" }, quotes));
    line.append(element("p", { class: "lead kind" }, kind[0].toUpperCase() + kind.slice(1).replace("-", " ")), body);
    list.append(line);
  }
  place.append(list);
}

days();
search();
