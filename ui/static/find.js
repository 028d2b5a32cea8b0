// Words found in the open article: they are lit up without touching its markup. Follows page.js, in one script with it.
const finder = document.createElement("div");
finder.className = "finder";
finder.setAttribute("role", "search");
finder.innerHTML = `<input type="search" aria-label="Find in the article" placeholder="Find in the article" autocomplete="off" spellcheck="false">
  <span class="tally" role="status"></span>
  <button type="button" class="before" aria-label="Previous place">↑</button>
  <button type="button" class="after" aria-label="Next place">↓</button>
  <button type="button" class="end" aria-label="End finding">✕</button>`;
const sought = finder.querySelector("input");
let isFinding = false;
let found = []; // ranges
let at = 0; // of the one that is shown

// A word may be parted by the marks of citations: texts are searched a paragraph at a time.
function rangesIn(paragraph, words) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const whole = texts.map((text) => text.data).join("").toLowerCase();
  const nodeAt = (place, isEnd) => {
    for (const text of texts) {
      if (place < text.length || (isEnd && place === text.length)) return [text, place];
      place -= text.length;
    }
    return null;
  };
  const ranges = [];
  for (let from = whole.indexOf(words); from >= 0; from = whole.indexOf(words, from + words.length)) {
    const [first, last] = [nodeAt(from, false), nodeAt(from + words.length, true)];
    if (!first || !last) break; // letters that are longer in lower case
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(...last);
    ranges.push(range);
  }
  return ranges;
}

function find() {
  const words = sought.value.trim().toLowerCase();
  const paragraphs = words ? [...element.querySelectorAll(".story :is(h1, p)")] : [];
  found = paragraphs.flatMap((paragraph) => rangesIn(paragraph, words));
  at = 0;
  lightUp(true);
}

function lightUp(isMoved) {
  const words = sought.value.trim();
  finder.querySelector(".tally").textContent = !words ? "" : found.length ? `${at + 1} of ${found.length}` : "not found";
  if (window.CSS?.highlights) {
    CSS.highlights.set("found", new Highlight(...found));
    CSS.highlights.set("found-here", new Highlight(...found.slice(at, at + 1)));
  }
  if (isMoved) found[at]?.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
}

function findNext(by) {
  if (!found.length) return;
  at = (at + by + found.length) % found.length;
  lightUp(true);
}

function openFinder() {
  isFinding = true;
  element.querySelector(".bar").after(finder);
  sought.focus();
  sought.select();
  find();
}

function closeFinder() {
  isFinding = false;
  finder.remove();
  found = [];
  lightUp(false);
  element.querySelector(".find")?.focus({ preventScroll: true });
}

sought.addEventListener("input", find);
finder.addEventListener("keydown", (event) => {
  event.stopPropagation();
  if (event.key === "Enter" && event.target === sought) findNext(event.shiftKey ? -1 : 1);
  if (event.key === "Escape") closeFinder();
});
finder.addEventListener("click", (event) => {
  if (event.target.matches(".before, .after")) findNext(event.target.matches(".after") ? 1 : -1);
  if (event.target.matches(".end")) closeFinder();
});
element.addEventListener("click", (event) => {
  if (event.target.closest(".find")) openFinder();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "f" || event.ctrlKey || event.metaKey || event.altKey || !isReading()) return;
  if (isWritten(event.target) || document.querySelector("dialog[open]") || !element.querySelector(".find")) return;
  event.preventDefault();
  openFinder();
});

// Another citation or article was opened: what is sought is found in it, or nothing is sought any more.
new MutationObserver(() => {
  if (!isFinding || finder.isConnected) return;
  if (!isReading() || !element.querySelector(".story")) {
    closeFinder();
    return;
  }
  element.querySelector(".bar").after(finder);
  find();
}).observe(element, { childList: true, subtree: true });
