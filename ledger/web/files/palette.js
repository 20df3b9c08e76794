// The command palette: "/" or Ctrl+K opens it. Without this script, the search field leads to the page of the search.
"use strict";

// Declared in a block: parley.js and this file share the names of one page.
{
const form = () => document.querySelector("form.find");

function part(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

function palette() {
  const dialog = part("dialog", { class: "palette", "aria-label": "Go to a page or an entry" });
  const input = part("input", {
    type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "palette-list", "aria-autocomplete": "list",
    "aria-label": "Page or entry, by name, alias or words", autocomplete: "off", spellcheck: "false",
    placeholder: "Go to a page or an entry",
  });
  const list = part("ul", { id: "palette-list", role: "listbox", "aria-label": "Matches" });
  const says = part("p", { role: "status", class: "palette-says" });
  const help = part("p", { class: "palette-help", "aria-hidden": "true" }, "↑ ↓ choose · Enter opens · Esc closes");
  dialog.append(input, list, says, help);
  document.body.append(dialog);
  let found = { typed: null, matches: [] };
  let current = -1;
  let opener = null;
  let asking = null;
  let waiting = 0;

  const choose = (number) => {
    const options = [...list.children];
    current = options.length ? (number + options.length) % options.length : -1;
    options.forEach((one, nth) => one.setAttribute("aria-selected", nth === current ? "true" : "false"));
    if (current < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[current].id);
    options[current].scrollIntoView({ block: "nearest" });
  };
  const draw = () => {
    list.replaceChildren(...found.matches.map((match, nth) => {
      const option = part("li", { role: "option", id: `palette-${nth}`, "aria-selected": "false" });
      option.append(part("span", { class: "palette-kind" }, match.kind), part("span", { dir: "auto" }, match.label));
      option.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
      option.addEventListener("click", () => location.assign(match.address));
      return option;
    }));
    input.setAttribute("aria-expanded", found.matches.length ? "true" : "false");
    says.textContent = found.matches.length
      ? `${found.matches.length} match${found.matches.length === 1 ? "" : "es"}`
      : "No page or entry has this name or these words";
    choose(found.matches.length ? 0 : -1);
  };
  const asked = (page) => { // the form of the search knows the clocks
    const address = new URL(form().action);
    for (const { name, value } of form().querySelectorAll("input[type=hidden]")) address.searchParams.set(name, value);
    address.pathname = address.pathname.replace(/search$/, page);
    address.searchParams.set("q", input.value);
    return address.href;
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(asked("palette.json"), { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      found = await answer.json();
      draw();
    } catch (error) {
      if (error.name !== "AbortError") says.textContent = "The matches cannot be shown now. Enter leads to the search.";
    }
  };
  const open = () => {
    if (dialog.open) return;
    opener = document.activeElement;
    input.value = "";
    dialog.showModal();
    input.focus();
    ask();
  };
  dialog.addEventListener("close", () => {
    asking?.abort();
    clearTimeout(waiting);
    if (opener?.isConnected) opener.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // a click outside the palette
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 90);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const keys = {
      ArrowDown: () => choose(current + 1),
      ArrowUp: () => choose(current - 1),
      Enter: async () => {
        clearTimeout(waiting);
        if (input.value.trim() !== found.typed) await ask(); // the text typed last decides what opens
        const address = found.matches[current]?.address ?? (input.value.trim() && asked("search"));
        if (address) location.assign(address);
      },
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || event.defaultPrevented) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && localStorage.getItem("parley-keys") !== "off" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !control) return;
    event.preventDefault();
    open();
  });
}

if (form()) palette();
}
