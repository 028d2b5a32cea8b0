// What follows a click, a key or a hover. Runs once, when Gradio has put the reader on the page:
// `props.value` is the reader's markup, `server.open_article` asks the program for an article.
const chat = () => document.querySelector("#chat");
const textBox = () => document.querySelector("#question textarea");
const isWritten = (target) => target.closest?.("input, textarea, select, [contenteditable=true]");

// ---- the reader ----

let citations = []; // those of the answer that was opened, in the order of their numbers
let position = 0; // of the one that is shown
let kind = "Citation";
let openedFrom = null; // the link to give the focus back to

function citationOf(link) {
  const { number, article, start, end, sha256 } = link.dataset;
  return { number: Number(number), article, start: Number(start), end: Number(end), sha256: sha256 ?? "" };
}

function openLink(link) {
  const turn = link.closest(".turn");
  const nearest = link.matches(".nearest");
  const links = turn ? [...turn.querySelectorAll(nearest ? "a.nearest" : "a.source:not(.nearest)")] : [];
  citations = links.map(citationOf);
  position = Math.max(0, citations.findIndex((citation) => String(citation.number) === link.dataset.number));
  kind = nearest ? "Passage" : "Citation";
  openedFrom = link;
  show(link.dataset.article, true);
}

async function show(article, takeFocus) {
  const shown = element.querySelector(".story")?.dataset.article;
  const answer = await server.open_article({ article, citations, position, kind });
  props.value = answer.html ?? answer.error;
  document.body.classList.add("reading");
  await new Promise(requestAnimationFrame);
  const current = element.querySelector("mark.current");
  const still = shown !== article || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (current) current.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  else element.querySelector(".story")?.scrollIntoView({ block: "start", behavior: "instant" });
  if (takeFocus) element.querySelector("h1")?.focus({ preventScroll: true });
  markOpened();
}

function markOpened() {
  document.querySelectorAll("a.opened").forEach((link) => link.classList.remove("opened"));
  if (!document.body.classList.contains("reading")) return;
  const turn = openedFrom?.closest(".turn");
  const number = citations[position]?.number;
  const group = kind === "Passage" ? ".nearest" : ":not(.nearest)";
  turn?.querySelectorAll(`a[data-number="${number}"]${group}`).forEach((link) => link.classList.add("opened"));
}

function step(by) {
  const next = position + by;
  if (!document.body.classList.contains("reading") || !(next in citations)) return;
  position = next;
  show(citations[position].article, false);
}

function closeReader() {
  document.body.classList.remove("reading");
  markOpened();
  openedFrom?.focus({ preventScroll: true });
}

function openFromAddress() {
  const asked = new URLSearchParams(location.search);
  const article = asked.get("article");
  if (article === null) return;
  const [start, end] = [Number(asked.get("start")), Number(asked.get("end"))];
  citations = end > start ? [{ number: 1, article, start, end, sha256: "" }] : [];
  position = 0;
  show(article, true);
}

// ---- the card that shows a citation's headline, outlet, date and quotation ----

const card = document.createElement("div");
card.id = "card";
card.hidden = true;
card.setAttribute("aria-hidden", "true"); // a screen reader is told by the link's own name and description
element.closest(".gradio-container").append(card);

function showCard(link) {
  const quotation = link.closest(".turn")?.querySelector(`.quotation[data-number="${link.dataset.number}"]`);
  if (!quotation) return;
  const copy = quotation.cloneNode(true);
  copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  copy.querySelectorAll("a").forEach((part) => {
    const line = document.createElement("div");
    line.className = "source";
    line.append(...part.childNodes);
    part.replaceWith(line);
  });
  card.replaceChildren(...copy.childNodes);
  card.hidden = false;
  const at = link.getBoundingClientRect();
  const room = { width: card.offsetWidth, height: card.offsetHeight };
  const left = Math.min(Math.max(8, at.left - room.width / 2), innerWidth - room.width - 8);
  const above = at.top - room.height - 8;
  card.style.left = `${left}px`;
  card.style.top = `${above >= 8 ? above : at.bottom + 8}px`;
}

function hideCard() {
  card.hidden = true;
}

// ---- the chat ----

let latestTurn = null;

function ask(question) {
  write(question);
  requestAnimationFrame(() => document.querySelector("#send").click());
}

function write(question) {
  const box = textBox();
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

// The question, the answer with its citations as [1], and each quotation with its source, as Markdown.
function copyText(turn) {
  const answer = turn.querySelector(".answer").cloneNode(true);
  answer.querySelectorAll(".verdict").forEach((verdict) => verdict.remove());
  answer.querySelectorAll(".citation").forEach((link) => link.replaceWith(` [${link.dataset.number}]`));
  const quotations = [...turn.querySelectorAll(".quotation")].map((quotation) => {
    const about = [...quotation.querySelectorAll(".title, .outlet, time")].map((part) => part.textContent);
    return `[${quotation.dataset.number}] “${quotation.querySelector("blockquote").textContent}” — ${about.join(", ")}`;
  });
  const text = answer.textContent.replace(/ +/g, " ").trim();
  return [`**${turn.dataset.question}**`, text, ...quotations].join("\n\n") + "\n";
}

async function useTool(tool) {
  const turn = tool.closest(".turn");
  if (tool.matches(".edit")) write(turn.dataset.question);
  if (tool.matches(".again")) ask(turn.dataset.question);
  if (tool.matches(".copy")) {
    const label = tool.textContent;
    await navigator.clipboard.writeText(copyText(turn));
    tool.textContent = "Copied";
    setTimeout(() => (tool.textContent = label), 1500);
  }
}

if (!navigator.clipboard) document.body.classList.add("no-clipboard"); // browsers keep it from unencrypted pages of other machines

// A new question moves to the top of the chat once; from then on nothing moves by itself while the answer grows.
function followQuestions() {
  const turns = chat()?.querySelectorAll(".turn") ?? [];
  const latest = turns[turns.length - 1];
  if (!latest || latest.dataset.turn === latestTurn) return;
  latestTurn = latest.dataset.turn;
  chat().scrollTo({ top: chat().scrollTop + latest.getBoundingClientRect().top - chat().getBoundingClientRect().top });
}
new MutationObserver(followQuestions).observe(document.body, { childList: true, subtree: true });

// ---- the views ----

function showView(tab) {
  for (const other of document.querySelectorAll(".masthead [role=tab]")) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
  }
  document.body.dataset.view = tab.getAttribute("aria-controls");
}

// ---- events ----

document.addEventListener("click", (event) => {
  const target = event.target;
  const link = target.closest("a[data-article]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    hideCard();
    openLink(link);
  } else if (target.closest("#reader .step")) {
    step(Number(target.closest(".step").dataset.step));
  } else if (target.closest("#reader .close")) {
    closeReader();
  } else if (target.closest(".masthead [role=tab]")) {
    showView(target.closest("[role=tab]"));
  } else if (target.closest("button.tool")) {
    useTool(target.closest("button.tool"));
  } else if (target.closest("button.example")) {
    ask(target.closest("button.example").textContent);
  }
});

for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(enter, (event) => {
    const link = event.target.closest?.("a.citation");
    if (link) showCard(link);
  });
  document.addEventListener(leave, (event) => {
    if (event.target.closest?.("a.citation")) hideCard();
  });
}
document.addEventListener("scroll", hideCard, { capture: true, passive: true });

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (!card.hidden) hideCard();
    else if (document.querySelector(".turn.busy")) document.querySelector("#stop").click();
    else if (document.body.classList.contains("reading")) closeReader();
  } else if (event.target.matches?.("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const tabs = [...document.querySelectorAll(".masthead [role=tab]")];
    const by = event.key === "ArrowRight" ? 1 : tabs.length - 1;
    const tab = tabs[(tabs.indexOf(event.target) + by) % tabs.length];
    showView(tab);
    tab.focus();
  } else if (!isWritten(event.target) && (event.key === "j" || event.key === "k")) {
    step(event.key === "j" ? 1 : -1);
  }
});

openFromAddress();
