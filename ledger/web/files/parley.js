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
  for (const part of page.querySelectorAll("[data-swap]")) {
    document.querySelector(`[data-swap="${part.dataset.swap}"]`)?.replaceWith(part);
  }
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
    for (const [day, slug, label] of JSON.parse(place.dataset.ticks)) known.set(slug, { day: ordinal(day), slug, label });
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

// The timeline: zoom, pan, keyboard navigation between marks, and the text of the current mark.

function timeline() {
  const chart = document.getElementById("timeline");
  if (!chart) return;
  const box = chart.viewBox.baseVal;
  const { first, last, left, right, day } = Object.fromEntries(
    Object.entries(chart.dataset).map(([name, value]) => [name, Number(value)]),
  );
  const room = box.width - left - right;
  const axis = document.getElementById("axis");
  const words = document.getElementById("words");
  const marks = [...chart.querySelectorAll("a.mark")]
    .map((mark) => ({
      mark, a: Number(mark.dataset.a), b: Number(mark.dataset.b), y: Number(mark.dataset.y),
      bar: mark.querySelector("rect.soft, rect.span"), glyph: mark.querySelector(".glyph"), text: mark.querySelector("text"),
    }))
    .sort((one, other) => one.a - other.a || one.y - other.y);
  let view = { a: first, b: last };
  const px = (at) => left + ((at - view.a) / (view.b - view.a)) * room;

  const place = () => {
    for (const { mark, a, b, y, bar, glyph, text } of marks) {
      const outside = b < view.a || a > view.b;
      const from = outside ? px(a) : Math.max(px(a), left);
      const width = outside ? 0 : Math.max(0, Math.min(px(b), left + room) - from);
      mark.setAttribute("transform", `translate(${from.toFixed(1)} ${y})`);
      bar?.setAttribute("width", width.toFixed(1));
      glyph.setAttribute("transform", `translate(${(width * glyph.dataset.at).toFixed(1)} 0)`);
      if (text && text.getAttribute("text-anchor") !== "end") text.setAttribute("x", (width + 11).toFixed(1));
    }
    const asked = day > last && view.b >= last ? left + room : px(day);
    document.getElementById("today").setAttribute("transform", `translate(${asked.toFixed(1)} 0)`);
    axis.replaceChildren(...scale());
  };
  const scale = () => {
    // Days of the server count from year 1, those of the script from 1970.
    const shift = 719163;
    const found = [];
    const span = view.b - view.a;
    const start = new Date((Math.floor(view.a) - shift) * DAY);
    const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000].find((step) => span / 30.4 / step <= 13);
    const days = span <= 20 ? 1 : span <= 100 ? 7 : 0;
    let at = days ? Math.ceil(view.a) : 0;
    let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
    for (let count = 0; count < 60; count += 1) {
      let when;
      if (days) {
        when = new Date((at - shift) * DAY);
        at += days;
      } else {
        month += months;
        when = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1));
      }
      const place = when.getTime() / DAY + shift;
      if (place > view.b) break;
      const name = when.toLocaleDateString("en-GB", days ? { day: "numeric", month: "short", timeZone: "UTC" } : { month: "short", timeZone: "UTC" });
      found.push([px(place), !days && when.getUTCMonth() === 0 ? String(when.getUTCFullYear()) : name]);
    }
    return found.flatMap(([x, label]) => {
      const line = document.createElementNS(chart.namespaceURI, "line");
      const text = document.createElementNS(chart.namespaceURI, "text");
      for (const [name, value] of [["x1", x], ["x2", x], ["y1", 24], ["y2", box.height]]) line.setAttribute(name, value);
      text.setAttribute("x", x + 3);
      text.setAttribute("y", 16);
      text.textContent = label;
      return [line, text];
    });
  };
  const look = (a, b) => {
    const width = clamp(b - a, Math.min(7, last - first), last - first);
    const middle = clamp((a + b) / 2, first + width / 2, last - width / 2);
    view = { a: middle - width / 2, b: middle + width / 2 };
    place();
  };
  const zoom = (factor, around = (view.a + view.b) / 2) => {
    const part = (around - view.a) / (view.b - view.a);
    const width = (view.b - view.a) * factor;
    look(around - part * width, around + (1 - part) * width);
  };
  const pan = (days) => look(view.a + days, view.b + days);
  const dayAt = (event) => {
    const at = chart.getBoundingClientRect();
    const x = ((event.clientX - at.left) / at.width) * box.width;
    return view.a + ((x - left) / room) * (view.b - view.a);
  };

  const tell = (mark) => (words.textContent = mark.querySelector("title").textContent);
  let current = 0;
  const walk = (number) => {
    marks[current].mark.setAttribute("tabindex", "-1");
    current = clamp(number, 0, marks.length - 1);
    const { mark, a, b } = marks[current];
    mark.setAttribute("tabindex", "0");
    if (b < view.a || a > view.b) look(a - (view.b - view.a) / 2, a + (view.b - view.a) / 2);
    mark.focus();
  };
  marks.forEach(({ mark }, number) => {
    mark.setAttribute("tabindex", number ? "-1" : "0");
    mark.addEventListener("focus", () => {
      current = number;
      tell(mark);
    });
    mark.addEventListener("mouseenter", () => tell(mark));
  });
  chart.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const middle = event.target.closest?.("a.mark") ? (marks[current].a + marks[current].b) / 2 : undefined;
    const step = (view.b - view.a) / 5;
    const keys = {
      "+": () => zoom(0.6, middle), "=": () => zoom(0.6, middle), "-": () => zoom(1 / 0.6, middle),
      0: () => look(first, last),
      ArrowRight: () => (event.shiftKey ? pan(step) : walk(current + 1)),
      ArrowLeft: () => (event.shiftKey ? pan(-step) : walk(current - 1)),
      Home: () => walk(0), End: () => walk(marks.length - 1),
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  chart.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.shiftKey) return; // the page scrolls as usual
    event.preventDefault();
    zoom((event.deltaY || event.deltaX) > 0 ? 1.25 : 0.8, dayAt(event));
  }, { passive: false });
  chart.addEventListener("dblclick", (event) => {
    event.preventDefault();
    zoom(0.5, dayAt(event));
  });
  let held = null;
  chart.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && !event.target.closest("a.mark")) held = { x: event.clientX, ...view };
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const days = ((held.x - event.clientX) / chart.getBoundingClientRect().width) * (box.width / room) * (held.b - held.a);
    look(held.a + days, held.b + days);
  });
  addEventListener("pointerup", () => (held = null));

  const buttons = document.getElementById("zoom");
  for (const [label, sign, act] of [
    ["Zoom in", "+", () => zoom(0.6)], ["Zoom out", "−", () => zoom(1 / 0.6)], ["Show all days", "All", () => look(first, last)],
  ]) {
    const button = element("button", { type: "button", "aria-label": label, title: label }, sign);
    button.addEventListener("click", act);
    buttons.append(button);
  }
}

slider();
timeline();
document.addEventListener("parley:moment", timeline);
addEventListener("popstate", () => {
  // A link within the page also ends here; then the page already shows the right moment.
  if (location.pathname + location.search !== shown) go(location.href, false);
});
addEventListener("focus", news);
setInterval(news, 15000);
