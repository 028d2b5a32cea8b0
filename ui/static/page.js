// What follows a click, a key or a hover. Runs once, when Gradio has put the reader on the page:
// `props.value` is the reader's markup, `server.open_article` asks the program for an article.
const isWritten = (target) => target.closest?.("input, textarea, select, [contenteditable=true]");

// ---- the reader ----

let citations = []; // those of the answer that was opened, in the order of their numbers
let position = 0; // of the one that is shown
let kind = "Citation";
let opener = null; // the link that was clicked
let holder = () => null; // finds the turn or finding that it stands in
let requests = 0; // the reply to any but the latest comes too late

const isReading = () => document.body.classList.contains("reading");

function citationOf(link) {
  const { number, article, start, end, sha256 } = link.dataset;
  return { number: Number(number), article, start: Number(start), end: Number(end), sha256: sha256 ?? "" };
}

// While an answer grows, Gradio makes other elements of its turn: it is looked up whenever it is needed.
function holderOf(link) {
  const turn = link.closest(".turn")?.dataset.turn;
  const finding = link.closest(".finding");
  return () => (turn === undefined ? finding : document.querySelector(`#chat .turn[data-turn="${turn}"]`));
}

function citationsIn(whole) {
  const group = kind === "Passage" ? "a.nearest" : "a.source:not(.nearest)";
  return [...(whole?.querySelectorAll(group) ?? [])].map(citationOf);
}

function linksOf(citation) {
  const group = kind === "Passage" ? ".nearest" : ":not(.nearest)";
  return [...(holder()?.querySelectorAll(`a[data-number="${citation?.number}"]${group}`) ?? [])];
}

function openLink(link, { isAsked = true } = {}) {
  kind = link.matches(".nearest") ? "Passage" : "Citation";
  opener = link;
  holder = holderOf(link);
  citations = citationsIn(holder());
  position = Math.max(0, citations.findIndex((citation) => String(citation.number) === link.dataset.number));
  show(link.dataset.article, { takeFocus: true, isAsked });
}

// An answer that was still being written when an article was opened from it has more citations once that is done:
// whether there are others now.
function countAgain() {
  const [before, now] = [citations[position], citationsIn(holder())];
  const isSame = ({ article, start, end }) => article === before?.article && start === before.start && end === before.end;
  if (!now.some(isSame) || JSON.stringify(now) === JSON.stringify(citations)) return false;
  [citations, position] = [now, now.findIndex(isSame)];
  return true;
}

async function show(article, { takeFocus = false, isMoved = true, isAsked = true } = {}) {
  const shown = element.querySelector(".story")?.dataset.article;
  const request = ++requests;
  const answer = await answerOf(server.open_article({ article, citations, position, kind }));
  if (request !== requests) return;
  const unfolded = shown === article ? [...element.querySelectorAll(".digest[open]")].map(({ dataset }) => dataset.digest) : [];
  props.value = answer.html;
  noteAddress(answer.address, isAsked);
  document.body.classList.add("reading");
  cover();
  await new Promise(requestAnimationFrame);
  for (const name of unfolded) element.querySelector(`.digest[data-digest="${name}"]`)?.setAttribute("open", "");
  const current = element.querySelector("mark.current");
  const still = shown !== article || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isMoved && current) current.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  else if (isMoved) element.querySelector(".story")?.scrollIntoView({ block: "start", behavior: "instant" });
  if (takeFocus) (element.querySelector("h1") ?? element.querySelector(".close")).focus({ preventScroll: true });
  markOpened();
}

// The page's address without what opens an article at a place.
function withoutPlace() {
  const url = new URL(location.href);
  for (const name of ["article", "start", "end", "text"]) url.searchParams.delete(name);
  return url;
}

// The address names the open place, so that it can be kept or passed on; going back in the browser closes the reader.
// What an address named already must not become a step of its own: going back would open it again.
function noteAddress(address, isAsked) {
  const url = withoutPlace();
  for (const [name, value] of new URLSearchParams(address)) url.searchParams.set(name, value);
  if (isReading() || !isAsked) history.replaceState(history.state, "", url);
  else if (url.href !== location.href) history.pushState("reader", "", url);
}

function markOpened() {
  document.querySelectorAll("a.opened").forEach((link) => link.classList.remove("opened"));
  if (isReading()) linksOf(citations[position]).forEach((link) => link.classList.add("opened"));
}

function step(by) {
  if (!isReading()) {
    const turns = document.querySelectorAll("#chat .turn:has(a.source)");
    if (by > 0 && turns.length) openLink(turns[turns.length - 1].querySelector("a.citation, a.source"));
    return;
  }
  countAgain();
  const next = position + by;
  if (!(next in citations)) return;
  position = next;
  show(citations[position].article);
}

function closeReader() {
  if (history.state === "reader") {
    history.back();
    return;
  }
  hideReader();
  history.replaceState(history.state, "", withoutPlace());
}

function hideReader() {
  requests += 1;
  if (!isReading()) return;
  const links = linksOf(citations[position]);
  const link = links.find((other) => other.matches(`.${opener.classList[0]}`)) ?? opener;
  document.body.classList.remove("reading");
  cover();
  markOpened();
  link?.focus({ preventScroll: true });
  hideCard();
}

// On a phone the reader covers the views: what lies behind it is out of reach.
const phone = matchMedia("(max-width: 860px)");
const cover = () => document.querySelector("#views").toggleAttribute("inert", isReading() && phone.matches);
phone.addEventListener("change", cover);

// The conversation that an address names comes a moment after the page.
function chatShown() {
  return new Promise((go) => {
    const look = () => {
      if (!document.querySelector("#chat :is(.talk, .welcome)")) return;
      observer.disconnect();
      requestAnimationFrame(go); // what is settled and what may still grow come one after the other
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true }); // the chat itself may not be there yet
    look();
  });
}

async function openFromAddress() {
  const asked = new URLSearchParams(location.search);
  const article = asked.get("article");
  if (article === null) {
    if (isReading()) nameView(); // the address gone back to may be that of another view
    hideReader();
    return;
  }
  const [start, end] = [Number(asked.get("start")), Number(asked.get("end"))];
  const sha256 = asked.get("text") ?? "";
  const request = ++requests;
  if (asked.has("conversation")) await chatShown();
  if (request !== requests) return;
  const isSame = (citation) => citation.article === article && citation.start === start && citation.end === end
    && citation.sha256.startsWith(sha256);
  const link = [...document.querySelectorAll("#chat a[data-article]")].findLast((other) => isSame(citationOf(other)));
  if (link) {
    openLink(link, { isAsked: false });
    return;
  }
  citations = end > start ? [{ number: 1, article, start, end, sha256 }] : [];
  position = 0;
  kind = "Citation";
  [opener, holder] = [null, () => null];
  show(article, { takeFocus: true, isAsked: false });
}

// ---- the card that shows a citation's headline, outlet, date and quotation ----

const card = document.createElement("div");
card.id = "card";
card.hidden = true;
card.dir = "auto";
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

// ---- the views ----

const tabs = () => [...document.querySelectorAll(".masthead [role=tab]")];

function showView(tab) {
  const view = tab.getAttribute("aria-controls");
  for (const other of tabs()) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
  }
  tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.body.dataset.view = view;
  nameView();
  document.dispatchEvent(new CustomEvent("view-shown", { detail: view }));
}

function nameView() {
  const url = new URL(location.href);
  const shown = tabs().findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  url.hash = shown > 0 ? tabs()[shown].getAttribute("aria-controls") : "";
  if (url.href.replace(/#$/, "") !== location.href.replace(/#$/, "")) history.replaceState(history.state, "", url);
}

function showViewOfAddress() {
  const named = tabs().find((tab) => `#${tab.getAttribute("aria-controls")}` === location.hash);
  if (named) showView(named);
}

// In a window of another width the tab that is shown stays in sight. Where all tabs fit by now, Chromium would go on
// fading the row where it was scrolled to.
addEventListener("resize", () => {
  const shown = tabs().find((tab) => tab.getAttribute("aria-selected") === "true");
  const row = shown?.parentElement;
  if (!row) return;
  row.style.animationName = "none";
  shown.scrollIntoView({ block: "nearest", inline: "nearest" });
  row.style.animationName = "";
});

// Where not all tabs fit, a mouse has no other way to those out of sight than its wheel.
document.addEventListener("wheel", ({ target, deltaX, deltaY }) => {
  if (!deltaX) target.closest?.(".masthead .tabs")?.scrollBy({ left: deltaY });
}, { passive: true });

const viewOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
const areThere = () => tabs().length > 0 && tabs().every(viewOf);

// Where the start is slow the tabs and views come after the reader.
function beginViews() {
  for (const tab of tabs()) {
    viewOf(tab).setAttribute("role", "tabpanel");
    viewOf(tab).setAttribute("aria-label", tab.textContent);
  }
  showViewOfAddress();
  if (new URLSearchParams(location.search).has("article")) openFromAddress();
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
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (!card.hidden) hideCard();
    else if (!isReading()) requests += 1; // nor does an article open any more that was asked for
    else if (!document.querySelector(".turn.busy")) closeReader();
  } else if (event.target.matches?.("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const by = event.key === "ArrowRight" ? 1 : tabs().length - 1;
    const tab = tabs()[(tabs().indexOf(event.target) + by) % tabs().length];
    showView(tab);
    tab.focus();
  } else if (!isWritten(event.target) && (event.key === "j" || event.key === "k")) {
    step(event.key === "j" ? 1 : -1);
  }
});
document.addEventListener("turn-done", (event) => {
  if (isReading() && holder() === event.target && countAgain()) show(citations[position].article, { isMoved: false });
});
document.addEventListener("chat-changed", () => {
  if (isReading()) markOpened(); // the turn was made anew
});
addEventListener("popstate", openFromAddress);
addEventListener("hashchange", showViewOfAddress);

if (areThere()) {
  beginViews();
} else {
  const waiting = new MutationObserver(() => {
    if (!areThere()) return;
    waiting.disconnect();
    beginViews();
  });
  waiting.observe(document.body, { childList: true, subtree: true });
}
