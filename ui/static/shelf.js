// The table of the library: search, sort, choose. Runs once, when Gradio has put the table on the page:
// `server.list_articles` gives a page of the articles that fit, `server.fitting_articles` the ids of all of them,
// `trigger` tells the program what is wanted of the chosen ones. Whatever comes from an article is put in as text, never
// as markup.
const part = (selector) => element.querySelector(selector);
const CHUNK = 100; // rows drawn at once; more follow when the end of the table comes into sight
const AHEAD = 600; // pixels
const byWords = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

let listed = ""; // what was asked for, and the first page as it came
let total = 0; // articles in the library
let fitting = 0; // those that fit the search
let drawn = 0; // how many of them have a row
let latest = 0; // the reply to any but the latest request comes too late
let isDrawing = false;
let order = { column: "published", down: true };
let isStale = true;
const chosen = new Set(); // ids
let areAllChosen = false; // whether all that fit are among them, as far as is known

// What became of a text that was pasted, or of a feed, stands below their forms: on a phone out of sight.
let hadOutcomes = false;
new MutationObserver(() => {
  const told = document.querySelector("#added :is(.summary[role=status], .error)"); // at last, not how far it has come
  if (told && !hadOutcomes) document.querySelector("#adding").scrollIntoView({ block: "nearest" });
  hadOutcomes = Boolean(told);
}).observe(element.closest("#library"), { childList: true, subtree: true });

// ---- what fits ----

function chosenOutlets() {
  return [...element.querySelectorAll(".choices input:checked")].map((box) => box.value);
}

function wanted() {
  return {
    words: part(".words input").value.trim().split(/\s+/).filter(Boolean),
    since: part(".since input").value,
    until: part(".until input").value,
    outlets: chosenOutlets(),
    ...order,
  };
}

function isSifted() {
  const { words, since, until, outlets } = wanted();
  return Boolean(words.length || since || until || outlets.length);
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
  link.href = article.address;
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

function addRows(articles) {
  const body = document.createElement("tbody");
  for (const article of articles) addRow(body, article);
  part("tbody").append(...body.rows);
  drawn += articles.length;
}

const isEndInSight = () => element.offsetParent !== null && part(".end").getBoundingClientRect().top < innerHeight + AHEAD;

async function drawMore() {
  if (isDrawing || drawn >= fitting || !isEndInSight()) return;
  isDrawing = true;
  const request = latest;
  const reply = JSON.parse(await answerOf(server.list_articles({ ...wanted(), first: drawn, count: CHUNK })));
  isDrawing = false;
  if (request === latest && (reply.error || !reply.listings.length)) return;
  if (request === latest) addRows(reply.listings);
  drawMore();
}

// Draws the articles that fit; whoever comes back to an unchanged table finds it as it was left.
async function draw() {
  nameOutlets();
  const [request, asked] = [++latest, wanted()];
  const { known, ...reply } = JSON.parse(
    await answerOf(server.list_articles({ ...asked, first: 0, count: CHUNK, known: [...chosen] })),
  );
  if (request !== latest) return;
  if (reply.error) return showError(reply.error);
  const left = new Set(known);
  for (const id of chosen) if (!left.has(id)) chosen.delete(id);
  const came = JSON.stringify([asked, reply]);
  if (came !== listed) {
    listed = came;
    [total, fitting, drawn, areAllChosen] = [reply.articles, reply.fitting, 0, false];
    part("tbody").replaceChildren();
    addRows(reply.listings);
    showOutlets(reply.outlets);
  }
  for (const head of element.querySelectorAll("th[data-column]")) {
    const isSorted = head.dataset.column === order.column;
    head.setAttribute("aria-sort", isSorted ? (order.down ? "descending" : "ascending") : "none");
  }
  tickRows();
  drawMore();
}

const articlesOf = (count) => `${count.toLocaleString("en")} article${count === 1 ? "" : "s"}`;

// A list that is put away says all the same that it restricts.
function nameOutlets() {
  const names = chosenOutlets();
  part(".outlets summary").textContent = !names.length ? "Outlets" : names.length === 1 ? `Outlet: ${names[0]}` : `${names.length} outlets chosen`;
}

function showDeeds() {
  const some = chosen.size > 0;
  part(".count").textContent = !total ? "No articles yet."
    : some ? `${chosen.size.toLocaleString("en")} of ${articlesOf(total)} chosen`
    : isSifted() && !fitting ? "No article fits these words, dates and outlets."
    : isSifted() ? `${fitting.toLocaleString("en")} of ${articlesOf(total)}` : articlesOf(total);
  part(".deed.ask").hidden = !(some || (isSifted() && fitting));
  part(".deed.remove").hidden = !some;
  part(".deed.edit").hidden = chosen.size !== 1;
  part(".deed.reset").hidden = !(some || isSifted());
  part(".hint").hidden = some || isSifted() || !total;
  part(".sieve").hidden = part("table").hidden = !total;
  const all = part("th.pick input");
  all.checked = areAllChosen || (fitting > 0 && drawn >= fitting && rows().every((row) => chosen.has(row.dataset.id)));
  all.indeterminate = !all.checked && some;
}

const rows = () => [...part("tbody").rows];

function tickRows() {
  for (const row of rows()) row.querySelector("input").checked = chosen.has(row.dataset.id);
  showDeeds();
}

let listedOutlets = ""; // with their counts, as they stand in the list

// Made anew only where there are others: what has the focus keeps it.
function showOutlets(counts) {
  if (listedOutlets === JSON.stringify(counts)) return;
  listedOutlets = JSON.stringify(counts);
  const before = new Set(chosenOutlets());
  const names = Object.keys(counts).sort(byWords.compare);
  part(".outlets").hidden = names.length === 0;
  part(".choices").replaceChildren(...names.map((outlet) => {
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
    count.textContent = counts[outlet].toLocaleString("en");
    label.append(box, name, count);
  return label;
  }));
}

// ---- coming up to date ----

// Articles are listed only for who looks at them.
function loadIfSeen() {
  if (!isStale || element.offsetParent === null) return;
  isStale = false;
  draw();
}
new IntersectionObserver(loadIfSeen).observe(part(".count"));
new IntersectionObserver(drawMore, { rootMargin: `${AHEAD}px` }).observe(part(".end"));

function loadAnew() {
  isStale = true;
  loadIfSeen();
}
watch("value", () => {
  listed = ""; // what is drawn farther down may be another, too
  loadAnew();
});
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
async function restriction() {
  const { words, since, until, outlets } = wanted();
  if (chosen.size) return { since: "", until: "", outlets: [], articles: [...chosen] };
  if (words.length) {
    return { since: "", until: "", outlets: [], articles: await answerOf(server.fitting_articles(wanted())) };
  }
  return { since, until, outlets, articles: [] };
}

async function askOnlyThese() {
  trigger("restrict", await restriction());
  document.querySelector(".masthead [aria-controls=ask]").click();
  document.querySelector("#question textarea").focus();
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
    askOnlyThese();
  } else if (target.closest(".deed.remove")) {
    part("#sure-question").textContent = `Remove ${articlesOf(chosen.size)} from the library?`;
    part("dialog.sure").showModal();
  } else if (target.closest(".deed.reset")) {
    reset();
  } else if (target.closest("dialog.sure .no")) {
    part("dialog.sure").close();
  } else if (target.closest("dialog.sure .yes")) {
    remove();
  } else if (target.matches(".pick")) {
    target.querySelector("input")?.click(); // a finger needs more room than the box has
  }
});

async function choose(box) {
  if (box.closest("thead")) {
    const ids = await answerOf(server.fitting_articles(wanted()));
    for (const id of ids) box.checked ? chosen.add(id) : chosen.delete(id);
    areAllChosen = box.checked;
  } else {
    const id = box.closest("tr").dataset.id;
    box.checked ? chosen.add(id) : chosen.delete(id);
    areAllChosen = areAllChosen && box.checked;
  }
  tickRows();
}
element.addEventListener("change", ({ target }) => {
  if (target.matches(".pick input")) choose(target);
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
