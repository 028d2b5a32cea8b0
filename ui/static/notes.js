// The notebooks. Runs once, when Gradio has put the view on the page: `server.notes` does what is asked and tells what
// there is then, `server.export` gives a notebook as a file, `trigger` restricts questions to its sources.
const part = (selector) => element.querySelector(selector);
const CHOSEN = "byline-notebook"; // asking.js and page.js keep things in this one
let writing = Promise.resolve(); // what was typed is kept before anything else is asked for
let now = { notebooks: [], notebook: null, notes: [], sources: [] };

function choose(notebook) {
  try {
    localStorage.setItem(CHOSEN, notebook ?? "");
  } catch {
    // a browser that keeps nothing uses the latest
  }
}

function chosen() {
  try {
    return localStorage.getItem(CHOSEN) ?? "";
  } catch {
    return "";
  }
}

async function act(asked = {}) {
  await writing;
  now = await answerOf(server.notes({ notebook: now.notebook ?? chosen(), ...asked }));
  choose(now.notebook);
  draw();
}

function button(kind, label, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `tool ${kind}`;
  made.textContent = label;
  made.setAttribute("aria-label", name);
  return made;
}

function item(note, place) {
  const line = document.createElement("li");
  line.dataset.note = note.id;
  const kept = document.createElement("div");
  kept.innerHTML = note.html; // cleaned by ui/html/markup.py
  const words = document.createElement("textarea");
  words.value = note.words;
  words.rows = Math.min(12, Math.max(2, note.words.split("\n").length));
  words.dir = "auto";
  words.placeholder = "Write beside it";
  words.setAttribute("aria-label", `Your words beside note ${place}`);
  const acts = document.createElement("div");
  acts.className = "acts";
  acts.append(
    button("up", "Up", `Move note ${place} up`),
    button("down", "Down", `Move note ${place} down`),
    button("remove", "Remove", `Remove note ${place}`),
  );
  line.append(kept, words, acts);
  return line;
}

function draw() {
  const options = now.notebooks.map(({ id, name, notes }) => {
    const option = new Option(`${name} (${notes})`, id);
    option.dir = name === "Notes" ? "ltr" : "auto"; // the first one's name is Byline's own word
    return option;
  });
  part("select").replaceChildren(...options);
  part("select").value = now.notebook ?? "";
  part(".book").hidden = part(".deeds").hidden = now.notebook === null;
  part(".deed.ask").hidden = now.sources.length === 0;
  part(".empty").hidden = now.notes.length > 0;
  part(".said").innerHTML = now.error ?? "";
  part(".kept").replaceChildren(...now.notes.map((note, place) => item(note, place + 1)));
}

// A name is typed in the place of the button that asks for it.
function askName(press, before, then) {
  const box = document.createElement("input");
  box.type = "text";
  box.value = before;
  box.className = "new-name";
  box.setAttribute("aria-label", "Name of the notebook");
  let isOver = false;
  const end = (keep) => {
    if (isOver) return;
    isOver = true;
    box.replaceWith(press);
    press.focus();
    if (keep && box.value.trim() && box.value !== before) then(box.value);
  };
  box.addEventListener("blur", () => end(true));
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (!["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault(); // the button has the focus next, and would be pressed
    end(event.key === "Enter");
  });
  press.replaceWith(box);
  box.focus();
  box.select();
}

// The first press asks, the second within some seconds deletes: nothing is lost by a slip, nor by a double click.
const SOONEST = 500; // milliseconds
const LATEST = 8000;

function sure(button, press, then) {
  const asked = button.dataset.sure;
  if (press.detail > 1 || press.timeStamp < Number(asked) + SOONEST) return;
  const disarm = () => {
    delete button.dataset.sure;
    button.textContent = "Delete";
  };
  if (asked) {
    disarm();
    then();
    return;
  }
  button.dataset.sure = press.timeStamp;
  button.textContent = "Delete for good?";
  setTimeout(disarm, LATEST);
}

async function save(format) {
  const file = await answerOf(server.save({ notebook: now.notebook, format }));
  part(".said").innerHTML = file.error ?? "";
  if (file.error) return;
  const bytes = Uint8Array.from(atob(file.data), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function askSources() {
  trigger("restrict", { since: "", until: "", outlets: [], articles: now.sources });
  document.querySelector(".masthead [aria-controls=ask]").click();
  document.querySelector("#question textarea").focus();
}

async function moveTo(note, by, kind) {
  await act({ act: "move", note, by });
  part(`li[data-note="${note}"] .${kind}`)?.focus();
}

element.addEventListener("click", async (event) => {
  const press = event.target.closest("button");
  if (!press || event.target.closest("a")) return;
  const note = press.closest("li[data-note]")?.dataset.note;
  const name = now.notebooks.find(({ id }) => id === now.notebook)?.name ?? "";
  if (press.matches(".begin")) askName(press, "", (given) => act({ act: "begin", name: given }));
  else if (press.matches(".rename")) askName(press, name, (given) => act({ act: "rename", name: given }));
  else if (press.matches(".delete")) sure(press, event, () => act({ act: "delete" }));
  else if (press.matches(".up")) moveTo(note, -1, "up");
  else if (press.matches(".down")) moveTo(note, 1, "down");
  else if (press.matches(".remove")) act({ act: "remove", note });
  else if (press.matches(".ask")) askSources();
  else if (press.matches(".md, .html, .docx")) save([...press.classList].find((kind) => kind !== "tool"));
  else if (press.matches(".own")) {
    await act({ act: "add", words: "" });
    part(".kept li:last-child textarea")?.focus();
  }
});
element.addEventListener("change", ({ target }) => {
  if (target.matches("select")) {
    now.notebook = target.value;
    act();
  } else if (target.matches("textarea")) {
    const note = target.closest("li").dataset.note;
    const held = now.notes.find(({ id }) => String(id) === note);
    if (held) held.words = target.value;
    writing = server.notes({ act: "write", note, words: target.value, notebook: now.notebook });
    answerOf(writing).then(({ error }) => {
      part(".said").innerHTML = error ?? "";
    });
  }
});
document.addEventListener("view-shown", (event) => {
  if (event.detail !== "notes") return;
  now.notebook = chosen() || null;
  act();
});
if (document.body.dataset.view === "notes") act(); // the address named it before this was there
