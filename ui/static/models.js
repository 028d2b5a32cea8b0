// The language models above the articles: which there are, what each needs, and the choice of another. Runs once.
const part = (selector) => element.querySelector(selector);
const OFTEN = 400; // milliseconds between two looks at whether the page with the other model is there

function words(kind, text) {
  const shown = document.createElement("span");
  shown.className = kind;
  shown.textContent = text;
  return shown;
}

function item({ name, about, used, usable }) {
  const line = document.createElement("li");
  line.append(words("name", name), words("about", used ? `${about}; in use` : about));
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
  const models = JSON.parse(await server.list_models(null));
  part(".here").textContent = models.find(({ used }) => used).name;
  part("ul").replaceChildren(...models.map(item));
}

// The page ends and comes again with the other model, at the same address.
async function use(name) {
  const before = window.gradio_config.app_id;
  part("ul").replaceChildren();
  part(".here").textContent = `loading ${name}…`;
  await server.use_model(name);
  const look = async () => {
    const answer = await fetch("config", { cache: "no-store" }).catch(() => null);
    const isOther = answer && (!answer.ok || (await answer.json()).app_id !== before);
    if (isOther) location.reload();
    else setTimeout(look, OFTEN);
  };
  setTimeout(look, OFTEN);
}

element.addEventListener("click", ({ target }) => target.matches(".deed.use") && use(target.dataset.name));
part("details").addEventListener("toggle", () => part("details").open && load());
// Which model is in use is told where it is seen, and never before the page itself.
new IntersectionObserver((seen, observer) => {
  if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
  observer.disconnect();
  load();
}).observe(element);
