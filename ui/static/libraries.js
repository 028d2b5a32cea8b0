// The libraries above the articles: open another, make one, rename. Runs once, when Gradio has put the list on the page.
const part = (selector) => element.querySelector(selector);

function button(kind, name, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `deed ${kind}`;
  made.dataset.name = name;
  made.textContent = label;
  made.setAttribute("aria-label", `${label} ${name}`);
  return made;
}

function item({ name, articles, open, named }) {
  const line = document.createElement("li");
  const shown = document.createElement("span");
  shown.className = "name";
  shown.dir = "auto";
  shown.textContent = name;
  const about = document.createElement("span");
  about.className = "about";
  const held = articles === null ? "" : `${articles.toLocaleString("en")} ${articles === 1 ? "article" : "articles"}`;
  about.textContent = [held, open ? "open" : ""].filter(Boolean).join(", ");
  line.append(shown, about);
  if (!open) line.append(button("open", name, "Open"));
  if (!open && named) line.append(button("rename", name, "Rename"));
  return line;
}

async function load() {
  const libraries = JSON.parse(await answerOf(server.list_libraries(null)));
  part(".here").textContent = libraries.find(({ open }) => open).name;
  part("ul").replaceChildren(...libraries.map(item));
}

function tell({ error = "" }) {
  part(".error").hidden = !error;
  part(".error").textContent = error;
  return !error;
}

// The page ends and comes again with the other library, at the same address; its answers are other ones.
async function open(name) {
  if (!tell(await answerOf(server.open_library(name)))) return;
  part("ul").replaceChildren();
  part(".here").textContent = `opening ${name}…`;
  whenServedAnew(() => {
    history.replaceState(null, "", `${location.pathname}#library`);
    location.reload();
  });
}

function rename(line, name) {
  const box = document.createElement("input");
  box.type = "text";
  box.value = name;
  box.maxLength = 60;
  box.className = "new-name";
  box.setAttribute("aria-label", "New name");
  let isOver = false;
  const end = async (keep) => {
    if (isOver) return;
    isOver = true;
    if (!keep || box.value === name || tell(await answerOf(server.rename_library([name, box.value])))) load();
    else box.replaceWith(line);
  };
  box.addEventListener("blur", () => end(true));
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
  });
  line.replaceWith(box);
  box.select();
}

element.addEventListener("click", ({ target }) => {
  const { name } = target.dataset ?? {};
  if (target.matches(".deed.open")) open(name);
  if (target.matches(".deed.rename")) rename(target.closest("li").querySelector(".name"), name);
});
part("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = part("form input");
  if (!tell(await answerOf(server.make_library(box.value)))) return;
  box.value = "";
  load();
});
part("details").addEventListener("toggle", () => part("details").open && load());
whenSeen(element, load); // which library is open
