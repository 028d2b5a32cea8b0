// Help with the keys, and light or dark. Runs once, when Gradio has put the masthead on the page.
const help = document.createElement("dialog");
help.id = "help";
help.setAttribute("aria-labelledby", "help-title");
help.innerHTML = `<form method="dialog"><h2 id="help-title">Help</h2>
  <p>Ask in your own words. Each sentence of an answer bears numbers: press one, and the article opens at the sentence
  that proves it. ✓ supported, ≈ partly supported, “ quoted, ✗ unsupported say how far the articles bear it out.</p>
  <table aria-label="Keys"><tbody></tbody></table>
  <fieldset class="length"><legend>Answers</legend></fieldset>
  <fieldset class="theme"><legend>Appearance</legend></fieldset>
  <p class="ahead" role="status"></p>
  <div class="ends"><button type="submit">Close</button></div></form>`;
const KEYS = [
  ["Enter", "Ask"],
  ["Shift + Enter", "Begin a line"],
  ["/", "Go to the question box"],
  ["j, k", "Open the next or previous quotation"],
  ["f", "Find words in the open article"],
  ["Enter, Shift + Enter", "Go to the next or previous place found"],
  ["← →", "Go to the tab beside, where a tab has the focus"],
  ["Esc", "Stop an answer, or close the article"],
  ["?", "This help"],
];
for (const [key, deed] of KEYS) {
  const row = help.querySelector("tbody").insertRow();
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = key;
  row.append(name);
  row.insertCell().textContent = deed;
}
element.closest(".gradio-container").append(help);

// ---- light or dark ----

const KEPT = "byline-theme"; // build.py reads it in the page's head, before the first paint
const byMachine = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function dress() {
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : byMachine.matches;
  document.body.classList.toggle("dark", isDark);
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a browser that keeps nothing forgets it with the tab
  }
}

function choose(theme) {
  root.dataset.theme = theme;
  keep(KEPT, theme);
  dress();
}

// Radio buttons under a legend: of each its value and what it is called.
function offer(place, name, choices, current, then) {
  for (const [value, called] of choices) {
    const label = document.createElement("label");
    const choice = document.createElement("input");
    choice.type = "radio";
    choice.name = name;
    choice.value = value;
    choice.checked = current === value;
    choice.addEventListener("change", () => then(value));
    label.append(choice, called);
    help.querySelector(place).append(label);
  }
}
offer(".theme", "theme", [["", "As the machine"], ["light", "Light"], ["dark", "Dark"]], root.dataset.theme ?? "", choose);
if (root.dataset.theme) dress();
byMachine.addEventListener("change", () => setTimeout(dress)); // after Gradio, which knows the machine alone

// ---- how much of an answer is shown: what follows its first sentence stays there, and is taken along ----

const LENGTH = "byline-length";
let length = "";
try {
  length = localStorage.getItem(LENGTH) ?? "";
} catch {
  // a browser that keeps nothing shows it all
}

function shorten(value) {
  document.body.classList.toggle("short-answers", value === "short");
  keep(LENGTH, value);
}
offer(".length", "length", [["", "Whole"], ["short", "First sentence only"]], length, shorten);
document.body.classList.toggle("short-answers", length === "short");

// ---- events ----

async function openHelp() {
  help.showModal();
  help.querySelector(".ahead").textContent = await answerOf(server.read_ahead(null));
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".masthead .help")) openHelp();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable=true]")) return;
  if (event.key === "?") openHelp();
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".masthead [aria-controls=ask]").click();
    document.querySelector("#question textarea").focus();
  }
});
