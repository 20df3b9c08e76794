// A file, or a text, may be dropped anywhere on a page that asks for a report.
"use strict";

(() => {
  const file = document.querySelector("input[type=file]");
  const text = document.querySelector("textarea[data-drop]");
  if (!file || !text) return;
  document.documentElement.classList.add("drops");
  if (text.name === "report") text.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "scripted", value: "1" }));
  const has = (event, type) => event.dataTransfer?.types.includes(type);
  const isOurs = (event) => has(event, "Files") || (has(event, "text/plain") && !event.target.closest?.("input, textarea"));
  let leaving = 0;

  addEventListener("dragover", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    clearTimeout(leaving);
    document.documentElement.classList.add("dropping");
    leaving = setTimeout(() => document.documentElement.classList.remove("dropping"), 300); // no event tells its end
  });
  addEventListener("drop", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      const first = new DataTransfer();
      first.items.add(event.dataTransfer.files[0]);
      file.files = first.files;
      told();
      file.focus();
    } else {
      text.value = event.dataTransfer.getData("text/plain");
      text.focus();
    }
  });

  // A chosen file takes precedence over the pasted text, so the page says which one will be read.
  const note = document.createElement("span");
  note.className = "notice";
  note.setAttribute("role", "status");
  file.after(note);
  function told() {
    const name = file.files[0]?.name ?? "";
    note.textContent = name && `${name} will be read${text.value.trim() ? ", not the text above" : ""}.`;
  }
  file.addEventListener("change", told);
  text.addEventListener("input", told);
})();
