// The desk works without this script, which adds the keys, saves the typed text, and shows one entry at a time.
"use strict";

(() => {
  document.getElementById("summary")?.focus();
  const desk = document.getElementById("desk");
  if (!desk) return;
  const $ = (id) => document.getElementById(id);
  const names = ["party", "person", "post", "issue", "meeting", "follow-up"].flatMap((kind) =>
    [...$(`names-${kind}`).options].map((one) => ({ kind, value: one.value, label: one.textContent, post: one.dataset.post })));
  const { base, token } = desk.dataset;
  let number = Number(desk.dataset.number);
  let current = null; // the number of the sentence in hand
  let entry = ""; // the entry in hand, "" where the sentence has none
  document.body.classList.add("live");

  // Sending: one form after another. Typed text is sent as soon as the previous answer has arrived.

  let queue = Promise.resolve();
  let dirty = null;

  let waiting = 0;

  function next(work) {
    waiting += 1;
    desk.toggleAttribute("data-busy", true);
    queue = queue.then(work).catch((error) => alarm(error.message)).finally(() => {
      waiting -= 1;
      desk.toggleAttribute("data-busy", waiting > 0);
    });
  }

  const send = (values) => next(() => post(values));

  async function post(values) {
    values.set("token", token);
    values.set("number", number);
    let answer;
    try {
      answer = await fetch(base, { method: "POST", body: values, headers: { accept: "application/json" } });
    } catch {
      unforeseen();
      throw new Error("Not saved: the server does not answer. Your text is still on this page. Start `parley serve` again, and continue typing.");
    }
    if (answer.redirected) return location.assign(answer.url);
    const told = await answer.json();
    if (!answer.ok) {
      unforeseen();
      throw new Error(told.refused);
    }
    alarm("");
    if (told.reload) return location.assign(base);
    await released; // a form that is replaced while one of its buttons is pressed would lose the click
    apply(told, values.get("do"));
  }

  // While a pointer, or the space bar on a button, is down, no answer changes the page; its click comes first.
  let released = Promise.resolve();
  let release = () => {};

  function press() {
    release();
    released = new Promise((resolve) => { release = resolve; });
  }

  const AFTER_TOUCH = 100; // milliseconds: a touch ends before its click, a mouse button with it
  addEventListener("pointerdown", press, true);
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => setTimeout(release, event.pointerType === "mouse" ? 0 : AFTER_TOUCH), true);
  }
  addEventListener("keydown", (event) => event.key === " " && !event.repeat && event.target.matches?.("button") && press(), true);
  addEventListener("keyup", (event) => event.key === " " && setTimeout(release), true);
  addEventListener("blur", () => release());

  function typed(form) {
    const isSent = dirty === form;
    dirty = form;
    if (isSent) return;
    next(() => {
      if (dirty === form) dirty = null;
      return form.isConnected ? post(filled(form, "type")) : null;
    });
  }

  function filled(form, what) {
    const values = new FormData(form);
    values.set("do", what);
    return values;
  }

  addEventListener("pagehide", () => {
    if (!dirty) return;
    const values = filled(dirty, "type");
    values.set("number", number);
    navigator.sendBeacon(base, values);
  });

  function alarm(text) {
    const place = $("alarm");
    place.textContent = text;
    place.hidden = !text;
    if (text) place.scrollIntoView({ block: "nearest" });
  }

  // The page has the form of one entry. The others are fetched, the next ones first; one that is wanted now, at once.

  const AT_ONCE = 12;
  const isForm = (one) => Boolean(one?.matches("form"));

  async function forms(ids) {
    const answer = await fetch(`${base}?forms=${ids}`);
    return answer.ok && !answer.redirected ? answer.json() : null;
  }

  function put(parts) {
    for (const [id, html] of Object.entries(parts)) {
      if (!$(id) || isForm($(id))) continue;
      const part = made(id, html);
      part.hidden = id !== entry;
      $(id).replaceWith(part);
      dress(part);
    }
  }

  async function fetchOne(id) {
    if (!$(id) || isForm($(id))) return;
    let told;
    try {
      told = await forms([id]);
    } catch {
      throw new Error("The server does not answer. Start `parley serve` again, then choose the entry again.");
    }
    if (!told) return location.assign(base);
    put(told.parts);
  }

  // The page of a long report opens with its first suggestions; the others are asked for once these are shown.
  function readOn() {
    const values = new FormData();
    values.set("do", "read");
    values.set("entry", entry);
    send(values);
  }

  // Forms of another state of the draft than the page shows are not taken.
  async function fetchAll() {
    for (;;) {
      await queue;
      const all = [...document.querySelectorAll(".entry")];
      const at = Math.max(0, all.findIndex((one) => one.id === entry));
      const missing = [...all.slice(at), ...all.slice(0, at)].filter((one) => !isForm(one)).slice(0, AT_ONCE);
      const asked = number;
      const told = missing.length ? await forms(missing.map((one) => one.id)).catch(() => null) : null;
      if (told?.number === number) put(told.parts);
      else if (!told || (number === asked && !waiting)) return;
    }
  }

  // Showing what an answer changed.

  function made(id, html) {
    const box = document.createElement(id.startsWith("s") ? "ol" : "div");
    box.innerHTML = html;
    return box.firstElementChild;
  }

  function apply(told, what) {
    number = told.number;
    const held = document.activeElement?.id;
    const near = document.activeElement?.closest?.(".problem")?.id; // a button there may disappear with its problem
    for (const [id, html] of Object.entries(told.parts)) {
      const old = $(id);
      const part = made(id, html);
      if (old && part) old.replaceWith(part);
      else if (old) old.remove();
      else if (part && told.order.includes(id)) {
        const next = told.order.slice(told.order.indexOf(id) + 1).map($).find(Boolean);
        $("forms").insertBefore(part, next ?? null);
      }
      if (part) dress(part);
    }
    if (told.says) $("says").textContent = told.says;
    if (what === "read") desk.removeAttribute("data-unread");
    if (what === "type" || what === "read") {
      show();
      const field = (held && $(held)) || (near && described(near));
      if (document.activeElement === document.body) (field || sentence(current))?.focus({ preventScroll: true });
      return;
    }
    if (foreseen && !told.refused) {
      foreseen = null;
      show();
      if (document.activeElement === document.body) sentence(current)?.focus({ preventScroll: true });
      return;
    }
    unforeseen();
    if (told.at) take(told.at);
    if (told.refused) {
      alarm("");
      return wrong(told.at);
    }
    if (what?.startsWith("name:")) return $(`${told.at}-${what.split(":")[1] || "slug"}`)?.focus();
    if (held && $(held) && !$(held).closest("[hidden]") && ["undo", "redo"].includes(what)) return $(held).focus();
    sentence(current)?.focus({ preventScroll: true });
  }

  function wrong(id) {
    const told = [...$(id).querySelectorAll(".problem")].find((one) => one.textContent.trim());
    if (!told) return;
    told.closest("details")?.setAttribute("open", "");
    told.closest(".field")?.classList.remove("typing");
    (described(told.id) ?? $(id).querySelector("input:not([type=hidden])"))?.focus();
    told.scrollIntoView({ block: "nearest" });
  }

  function described(problem) {
    const control = document.querySelector(`[aria-describedby~="${problem}"]`);
    return control?.matches("fieldset") ? control.querySelector("input") : control;
  }

  // The sentence and the entry in hand.

  const sentence = (at) => $(`s${at}`);
  const entriesOf = (at) => [...document.querySelectorAll(`.entry[data-sentence="${at}"]`)];

  function take(id) {
    if (!$(id)) return;
    current = Math.max(0, Number($(id).dataset.sentence));
    hold(id);
  }

  function hold(id) {
    entry = id;
    alike();
    show();
    if (entry && !isForm($(entry))) next(() => fetchOne(id));
  }

  // A new entry is of the kind of the entry in hand, and begins with its speakers and issues.
  function alike() {
    $("add-like").value = entry;
    $("add-kind").value = entry ? $(entry).dataset.kind : "statement";
  }

  function go(at) {
    if (!sentence(at)) return;
    current = at;
    const own = entriesOf(at);
    hold((own.find((one) => one.classList.contains("open")) ?? own[0])?.id ?? "");
    sentence(at).focus({ preventScroll: true });
  }

  function show() {
    for (const one of document.querySelectorAll(".entry")) one.hidden = one.id !== entry;
    for (const one of document.querySelectorAll(".sentence")) {
      const here = Number(one.dataset.number) === current;
      one.tabIndex = here ? 0 : -1;
      one.toggleAttribute("aria-current", here);
      for (const tag of one.querySelectorAll(".tag")) tag.classList.toggle("here", tag.dataset.entry === entry);
    }
    $("add-sentence").value = current ?? 0;
    $("add-what").textContent = entry ? "" : "This sentence has no entry.";
    $("add").classList.toggle("bare", !entry);
    keepInSight();
  }

  function keepInSight() {
    const list = $("sentences");
    const one = sentence(current);
    if (!one) return;
    const room = list.getBoundingClientRect();
    const place = one.getBoundingClientRect();
    if (list.scrollHeight <= list.clientHeight + 1) return one.scrollIntoView({ block: "nearest" });
    const middle = (place.top + place.bottom) / 2 - room.top;
    if (middle < room.height / 3 || middle > (room.height * 2) / 3) list.scrollTop += middle - room.height / 2;
  }

  function neighbour(step) {
    const own = entriesOf(current);
    if (own.length < 2) return;
    take(own[(own.findIndex((one) => one.id === entry) + step + own.length) % own.length].id);
    sentence(current)?.focus({ preventScroll: true });
  }

  function undecided(step) {
    const all = [...document.querySelectorAll(".entry")];
    const at = all.findIndex((one) => one.id === entry);
    const ahead = step > 0 ? [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))]
      : [...all.slice(0, Math.max(at, 0)).reverse(), ...all.slice(at + 1).reverse()];
    const next = ahead.find((one) => one.classList.contains("open"));
    if (!next) return;
    take(next.id);
    sentence(current)?.focus({ preventScroll: true });
  }

  // Keys.

  async function formInHand() {
    await fetchOne(entry);
    return isForm($(entry)) ? $(entry) : null;
  }

  async function act(what) {
    const form = await formInHand();
    if (form) decide(form, what);
  }

  const control = (key) => {
    const mark = entry && [...$(entry).querySelectorAll("kbd[data-field]")].find((one) => one.textContent === key);
    return mark ? $(mark.parentElement.htmlFor) : null;
  };
  // What is typed after the key of a field goes into the field, also if the key must wait for an answer.
  let ahead = null;

  async function type(key) {
    const form = await formInHand().finally(() => { if (!isForm($(entry))) ahead = null; });
    const [one, text] = [form && control(key), ahead];
    ahead = null;
    if (!one) return;
    into(one);
    if (!text || !one.matches("input, textarea")) return;
    one.setRangeText(text, 0, one.value.length, "end");
    one.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  function into(one) {
    one.closest("details")?.setAttribute("open", "");
    one.focus();
    one.select?.();
  }

  // A decision shows at once what its answer will be; if it is refused, the page comes back to the entry.

  let foreseen = null;

  function decide(form, what) {
    const isReady = !form.querySelector(".problem:not(:empty)") && !form.querySelector(".acts:not(:has(:checked))");
    send(filled(form, what));
    if ((what === "skip" || (what === "accept" && isReady)) && form.id === entry) {
      foreseen = { form, was: form.className, said: form.querySelector(".decision").textContent };
      const decision = what === "skip" ? "skipped" : "accepted";
      form.className = `entry ${decision}`;
      form.querySelector(".decision").textContent = decision;
      for (const tag of document.querySelectorAll(`.tag[data-entry="${form.id}"]`)) tag.className = `tag ${decision}`;
      undecided(1);
    }
  }

  function unforeseen() {
    if (!foreseen) return;
    const { form, was, said } = foreseen;
    foreseen = null;
    form.className = was;
    form.querySelector(".decision").textContent = said;
    for (const tag of document.querySelectorAll(`.tag[data-entry="${form.id}"]`)) tag.className = was.replace("entry", "tag");
    take(form.id);
  }
  const keys = {
    ArrowDown: () => go(current + 1), j: () => go(current + 1),
    ArrowUp: () => go(current - 1), k: () => go(current - 1),
    ArrowRight: () => neighbour(1), ArrowLeft: () => neighbour(-1),
    n: () => undecided(1), p: () => undecided(-1),
    Enter: () => act("accept"),
    x: () => (entry ? act("skip") : send(filled($("add"), "pass"))),
    "+": () => {
      alike();
      send(filled($("add"), "add"));
    },
    "*": () => into($("add-kind")),
    e: quote,
    m: () => $("sentences").classList.toggle("unmarked"),
    "?": () => {
      $("keys").open = true;
      $("keys").querySelector("summary").focus();
    },
  };
  for (let digit = 1; digit <= 9; digit += 1) {
    keys[digit] = async () => {
      const form = await formInHand();
      const choice = form?.querySelectorAll('.acts > label input')[digit - 1];
      if (!choice || choice.checked) return;
      choice.checked = true;
      typed(form);
    };
  }
  const moving = ["ArrowDown", "ArrowUp", "j", "k"];
  const isText = (one) => one?.matches?.("textarea, input:not([type=radio], [type=checkbox])");
  let before = "";

  document.addEventListener("focusin", (event) => { before = event.target.value; });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    const inForm = event.target.closest?.("form.entry");
    if (event.ctrlKey) {
      if (event.key === "Enter" && inForm && !event.repeat) {
        event.preventDefault();
        closeOptions();
        decide(inForm, "accept");
      } else if (event.key.toLowerCase() === "z" && !(isText(event.target) && event.target.value !== before)) {
        event.preventDefault();
        send(filled($("add"), event.shiftKey ? "redo" : "undo"));
      }
      return;
    }
    if (event.key === "Escape") {
      if (closeOptions()) return;
      if (event.target.closest?.("#desk") && current !== null) sentence(current).focus({ preventScroll: true });
      return;
    }
    if (!event.target.classList?.contains("sentence")) return;
    if (ahead !== null) {
      if (event.key.length === 1) ahead += event.key;
      return event.preventDefault();
    }
    const isField = !(event.key in keys) && (entry && !isForm($(entry)) ? event.key.length === 1 : control(event.key));
    const what = isField ? () => type(event.key) : keys[event.key];
    if (!what || (event.key.length === 1 && !$("keys-on").checked)) return;
    event.preventDefault();
    if (isField) ahead = "";
    if (!event.repeat || moving.includes(event.key)) next(what); // after the pending form, whose answer may show another entry
  });
  const remembered = localStorage.getItem("parley-keys");
  if (remembered === "off") $("keys-on").checked = false;
  $("keys-on").addEventListener("change", (event) => localStorage.setItem("parley-keys", event.target.checked ? "on" : "off"));

  // The mouse: a click looks, and only a button decides.

  $("sentences").addEventListener("click", (event) => {
    const tag = event.target.closest(".tag");
    const one = event.target.closest(".sentence");
    if (tag) {
      event.preventDefault();
      take(tag.dataset.entry);
      sentence(current).focus({ preventScroll: true });
    } else if (one && getSelection().isCollapsed) go(Number(one.dataset.number));
  });
  desk.addEventListener("click", (event) => {
    const link = event.target.closest(".last a");
    if (!link) return;
    event.preventDefault();
    take(link.hash.slice(1));
    sentence(current).focus({ preventScroll: true });
  });
  document.addEventListener("submit", (event) => {
    const what = event.submitter?.value;
    if (!desk.contains(event.target) || what === "discard") return;
    event.preventDefault();
    if (event.target.matches("form.entry")) decide(event.target, what);
    else send(filled(event.target, what));
  });
  const isOwnSlug = (one) => "own" in one.dataset; // a slug that others name: it changes as a whole
  $("forms").addEventListener("input", (event) => !isOwnSlug(event.target) && typed(event.target.form));
  $("forms").addEventListener("change", (event) => isOwnSlug(event.target) && typed(event.target.form));

  // The quotation: exactly the words that are selected.

  function selected() {
    const all = getSelection();
    if (all.isCollapsed || !entry) return null;
    const range = all.getRangeAt(0);
    const words = range.startContainer.parentElement?.closest(".words");
    if (!words || !$("sentences").contains(range.endContainer)) return null;
    const ahead = document.createRange();
    ahead.selectNodeContents(words);
    ahead.setEnd(range.startContainer, range.startOffset);
    const parts = [...range.cloneContents().querySelectorAll(".words")].map((one) => one.textContent);
    return {
      sentence: words.closest(".sentence").dataset.number,
      offset: [...ahead.toString()].length, // in characters, not in UTF-16
      words: parts.length ? parts.join(" ") : range.toString(),
    };
  }

  function quote() {
    const found = selected();
    if (!found || !isForm($(entry))) return;
    getSelection().removeAllRanges();
    const values = filled($(entry), "quote");
    for (const [name, value] of Object.entries(found)) values.set(name, value);
    send(values);
  }

  const taking = document.createElement("button");
  taking.id = "taking";
  taking.type = "button";
  taking.hidden = true;
  taking.append("Take as the quotation ", Object.assign(document.createElement("kbd"), { textContent: "e" }));
  taking.addEventListener("mousedown", (event) => event.preventDefault());
  taking.addEventListener("click", quote);
  desk.append(taking);
  document.addEventListener("selectionchange", () => {
    const found = selected();
    taking.hidden = !found;
    if (!found) return;
    const place = getSelection().getRangeAt(0).getBoundingClientRect();
    taking.style.top = `${place.bottom + scrollY + 6}px`;
    taking.style.left = `${Math.min(place.left + scrollX, innerWidth - 260)}px`;
  });

  // Completion from the record.

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("đ", "d").toLowerCase();
  const MOST = 8;
  let open = null; // the field whose options are open

  function dress(part) {
    for (const field of part.querySelectorAll?.("input[data-names]") ?? []) {
      field.removeAttribute("list");
      field.setAttribute("role", "combobox");
      field.setAttribute("aria-autocomplete", "list");
      field.setAttribute("aria-expanded", "false");
    }
  }

  function inHand(field) {
    const end = field.selectionStart ?? field.value.length;
    const mark = field.dataset.shape === "lines" ? "\n" : field.dataset.shape === "list" ? "," : "";
    const start = mark ? field.value.lastIndexOf(mark, end - 1) + 1 : 0;
    return { start, end, word: field.value.slice(start, end).trim() };
  }

  function options(field, all = false) {
    closeOptions();
    const { word } = inHand(field);
    if (!word && !all) return;
    const wanted = fold(word);
    const kinds = field.dataset.names === "voice" ? ["party", "person"] : [field.dataset.names];
    const mine = names.filter((one) => kinds.includes(one.kind));
    if (mine.some((one) => one.value === word)) return;
    const rank = (one) => {
      const told = fold(`${one.value} ${one.label}`);
      const words = told.split(/(?<![\p{L}\p{N}])/u); // from the beginning of each word
      if (told.startsWith(wanted)) return 0;
      if (words.some((word, at) => words.slice(at).join("").startsWith(wanted))) return 1;
      return told.includes(wanted) ? 2 : 3;
    };
    const use = used(field);
    const found = mine.map((one) => [rank(one), one]).filter(([at]) => at < 3).sort((a, b) => a[0] - b[0] || use(b[1]) - use(a[1]));
    if (!found.length) return;
    const list = document.createElement("ul");
    list.id = "options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Names of the record");
    for (const [at, [, one]] of found.slice(0, MOST).entries()) {
      const option = document.createElement("li");
      option.id = `option-${at}`;
      option.setAttribute("role", "option");
      option.dataset.value = one.post && field.dataset.shape === "lines" ? `${one.value}, ${one.post}` : one.value;
      option.append(Object.assign(document.createElement("code"), { textContent: one.value }), ` ${one.label}`);
      list.append(option);
    }
    field.after(list);
    if (found.length > MOST) list.after(Object.assign(document.createElement("span"), { className: "rest", id: "options-rest", textContent: `${found.length - MOST} more: keep typing` }));
    open = field;
    if (field.matches("input")) field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", "options");
    highlight(0);
  }

  // Of names that fit equally well, the one that the sentence speaks of comes first, then those used most in the draft.
  function used(field) {
    const said = new Set(fold(sentence(current)?.querySelector(".words").textContent ?? "").match(/[\p{L}\p{N}]{4,}/gu));
    const counts = new Map();
    for (const one of document.querySelectorAll(`#forms [data-names="${field.dataset.names}"]`)) {
      for (const item of one === field ? [] : one.value.split(/[,\n]/)) counts.set(item.trim(), (counts.get(item.trim()) ?? 0) + 1);
    }
    return (one) => {
      const words = new Set(fold(one.label).match(/[\p{L}\p{N}]{4,}/gu));
      return [...words].filter((word) => said.has(word)).length * 1000 + (counts.get(one.value) ?? 0);
    };
  }

  function highlight(at) {
    const all = [...$("options").children];
    const one = all[(at + all.length) % all.length];
    for (const each of all) each.setAttribute("aria-selected", String(each === one));
    open.setAttribute("aria-activedescendant", one.id);
  }

  function closeOptions() {
    if (!open) return false;
    if (open.matches("input")) open.setAttribute("aria-expanded", "false");
    open.removeAttribute("aria-activedescendant");
    open.removeAttribute("aria-controls");
    $("options")?.remove();
    $("options-rest")?.remove();
    open = null;
    return true;
  }

  function choose(value) {
    const field = open;
    const { start, end } = inHand(field);
    const space = start && field.dataset.shape === "list" ? " " : "";
    field.setRangeText(space + value, start, end, "end");
    const party = field.form.elements["f-party"]; // of a person: `vn/nguyen-hong-dien`
    if (field.name === "slug" && party && !party.value) party.value = value.split("/").slice(0, -1).join("/");
    closeOptions();
    typed(field.form);
  }

  $("forms").addEventListener("input", (event) => {
    if (!event.target.dataset.names) return;
    event.target.parentElement.classList.add("typing"); // an unfinished name is not a problem yet
    options(event.target);
  });
  $("forms").addEventListener("focusout", (event) => {
    const field = event.target;
    setTimeout(() => open && open !== document.activeElement && closeOptions(), 0);
    queue.then(() => field !== document.activeElement && field.parentElement?.classList.remove("typing"));
  });
  $("forms").addEventListener("mousedown", (event) => {
    const option = event.target.closest("#options li");
    if (!option) return;
    event.preventDefault();
    choose(option.dataset.value);
  });
  $("forms").addEventListener("keydown", (event) => {
    if (!event.target.dataset.names || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = open ? [...$("options").children].findIndex((one) => one.getAttribute("aria-selected") === "true") : -1;
    if (event.key === "ArrowDown" && !open && event.target.matches("input")) options(event.target, true);
    else if (event.key === "ArrowDown" && open) highlight(at + 1);
    else if (event.key === "ArrowUp" && open) highlight(at - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && open && !event.shiftKey) {
      choose($("options").children[at].dataset.value);
      if (event.key === "Tab") return;
    } else if (event.key === "Tab") {
      event.target.parentElement.classList.remove("typing"); // the next stop may be the button next to the field
      return;
    } else if (event.key === "Enter" && event.target.matches("input")) {
      // Enter in a field accepts nothing: buttons and Ctrl+Enter submit a form.
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    if (event.target.matches?.("form.entry input")) event.preventDefault();
    if (event.target === $("add-kind") && !event.repeat) {
      event.preventDefault();
      send(filled($("add"), "add"));
    }
  });

  for (const form of document.querySelectorAll("form.entry")) dress(form);
  const first = location.hash.slice(1).split("-")[0];
  if ($(first)?.matches(".entry")) take(first);
  else if ($(desk.dataset.at)) take(desk.dataset.at);
  else go(0);
  const field = location.hash.includes("-") ? $(location.hash.slice(1)) : null;
  field?.closest("details")?.setAttribute("open", "");
  const target = field?.matches("fieldset") ? field.querySelector("input") : field;
  (target ?? sentence(current))?.focus({ preventScroll: !target });
  requestAnimationFrame(() => setTimeout(() => {
    if ("unread" in desk.dataset) readOn();
    fetchAll();
  }));
})();
