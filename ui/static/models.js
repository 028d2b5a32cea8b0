// The language models above the articles: which there are, what each needs, and the choice of another. Runs once.
const part = (selector) => element.querySelector(selector);

function words(kind, text) {
  const shown = document.createElement("span");
  shown.className = kind;
  shown.textContent = text;
  return shown;
}

function item({ name, about, used, usable }) {
  const line = document.createElement("li");
  const shown = words("about", "");
  for (const [place, fact] of [...about, ...(used ? ["in use"] : [])].entries()) {
    shown.append(place ? ", " : "", words("fact", fact)); // each for itself, so that it is said in the reader's language
  }
  line.append(words("name", name), shown);
  if (usable && !used) {
    const use = document.createElement("button");
    use.type = "button";
    use.className = "deed use";
    use.dataset.name = name;
    use.textContent = "Use";
    use.setAttribute("aria-label", `Use ${name}`);
    line.append(use);
  }
  return line;
}

async function load() {
  const models = JSON.parse(await answerOf(server.list_models(null)));
  part(".here").textContent = models.find(({ used }) => used).name;
  part("ul").replaceChildren(...models.map(item));
}

function tell({ error = "" }) {
  part(".error").hidden = !error;
  part(".error").textContent = error;
  return !error;
}

// The page ends and comes again with the other model, at the same address.
async function use(name) {
  if (!tell(await answerOf(server.use_model(name)))) return;
  part("ul").replaceChildren();
  part(".here").textContent = `loading ${name}…`;
  part(".here").removeAttribute("dir");
  whenServedAnew(() => location.reload());
}

element.addEventListener("click", ({ target }) => target.matches(".deed.use") && use(target.dataset.name));
part("details").addEventListener("toggle", () => part("details").open && load());
whenSeen(element, async () => {
  load(); // which model is in use
  tell(await answerOf(server.opening_failed(null)));
});
