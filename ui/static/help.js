// Help with the keys, and light or dark. Runs once, when Gradio has put the masthead on the page.
const help = document.createElement("dialog");
help.id = "help";
help.setAttribute("aria-labelledby", "help-title");
help.innerHTML = `<form method="dialog"><h2 id="help-title">Help</h2>
  <p>Ask in your own words. Each sentence of an answer bears numbers: press one, and the article opens at the sentence
  that proves it. ✓ supported, ≈ partly supported, “ quoted, ✗ unsupported say how far the articles bear it out.</p>
  <table aria-label="Keys"><tbody></tbody></table>
  <fieldset><legend>Appearance</legend></fieldset>
  <div class="ends"><button type="submit">Close</button></div></form>`;
const KEYS = [
  ["Enter", "Ask"],
  ["Shift + Enter", "Begin a line"],
  ["/", "Go to the question box"],
  ["j, k", "Open the next or previous quotation"],
  ["f", "Find words in the open article"],
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

function choose(theme) {
  root.dataset.theme = theme;
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // a browser that keeps nothing forgets it with the tab
  }
  dress();
}

for (const [theme, name] of [["", "As the machine"], ["light", "Light"], ["dark", "Dark"]]) {
  const label = document.createElement("label");
  const choice = document.createElement("input");
  choice.type = "radio";
  choice.name = "theme";
  choice.value = theme;
  choice.checked = (root.dataset.theme ?? "") === theme;
  choice.addEventListener("change", () => choose(theme));
  label.append(choice, name);
  help.querySelector("fieldset").append(label);
}
if (root.dataset.theme) dress();
byMachine.addEventListener("change", () => setTimeout(dress)); // after Gradio, which knows the machine alone

// ---- events ----

document.addEventListener("click", (event) => {
  if (event.target.closest(".masthead .help")) help.showModal();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable=true]")) return;
  if (event.key === "?") help.showModal();
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".masthead [aria-controls=ask]").click();
    document.querySelector("#question textarea").focus();
  }
});
