// Words of the open article kept in the notes: those that are marked, else the quotation it is open at. Follows page.js,
// in one script with it.
let marked = ""; // what was marked last in the article: pressing a button may take the mark away

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const isHere = selection.anchorNode && element.querySelector(".story")?.contains(selection.anchorNode);
  if (!isHere) return;
  const holder = document.createElement("div");
  for (let at = 0; at < selection.rangeCount; at++) holder.append(selection.getRangeAt(at).cloneContents());
  for (const block of holder.querySelectorAll("p, h1")) block.append(" ");
  marked = holder.textContent;
});

async function keep(button) {
  let notebook = "";
  try {
    notebook = localStorage.getItem("byline-notebook") ?? "";
  } catch {
    // a browser that keeps nothing uses the latest
  }
  const { start = 0, end = 0 } = citations[position] ?? {};
  const article = element.querySelector(".story").dataset.article;
  const isPlace = !marked.trim() && end > start;
  if (!marked.trim() && !isPlace) {
    tell(button, "Mark words first");
    return;
  }
  const kept = await answerOf(server.keep_passage({ article, start, end, words: isPlace ? "" : marked, notebook }));
  button.title = kept.error ?? kept.name;
  tell(button, kept.error ? "Not kept" : "Kept");
}

function tell(button, words) {
  button.textContent = words;
  setTimeout(() => (button.textContent = "Keep"), 3000);
}

element.addEventListener("pointerdown", (event) => {
  if (event.target.closest(".story")) marked = ""; // another mark begins, or none
});
element.addEventListener("click", (event) => {
  const button = event.target.closest(".bar .keep");
  if (button) keep(button);
});
