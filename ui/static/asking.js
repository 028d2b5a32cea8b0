// The chat: what one does with a question and its answer. Runs once, when Gradio has put the chat on the page:
// `trigger` tells the program what is wanted, `server.copied` gives an answer as text, `props.reasons` are those that
// can be given for finding an answer unhelpful.
const chat = () => document.querySelector("#chat");
const textBox = () => document.querySelector("#question textarea");

// What stands below the chat stands under its text, which leaves room for a scrollbar on both sides.
document.documentElement.style.setProperty("--gutter", `${(chat().offsetWidth - chat().clientWidth) / 2}px`);

// What a button asks leaves the text box as it is: another question may be half written there. `how` restricts it to one
// article, some outlets or dates, or to none at all (`everywhere`).
const PLAINLY = { anyway: false, everywhere: false, article: "", since: "", until: "", outlets: [] };
function ask(question, press, how = {}) {
  if (press.detail > 1) return; // a double click asks once
  isAwaited = true;
  trigger("press", { question, ...PLAINLY, ...how });
  if (press.detail === 0) textBox().focus(); // the button may go; a finger needs no keyboard
}

function write(question) {
  const box = textBox();
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

// Gradio sends what stands in the box a moment after the key: it is taken, and the box emptied, at once.
function take() {
  const box = textBox();
  box.dataset.asked = box.value;
  taken = { question: box.value, at: performance.now() };
  remember(box.value);
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
// Where the program is gone, the question stands in the box again.
const NOT_TAKEN = 10_000; // milliseconds in which that shows
let taken = { question: "", at: -NOT_TAKEN };
addEventListener("unasked", () => {
  if (performance.now() < taken.at + NOT_TAKEN && !textBox().value) write(taken.question);
});

// Where the page is reloaded before the question has arrived, it stands in the box again too: until then no address
// names its conversation.
const ON_ITS_WAY = "byline-asked";

function remember(question) {
  try {
    if (question) sessionStorage.setItem(ON_ITS_WAY, question);
    else sessionStorage.removeItem(ON_ITS_WAY);
  } catch {
    // a browser that keeps nothing has nothing to put back
  }
}

function putBack(latest) {
  let question = "";
  try {
    question = sessionStorage.getItem(ON_ITS_WAY) ?? "";
  } catch {
    return;
  }
  if (question && question !== latest?.dataset.question && !textBox().value) write(question);
  remember("");
}

// The second of two quick Enters, or clicks, asks nothing: what stood in the box is on its way.
const AT_ONCE = 1000; // milliseconds
let asked = -AT_ONCE;

function askOnce(event) {
  const isEnter = event.key === "Enter" && !event.shiftKey && event.target === textBox();
  const isPress = event.type === "click" && event.target.closest?.("#send");
  if (!isEnter && !isPress) return;
  if (event.timeStamp > asked + AT_ONCE) {
    asked = event.timeStamp;
    isAwaited = true;
    take();
    return;
  }
  event.stopImmediatePropagation();
  event.preventDefault();
}
for (const way of ["keypress", "click"]) window.addEventListener(way, askOnce, { capture: true });

// What is being typed is searched for already, or pointed at, so that its evidence is there when it is asked.
const PAUSE = 120; // milliseconds without a key
const SHORTEST = 8; // characters of a question
let pause = 0;
let draft = "";

function prepare(question) {
  clearTimeout(pause);
  if (question.length < SHORTEST || question === draft || document.querySelector(".turn.busy")) return;
  pause = setTimeout(() => trigger("draft", { question: (draft = question) }), PAUSE);
}
document.addEventListener("input", ({ target }) => {
  if (target !== textBox()) return;
  if (target.value) asked = -AT_ONCE; // another question
  prepare(target.value.trim());
});
for (const way of ["mouseover", "focusin"]) {
  document.addEventListener(way, ({ target }) => {
    const example = target.closest?.("#chat button.example");
    if (example) prepare(example.textContent);
  });
}

// A search that waits for its model, or for others, ends only then: that Stop was heard is shown at once.
function noteStop() {
  for (const progress of chat().querySelectorAll(".turn.busy .progress")) progress.textContent = "Stopping…";
}

function showChat() {
  document.querySelector(".masthead [aria-controls=ask]").click();
}

// ---- what can be done with an answer ----

async function copy(button, turn) {
  const text = answerOf(server.copied(Number(turn.dataset.turn))).then((copied) => new Blob([copied], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy with sources"), 1500);
}

if (!navigator.clipboard) document.body.classList.add("no-clipboard"); // browsers keep it from unencrypted pages of other machines

// Into the notebook that was opened last, or the latest.
async function keep(button, turn) {
  let notebook = "";
  try {
    notebook = localStorage.getItem("byline-notebook") ?? "";
  } catch {
    // a browser that keeps nothing uses the latest
  }
  const kept = await answerOf(server.keep_answer({ turn: Number(turn.dataset.turn), notebook }));
  button.textContent = kept.error ? "Not kept" : "Kept in your notes";
  button.title = kept.error ?? kept.name;
  setTimeout(() => (button.textContent = "Keep"), 4000);
}

function rate(button, turn) {
  const isOn = button.getAttribute("aria-pressed") !== "true";
  const good = button.matches(".good");
  for (const other of turn.querySelectorAll(".tool[aria-pressed]")) {
    other.setAttribute("aria-pressed", String(isOn && other === button));
  }
  tell(turn.dataset.turn, isOn ? good : null);
  if (isOn && !good) explain(turn.dataset.turn);
}

function tell(turn, good, reason = "", corrected = "") {
  trigger("rate", { turn, good, reason, corrected });
}

function useTool(button, press) {
  if (button.matches(".earlier")) {
    showEarlier();
    return;
  }
  const turn = button.closest(".turn");
  const { question } = turn.dataset;
  if (button.matches(".edit")) write(question);
  else if (button.matches(".reword")) write(button.dataset.words);
  else if (button.matches(".again")) ask(question, press);
  else if (button.matches(".anyway")) ask(question, press, { anyway: true });
  else if (button.matches(".everywhere")) ask(question, press, { everywhere: true });
  else if (button.matches(".narrow")) ask(question, press, JSON.parse(button.dataset.only));
  else if (button.matches(".copy")) copy(button, turn);
  else if (button.matches(".keep")) keep(button, turn);
  else if (button.matches(".more")) ask(turn.dataset.more, press);
  else if (button.matches(".good, .bad")) rate(button, turn);
}

// ---- why an answer is not helpful ----

const dialog = document.createElement("dialog");
dialog.id = "feedback";
dialog.setAttribute("aria-labelledby", "feedback-title");
dialog.innerHTML = `<form method="dialog"><h2 id="feedback-title">What is wrong with it?</h2>
  <fieldset><legend class="unseen">Reason</legend></fieldset>
  <label>The right answer, if you know it<textarea name="corrected" rows="3" dir="auto"></textarea></label>
  <p>It is kept with the conversation on this machine, and can become a test question.</p>
  <div class="ends"><button type="button" class="later">Not now</button><button type="submit">Keep</button></div></form>`;
for (const reason of props.reasons) {
  const label = document.createElement("label");
  const choice = document.createElement("input");
  choice.type = "radio";
  choice.name = "reason";
  choice.value = reason;
  label.append(choice, reason);
  dialog.querySelector("fieldset").append(label);
}
element.closest(".gradio-container").append(dialog);

function explain(turn) {
  const form = dialog.querySelector("form");
  form.reset();
  dialog.dataset.turn = turn;
  dialog.showModal();
}

dialog.querySelector("form").addEventListener("submit", (event) => {
  const given = new FormData(event.target);
  tell(dialog.dataset.turn, false, given.get("reason") ?? "", given.get("corrected"));
});
dialog.querySelector(".later").addEventListener("click", () => dialog.close());

// ---- what is new in the chat ----

let latestTurn = null;
let wasBusy = false;
let isShown = false; // what stood in the chat when the page was opened
let isAwaited = false; // a question was asked here of whose answer nothing was said yet

const announcer = document.createElement("div");
announcer.className = "unseen";
announcer.setAttribute("role", "status");
element.closest(".gradio-container").append(announcer);

// A new question moves to the top of the chat, and stays there until the reader does something: what stands above it is
// made anew when it is settled. Nothing moves by itself while the answer grows.
let isHeld = false;
for (const deed of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  addEventListener(deed, () => (isHeld = false), { capture: true, passive: true });
}

function hold(turn) {
  const off = turn.getBoundingClientRect().top - chat().getBoundingClientRect().top;
  if (Math.abs(off) > 1) chat().scrollBy({ top: off, behavior: "instant" });
}

function followQuestions() {
  const turns = chat()?.querySelectorAll(".turn") ?? [];
  const latest = turns[turns.length - 1];
  noteConversation();
  document.dispatchEvent(new CustomEvent("chat-changed"));
  if (!isShown && (latest || chat()?.querySelector(".welcome"))) {
    isShown = true;
    putBack(latest);
  }
  if (!latest) latestTurn = null;
  if (!latest) return;
  const isNew = latest.dataset.turn !== latestTurn;
  if (isNew) remember("");
  if (isNew) {
    latestTurn = latest.dataset.turn;
    isHeld = true;
  }
  if (isHeld) hold(latest);
  const isBusy = latest.matches(".busy");
  // What needs no model is there all at once.
  if (isAwaited && !isBusy && (isNew || wasBusy)) {
    isAwaited = false;
    announcer.textContent = latest.querySelector(".reply").textContent;
    latest.dispatchEvent(new CustomEvent("turn-done", { bubbles: true }));
  }
  wasBusy = isBusy;
}
new MutationObserver(followQuestions).observe(chat(), { childList: true, subtree: true });

// What stood first stays where it is when earlier questions come before it.
function showEarlier() {
  const top = () => chat().querySelector(`.turn[data-turn="${first}"]`).getBoundingClientRect().top;
  const first = chat().querySelector(".turn").dataset.turn;
  const before = top();
  const observer = new MutationObserver(() => {
    if (chat().querySelector(".turn")?.dataset.turn === first) return;
    observer.disconnect();
    chat().scrollBy({ top: top() - before, behavior: "instant" });
    chat().querySelector(`.turn[data-turn="${first}"] button`).focus({ preventScroll: true });
  });
  observer.observe(chat(), { childList: true, subtree: true });
  trigger("earlier");
}

// ---- what is selected stays selected while the answer around it is replaced by a longer one ----

let selected = null; // a selector of the text, and the places in it where the selection begins and ends

function textsOf(root) {
  const isWritten = (node) => !node.parentElement.closest(".citation, .verdict"); // these come only later
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (isWritten(walker.currentNode)) texts.push(walker.currentNode);
  return texts;
}

function placeOf(root, node, offset) {
  let before = 0;
  for (const text of textsOf(root)) {
    if (text === node) return before + offset;
    before += text.length;
  }
  return -1;
}

function nodeAt(root, place) {
  for (const text of textsOf(root)) {
    if (place <= text.length) return [text, place];
    place -= text.length;
  }
  return null;
}

function noteSelection() {
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = getSelection();
  const rootOf = (node) => node?.parentElement?.closest(".turn.busy :is(.answer, blockquote)");
  const root = isCollapsed ? null : rootOf(anchorNode);
  selected = null;
  if (!root || rootOf(focusNode) !== root) return;
  const ends = [placeOf(root, anchorNode, anchorOffset), placeOf(root, focusNode, focusOffset)];
  if (Math.min(...ends) < 0) return;
  const name = root.id ? `#${root.id}` : `.turn[data-turn="${root.closest(".turn").dataset.turn}"] .answer`;
  selected = { name, ends };
}

function selectAgain() {
  const root = selected && getSelection().isCollapsed ? document.querySelector(selected.name) : null;
  const [from, to] = root ? selected.ends.map((place) => nodeAt(root, place)) : [];
  if (from && to) getSelection().setBaseAndExtent(...from, ...to);
}

document.addEventListener("selectionchange", noteSelection);
new MutationObserver(selectAgain).observe(chat(), { childList: true, characterData: true, subtree: true });

const openConversation = () => chat()?.querySelector(".talk")?.dataset.conversation ?? null;

// The address names the conversation, so that reloading the page, or a bookmark, opens it again.
function noteConversation() {
  const id = openConversation();
  if (id === null && !chat()?.querySelector(".welcome")) return; // nothing is shown yet
  const url = new URL(location.href);
  if (id === url.searchParams.get("conversation")) return;
  if (id === null) url.searchParams.delete("conversation");
  else url.searchParams.set("conversation", id);
  history.replaceState(history.state, "", url);
}

// ---- events ----

document.addEventListener("click", (event) => {
  const target = event.target;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  // A button that is hidden when it was pressed gives the focus to nobody; a finger needs none, nor a keyboard.
  if (event.detail === 0 && target.closest("#send, #stop")?.contains(document.activeElement)) textBox().focus();
  if (target.closest("#stop")) noteStop();
  if (target.closest("#chat button.tool")) {
    useTool(target.closest("button.tool"), event);
  } else if (target.closest("#chat button.example")) {
    ask(target.closest("button.example").textContent, event);
  } else if (target.closest("#results button.try")) {
    showChat();
    ask(target.closest("button.try").dataset.question, event);
  } else if (target.closest("#reader .summarise")) {
    showChat();
    const { question } = target.closest(".summarise").dataset;
    ask(question, event, { article: document.querySelector("#reader .story").dataset.article });
    if (matchMedia("(max-width: 860px)").matches) document.querySelector("#reader .close").click(); // it lies over the chat
  } else if (target.closest(".masthead .new")) {
    showChat();
    trigger("begin");
    textBox().focus();
  } else if (target.closest("a.conversation") && isPlain) {
    event.preventDefault();
    showChat();
    const { conversation } = target.closest("a.conversation").dataset;
    isAwaited &&= conversation === openConversation();
    trigger("reopen", { conversation });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || dialog.open) return;
  if (document.querySelector(".turn.busy") && document.querySelector("#card").hidden) {
    event.preventDefault();
    document.querySelector("#stop").click();
  }
});

document.addEventListener("conversation-deleted", (event) => {
  if (openConversation() === event.detail) trigger("begin");
});
// Articles may have been added in another tab, or by a command.
document.addEventListener("view-shown", (event) => {
  if (event.detail === "ask" && !chat().querySelector(".turn")) trigger("welcome");
});
addEventListener("popstate", noteConversation);
