// The list of conversations: open, rename, delete, save as a file. Runs once, when Gradio has put the list on the page:
// `server.export` gives a conversation as a file's text, `trigger` tells the program what is wanted.
const PAGE = 50; // as ui/page/views/history.py has it
const rows = () => element.querySelectorAll(".past").length;
const list = (more = 0) => trigger("opened", { most: Math.max(PAGE, rows()) + more });
const change = (name, row, wanted = {}) =>
  trigger(name, { conversation: row.dataset.conversation, most: Math.max(PAGE, rows()), ...wanted });

function rename(row) {
  const link = row.querySelector("a.conversation");
  const box = document.createElement("input");
  box.type = "text";
  box.value = link.textContent;
  box.className = "new-name";
  box.setAttribute("aria-label", "New name");
  let isOver = false;
  const end = (keep) => {
    if (isOver) return;
    isOver = true;
    box.replaceWith(link);
    if (keep && box.value !== link.textContent) {
      change("renamed", row, { name: box.value });
    }
    link.focus();
  };
  box.addEventListener("blur", () => end(true));
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
  });
  link.replaceWith(box);
  box.select();
}

// The first click asks, the second within a few seconds deletes: nothing is lost by a slip, nor by a double click.
const SOONEST = 500; // milliseconds
const LATEST = 4000;
let disarm = () => {};

function remove(row, button, press) {
  const asked = button.dataset.sure;
  if (press.detail > 1 || press.timeStamp < Number(asked) + SOONEST) return;
  disarm();
  if (!asked) {
    arm(button, press.timeStamp);
    return;
  }
  change("deleted", row);
  document.dispatchEvent(new CustomEvent("conversation-deleted", { detail: row.dataset.conversation }));
}

function arm(button, now) {
  const [label, name] = [button.textContent, button.getAttribute("aria-label")];
  const sure = "Delete for good?";
  button.dataset.sure = now;
  button.textContent = sure;
  button.setAttribute("aria-label", name.replace(label, sure));
  disarm = () => {
    clearTimeout(timer);
    if (!button.dataset.sure) return; // where the list has changed, it is another row's button by now
    delete button.dataset.sure;
    button.textContent = label;
    button.setAttribute("aria-label", name);
  };
  const timer = setTimeout(disarm, LATEST);
}

const TYPES = { html: "text/html", md: "text/markdown", json: "application/json" };

async function save(row, format) {
  const file = await answerOf(server.export({ conversation: row.dataset.conversation, format }));
  if (file.error) {
    list();
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: TYPES[format] }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

element.addEventListener("click", (event) => {
  if (event.target.closest("button.more")) list(PAGE);
  const button = event.target.closest("button.tool");
  const row = event.target.closest(".past");
  if (!button || !row) return;
  if (button.matches(".rename")) rename(row);
  else if (button.matches(".share, .unshare")) change("shared", row, { shared: button.matches(".share") });
  else if (button.matches(".delete")) remove(row, button, event);
  else save(row, Object.keys(TYPES).find((format) => button.classList.contains(format)));
});

// A conversation that somebody gave as a file: chosen by a button below the list, which Gradio draws anew each time.
const taking = document.createElement("div");
taking.className = "taking";
taking.innerHTML = `<button type="button" class="deed">Open a conversation’s file</button>
  <input type="file" accept=".json,application/json" hidden><div class="said" aria-live="polite"></div>`;
element.after(taking);
const chosen = taking.querySelector("input");
taking.querySelector("button").addEventListener("click", () => chosen.click());
chosen.addEventListener("change", async () => {
  const [file] = chosen.files;
  if (!file) return;
  const taken = await answerOf(server.take(await file.text()));
  chosen.value = "";
  taking.querySelector(".said").innerHTML = taken.error; // cleaned by ui/html/markup.py
  if (!taken.error) list();
});

// A key that is held down presses once.
element.addEventListener("keydown", (event) => {
  if (event.repeat && event.target.matches("button.delete")) event.preventDefault();
});

document.addEventListener("view-shown", (event) => {
  if (event.detail === "history") list();
});
if (document.body.dataset.view === "history") list(); // the address named it before this was there
