// The pages are complete without this script. It adds the slider, the zoom of the timeline, and a notice of new events.
"use strict";

const DAY = 86400000;
const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const ordinal = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const told = (day) => LONG.format(new Date(day * DAY));
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

// Shows another moment of the same page, at the same scroll position.

let asking = null;
let shown = location.pathname + location.search;

async function go(address, remember = true) {
  asking?.abort();
  asking = new AbortController();
  let page;
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  // What was opened stays open, though its count may be another at the other moment: "Evidence for Trade (2 reports)".
  const named = (one) => `${one.className} ${one.querySelector("summary").textContent.replace(/\(\d[^)]*\)/g, "").trim()}`;
  const open = new Set([...document.querySelectorAll("details[open]")].map(named));
  const focused = document.activeElement?.id;
  for (const part of page.querySelectorAll("[data-swap]")) {
    document.querySelector(`[data-swap="${part.dataset.swap}"]`)?.replaceWith(part);
  }
  for (const one of document.querySelectorAll("[data-swap] details, details[data-swap]")) if (open.has(named(one))) one.open = true;
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  document.title = page.title;
  Object.assign(document.body.dataset, page.body.dataset);
  const field = document.getElementById("as-of");
  field.value = page.getElementById("as-of").value;
  const place = document.getElementById("slider");
  if (place) place.dataset.ticks = page.getElementById("slider").dataset.ticks;
  if (remember) history.pushState(null, "", address);
  shown = location.pathname + location.search;
  document.dispatchEvent(new Event("parley:moment"));
}

// The slider: its ticks are the meetings held by the latest day shown, and the arrow keys move from one to the next.

function slider() {
  const place = document.getElementById("slider");
  const field = document.getElementById("as-of");
  if (!place || !field) return;
  const today = ordinal(place.dataset.today);
  const track = element("div", { class: "track" });
  const range = element("input", { type: "range", step: 1, "aria-label": "As of: arrow keys go from meeting to meeting" });
  const words = element("p", { class: "stop", "aria-hidden": "true" });
  track.append(range);
  place.append(track, words);
  const known = new Map(); // a page of an earlier day does not name what a visitor saw on a later one
  let ticks = [];
  let stops = [];
  let first = 0;
  let last = 0;

  const draw = () => {
    for (const tick of place.dataset.ticks.split("|").filter(Boolean)) {
      const [day, slug, ...label] = tick.split(" ");
      known.set(slug, { day: ordinal(day), slug, label: label.join(" ") });
    }
    ticks = [...known.values()].sort((a, b) => a.day - b.day);
    stops = [...new Set([...ticks.map((tick) => tick.day), today])].sort((a, b) => a - b);
    first = Math.min(stops[0], ordinal(field.value)) - 7;
    last = Math.max(stops.at(-1), ordinal(field.value));
    range.min = first;
    range.max = last;
    range.value = ordinal(field.value);
    for (const mark of track.querySelectorAll("i")) mark.remove();
    track.append(...ticks.map((tick) => {
      const mark = element("i", { class: /^(Round|Ministerial)/.test(tick.label) ? "round" : "" });
      const part = (tick.day - first) / (last - first);
      mark.style.left = `calc(${8 * (1 - 2 * part)}px + ${100 * part}%)`;
      return mark;
    }));
  };

  const tell = () => {
    const day = Number(range.value);
    const at = [...new Set(ticks.filter((tick) => tick.day === day).map((tick) => tick.label))].join(", ");
    const text = told(day) + (at ? `: ${at}` : day === today ? ": today" : "");
    words.textContent = text;
    range.setAttribute("aria-valuetext", text);
  };
  let waiting = 0;
  const show = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const address = new URL(location.href);
      address.searchParams.set("as-of", iso(Number(range.value)));
      go(address.href);
    }, 200);
  };
  const to = (day) => {
    range.value = day;
    tell();
    show();
  };
  range.addEventListener("input", tell);
  range.addEventListener("change", () => {
    // If the slider is released close to a meeting, the meeting is meant.
    const day = Number(range.value);
    const near = (last - first) / 150;
    const meant = stops.reduce((best, stop) => (Math.abs(stop - day) < Math.abs(best - day) ? stop : best), stops[0]);
    to(Math.abs(meant - day) <= near ? meant : day);
  });
  range.addEventListener("keydown", (event) => {
    const day = Number(range.value);
    const steps = {
      ArrowRight: () => stops.find((stop) => stop > day) ?? day,
      ArrowLeft: () => stops.findLast((stop) => stop < day) ?? day,
      Home: () => stops[0],
      End: () => stops.at(-1),
      PageUp: () => clamp(day + 30, first, last),
      PageDown: () => clamp(day - 30, first, last),
    };
    steps.ArrowUp = steps.ArrowRight;
    steps.ArrowDown = steps.ArrowLeft;
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    to(steps[event.key]());
  });
  const moment = () => {
    draw();
    tell();
  };
  document.addEventListener("parley:moment", moment);
  moment();
}

// New events: a page of the present checks from time to time, and offers to show them.

async function news() {
  const { position, pinned } = document.body.dataset;
  if (pinned || document.hidden) return;
  let head;
  try {
    head = (await (await fetch("/-/head.json")).json()).position;
  } catch {
    return;
  }
  const count = head - Number(position);
  const place = document.getElementById("news");
  if (!(count > 0) || !place) return;
  const notice = element("p", { class: "notice", id: "newer" }, `${count} event${count === 1 ? " has" : "s have"} been recorded since this page was made. `);
  const button = element("button", { type: "button" }, "Show what is new");
  button.addEventListener("click", async () => {
    await go(location.href, false);
    document.getElementById("main").focus();
  });
  notice.append(button);
  document.getElementById("newer")?.remove();
  place.append(notice);
}

// The timeline: the keyboard walks from mark to mark; zooming and moving lead to other days, drawn by the server.

function timeline() {
  const chart = document.getElementById("timeline");
  if (!chart) return;
  const { first, last, left, right } = Object.fromEntries(
    Object.entries(chart.dataset).map(([name, value]) => [name, Number(value)]),
  );
  const room = chart.viewBox.baseVal.width - left - right;
  const words = document.getElementById("words");
  const marks = [...chart.querySelectorAll("a.mark")].sort((one, other) => one.dataset.x - other.dataset.x);
  const SHIFT = 719163; // days of the server count from year 1, those of the script from 1970
  const shows = (from, to) => {
    const address = new URL(location.href);
    address.searchParams.set("from", iso(Math.round(from) - SHIFT));
    address.searchParams.set("to", iso(Math.max(Math.round(to), Math.round(from) + 1) - SHIFT));
    go(address.href);
  };
  const zoom = (factor, around = (first + last) / 2) => {
    if ((last - first) * factor < 2 || (last - first) * factor > 40000) return;
    shows(around - (around - first) * factor, around + (last - around) * factor);
  };
  const dayAt = (x) => first + ((x - chart.getBoundingClientRect().left - left) / room) * (last - first);
  const press = (name) => document.getElementById(`go-${name}`)?.click();
  let current = 0;
  const walk = (number) => {
    marks[current].setAttribute("tabindex", "-1");
    current = clamp(number, 0, marks.length - 1);
    marks[current].setAttribute("tabindex", "0");
    marks[current].focus();
  };
  const tell = (mark) => (words.textContent = mark.querySelector("title").textContent);
  marks.forEach((mark, number) => {
    mark.setAttribute("tabindex", number ? "-1" : "0");
    mark.addEventListener("focus", () => {
      current = number;
      walked = mark.getAttribute("href").split("?")[0];
      tell(mark);
    });
    mark.addEventListener("mouseenter", () => tell(mark));
  });
  // After zooming, the same mark has the focus.
  const same = keyed ? marks.findIndex((mark) => mark.getAttribute("href").split("?")[0] === walked) : -1;
  if (keyed && marks.length) walk(Math.max(same, 0));
  keyed = false;
  const here = () => (chart.contains(document.activeElement) ? first + ((marks[current].dataset.x - left) / room) * (last - first) : undefined);
  chart.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !marks.length) return;
    const step = (last - first) / 3;
    const keys = {
      "+": () => zoom(0.5, here()), "=": () => zoom(0.5, here()), "-": () => zoom(2, here()),
      0: () => press("all"),
      ArrowRight: () => (event.shiftKey ? shows(first + step, last + step) : walk(current + 1)),
      ArrowLeft: () => (event.shiftKey ? shows(first - step, last - step) : walk(current - 1)),
      Home: () => walk(0), End: () => walk(marks.length - 1),
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keyed = true;
    keys[event.key]();
  });
  let turn = 0;
  chart.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.shiftKey) return; // the page scrolls as usual
    event.preventDefault();
    const closer = (event.deltaY || event.deltaX) < 0;
    const at = dayAt(event.clientX);
    clearTimeout(turn);
    turn = setTimeout(() => zoom(closer ? 0.5 : 2, at), 80);
  }, { passive: false });
  let held = null;
  chart.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType === "mouse" && !event.target.closest("a.mark")) held = event.clientX;
  });
  chart.addEventListener("pointerup", (event) => {
    const days = held === null ? 0 : ((held - event.clientX) / room) * (last - first);
    held = null;
    if (Math.abs(days) >= 1) shows(first + days, last + days);
  });
}

// The picture of the timeline as PNG, twice as large as on the page, for programs that cannot place an SVG.

function picture() {
  const link = document.querySelector('a[download="timeline.svg"]');
  if (!link) return;
  const button = element("button", { type: "button", class: "as-link" }, "as PNG");
  link.after(" ", button);
  button.addEventListener("click", async () => {
    const drawn = new Image();
    drawn.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await (await fetch(link.href)).text())}`;
    await drawn.decode();
    const canvas = element("canvas", { width: drawn.naturalWidth * 2, height: drawn.naturalHeight * 2 });
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    element("a", { href: canvas.toDataURL("image/png"), download: "timeline.png" }).click();
  });
}

let walked = "";
let keyed = false;
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".zoom a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});

slider();
timeline();
document.addEventListener("parley:moment", timeline);
picture();
document.addEventListener("parley:moment", picture);
addEventListener("popstate", () => {
  // A link within the page also ends here; then the page already shows the right moment.
  if (location.pathname + location.search !== shown) go(location.href, false);
});
addEventListener("focus", news);
setInterval(news, 15000);
