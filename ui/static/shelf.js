// The table of the library: search, sort, choose. Runs once, when Gradio has put the table on the page:
// `server.list_articles(null)` gives the articles, `trigger` tells the program what is wanted of the chosen ones.
// Whatever comes from an article is put in as text, never as markup.
const part = (selector) => element.querySelector(selector);
const CHUNK = 100; // rows drawn at once; more follow when the end of the table comes into sight
const byWords = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

let listed = ""; // as it came
let articles = [];
let shown = []; // those that fit the search, sorted
let drawn = 0; // how many of them have a row
let order = { column: "published", down: true };
let isStale = true;
const chosen = new Set(); // ids

// ---- what fits ----

function chosenOutlets() {
  return [...element.querySelectorAll(".choices input:checked")].map((box) => box.value);
}

function wanted() {
  return {
    words: part(".words input").value.trim().toLowerCase().split(/\s+/).filter(Boolean),
    since: part(".since input").value,
    until: part(".until input").value,
    outlets: chosenOutlets(),
  };
}

function fits(article, { words, since, until, outlets }) {
  const day = article.published?.slice(0, 10);
  return words.every((word) => article.words.includes(word))
    && (!since || (day && day >= since)) && (!until || (day && day <= until))
    && (!outlets.length || outlets.includes(article.outlet));
}

function compare(one, other) {
  const [a, b] = [one[order.column], other[order.column]];
  if (a === null || b === null) return (a === null) - (b === null); // what is not known comes last, either way
  const difference = typeof a === "number" ? a - b : order.column === "title" || order.column === "outlet" ? byWords.compare(a, b) : a < b ? -1 : a > b;
  return order.down ? -difference : difference;
}

// ---- drawing ----

function cell(row, kind, text) {
  const made = row.insertCell();
  made.className = kind;
  made.textContent = text ?? "";
  return made;
}

function day(text) {
  const date = new Date(text.slice(0, 10) + "T00:00");
  return isNaN(date) ? text : asDay.format(date);
}

// The library notes a moment by UTC; its day is that of the reader's clock.
const localDay = (utc) => asDay.format(new Date(`${utc.replace(" ", "T")}Z`));

function addRow(body, article) {
  const row = body.insertRow();
  row.dataset.id = article.id;
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = chosen.has(article.id);
  box.setAttribute("aria-label", `Choose ${article.title}`);
  cell(row, "pick").append(box);
  const headline = cell(row, "headline");
  const link = document.createElement("a");
  link.href = `?article=${encodeURIComponent(article.id)}&start=0&end=0`;
  link.dataset.article = article.id;
  link.textContent = article.title;
  link.dir = "auto";
  headline.append(link);
  const below = document.createElement("span");
  below.className = "id";
  below.dir = "auto";
  below.textContent = article.duplicate_of === null ? article.id : `${article.id}, same text as ${article.duplicate_of}`;
  headline.append(below);
  cell(row, "outlet", article.outlet).dir = "auto";
  cell(row, "date", article.published && day(article.published));
  cell(row, "added", localDay(article.added));
  if (article.duplicate_of === null) cell(row, "passages", article.passages.toLocaleString("en"));
  else cell(row, "passages twin", "duplicate");
}

function drawMore() {
  const rows = document.createDocumentFragment();
  const body = document.createElement("tbody");
  for (const article of shown.slice(drawn, drawn + CHUNK)) addRow(body, article);
  rows.append(...body.rows);
  part("tbody").append(rows);
  drawn = Math.min(drawn + CHUNK, shown.length);
}

function draw() {
  nameOutlets();
  const sieve = wanted();
  shown = articles.filter((article) => fits(article, sieve)).sort(compare);
  drawn = 0;
  part("tbody").replaceChildren();
  drawMore();
  for (const head of element.querySelectorAll("th[data-column]")) {
    const isSorted = head.dataset.column === order.column;
    head.setAttribute("aria-sort", isSorted ? (order.down ? "descending" : "ascending") : "none");
  }
  showDeeds();
}

const articlesOf = (count) => `${count.toLocaleString("en")} article${count === 1 ? "" : "s"}`;

// A list that is put away says all the same that it restricts.
function nameOutlets() {
  const names = chosenOutlets();
  part(".outlets summary").textContent = !names.length ? "Outlets" : names.length === 1 ? `Outlet: ${names[0]}` : `${names.length} outlets chosen`;
}

function showDeeds() {
  const isSifted = shown.length < articles.length;
  const some = chosen.size > 0;
  part(".count").textContent = !articles.length ? "No articles yet."
    : some ? `${chosen.size.toLocaleString("en")} of ${articlesOf(articles.length)} chosen`
    : isSifted ? `${shown.length.toLocaleString("en")} of ${articlesOf(articles.length)}` : articlesOf(articles.length);
  part(".deed.ask").hidden = !(some || (isSifted && shown.length));
  part(".deed.remove").hidden = !some;
  part(".deed.edit").hidden = chosen.size !== 1;
  part(".deed.reset").hidden = !(some || isSifted);
  part(".hint").hidden = some || isSifted || !articles.length;
  part(".sieve").hidden = part("table").hidden = !articles.length;
  const all = part("th.pick input");
  const count = shown.filter((article) => chosen.has(article.id)).length;
  all.checked = count > 0 && count === shown.length;
  all.indeterminate = count > 0 && count < shown.length;
}

function showOutlets() {
  const before = new Set(chosenOutlets());
  const counts = new Map();
  for (const { outlet } of articles) if (outlet !== null) counts.set(outlet, (counts.get(outlet) ?? 0) + 1);
  part(".outlets").hidden = counts.size === 0;
  part(".choices").replaceChildren(...[...counts.keys()].sort(byWords.compare).map((outlet) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = outlet;
    box.checked = before.has(outlet);
    const name = document.createElement("span");
    name.dir = "auto";
    name.textContent = outlet;
    const count = document.createElement("span");
    count.className = "soft";
    count.textContent = counts.get(outlet).toLocaleString("en");
    label.append(box, name, count);
    return label;
  }));
}

// What the words that are searched for may stand in.
function searchable({ title, outlet, id, duplicate_of: original }) {
  return [title, outlet, id, original === null ? "" : `duplicate of ${original}`].join(" ");
}

// ---- coming up to date ----

async function load() {
  isStale = false;
  const before = listed;
  listed = await answerOf(server.list_articles(null));
  if (listed === before) return; // who comes back to the table finds it as it was left
  articles = JSON.parse(listed).map((article) => ({ ...article, words: searchable(article).toLowerCase() }));
  const known = new Set(articles.map((article) => article.id));
  for (const id of chosen) if (!known.has(id)) chosen.delete(id);
  showOutlets();
  draw();
}

// Thousands of articles are listed only for who looks at them.
function loadIfSeen() {
  if (isStale && element.offsetParent !== null) load();
}
new IntersectionObserver(loadIfSeen).observe(part(".count"));
new IntersectionObserver((seen) => {
  if (seen.some((entry) => entry.isIntersecting) && drawn < shown.length) drawMore();
}, { rootMargin: "600px" }).observe(part(".end"));

function loadAnew() {
  isStale = true;
  loadIfSeen();
}
watch("value", loadAnew);
// Articles may have been added in another tab, or by a command.
document.addEventListener("view-shown", (event) => {
  if (event.detail === "library") loadAnew();
});
// What is said of adding is newer than an error of removing.
document.addEventListener("click", (event) => {
  if (event.target.closest("#add, #upload")) showError();
});
// Adding ends with the tab that began it.
addEventListener("beforeunload", (event) => {
  if (document.querySelector(":is(#adding, #notice) .adding")) event.preventDefault();
});

// ---- what is done with them ----

// What a question is to be restricted to: the chosen articles, else the dates and outlets, else all that fit the words.
function restriction() {
  const { words, since, until, outlets } = wanted();
  if (chosen.size) return { since: "", until: "", outlets: [], articles: [...chosen] };
  if (words.length) return { since: "", until: "", outlets: [], articles: shown.map((article) => article.id) };
  return { since, until, outlets, articles: [] };
}

function showError(sentence) {
  part(".error").textContent = sentence ?? "";
  part(".error").hidden = !sentence;
}

function reset() {
  chosen.clear();
  for (const input of element.querySelectorAll(".sieve input")) {
    if (input.type === "checkbox") input.checked = false;
    else input.value = "";
  }
  showError();
  draw();
}

async function remove() {
  part("dialog.sure").close();
  const answer = await answerOf(server.remove_articles([...chosen]));
  showError(answer.error);
  chosen.clear();
  draw();
  trigger("removed");
}

element.addEventListener("click", (event) => {
  const target = event.target;
  const head = target.closest("th[data-column] button")?.parentElement;
  if (head) {
    const column = head.dataset.column;
    const isNumber = ["published", "added", "passages"].includes(column);
    order = { column, down: order.column === column ? !order.down : isNumber };
    draw();
  } else if (target.closest(".deed.ask")) {
    trigger("restrict", restriction());
    document.querySelector(".masthead [aria-controls=ask]").click();
    document.querySelector("#question textarea").focus();
  } else if (target.closest(".deed.remove")) {
    part("#sure-question").textContent = `Remove ${articlesOf(chosen.size)} from the library?`;
    part("dialog.sure").showModal();
  } else if (target.closest(".deed.reset")) {
    reset();
  } else if (target.closest("dialog.sure .no")) {
    part("dialog.sure").close();
  } else if (target.closest("dialog.sure .yes")) {
    remove();
  }
});

element.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches(".pick input")) return;
  const ids = box.closest("thead") ? shown.map((article) => article.id) : [box.closest("tr").dataset.id];
  for (const id of ids) box.checked ? chosen.add(id) : chosen.delete(id);
  for (const row of part("tbody").rows) row.querySelector("input").checked = chosen.has(row.dataset.id);
  showDeeds();
});
part(".sieve").addEventListener("input", draw);

// The outlets' list lies over the table: a click elsewhere or Esc puts it away.
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.(".outlets")) part(".outlets").open = false;
});
part(".outlets").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !part(".outlets").open) return;
  event.stopPropagation();
  part(".outlets").open = false;
  part(".outlets summary").focus();
});
// Esc in the dialog keeps the articles; the page's own meaning of it is not for here.
part("dialog.sure").addEventListener("keydown", (event) => event.stopPropagation());
