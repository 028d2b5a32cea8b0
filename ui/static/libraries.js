// The libraries above the articles: open another, make, rename and delete one. Runs once, when Gradio has put the list on
// the page.
const part = (selector) => element.querySelector(selector);

// One that was given no name is called by what it is, which is said in the reader's language.
function call(shown, library) {
  shown.textContent = library.default ? "the default one" : library.name;
  if (library.default) shown.removeAttribute("dir");
  else shown.dir = "auto";
}

function button(kind, name, label, called = name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `deed ${kind}`;
  made.dataset.name = name;
  made.textContent = label;
  made.setAttribute("aria-label", `${label} ${called}`);
  return made;
}

function item(library) {
  const { name, articles, open, named } = library;
  const line = document.createElement("li");
  const shown = document.createElement("span");
  shown.className = "name";
  call(shown, library);
  const about = document.createElement("span");
  about.className = "about";
  const held = articles === null ? "" : `${articles.toLocaleString("en")} ${articles === 1 ? "article" : "articles"}`;
  about.textContent = [held, open ? "open" : ""].filter(Boolean).join(", ");
  line.append(shown, about);
  if (!open) line.append(button("open", name, "Open", shown.textContent));
  if (!open && named) line.append(button("rename", name, "Rename"), button("delete", name, "Delete"));
  return line;
}

async function load() {
  const libraries = JSON.parse(await answerOf(server.list_libraries(null)));
  call(part(".here"), libraries.find(({ open }) => open));
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
  part(".here").removeAttribute("dir");
  whenServedAnew(() => {
    history.replaceState(null, "", `${location.pathname}#library`);
    try {
      sessionStorage.removeItem("byline-only"); // it was of the other library's articles
    } catch {
      // a browser that keeps nothing has kept none
    }
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

// It is deleted once its name has been typed.
function remove(line, name) {
  const form = part("template").content.firstElementChild.cloneNode(true);
  const box = form.querySelector("input");
  form.querySelector("b").textContent = name;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (tell(await answerOf(server.remove_library([name, box.value])))) load();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    load();
  });
  form.querySelector(".no").addEventListener("click", load);
  tell({});
  line.querySelectorAll(".deed").forEach((each) => each.remove());
  line.append(form);
  box.focus();
}

element.addEventListener("click", ({ target }) => {
  const { name } = target.dataset ?? {};
  if (target.matches(".deed.open")) open(name);
  if (target.matches(".deed.rename")) rename(target.closest("li").querySelector(".name"), name);
  if (target.matches(".deed.delete")) remove(target.closest("li"), name);
});
part(".make").addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = part(".make input");
  if (!tell(await answerOf(server.make_library(box.value)))) return;
  box.value = "";
  load();
});
part("details").addEventListener("toggle", () => part("details").open && load());
whenSeen(element, load); // which library is open
