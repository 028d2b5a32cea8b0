
// ---- the facts about one article ----

const form = part("dialog.facts form");
let edited = null; // id of the article whose facts are shown
let asRead = {}; // the values as they were shown

function showEditError(sentence) {
  part("dialog.facts .error").textContent = sentence ?? "";
  part("dialog.facts .error").hidden = !sentence;
}

function correctionLine([how, id, address, headline, published]) {
  const [line, link] = [document.createElement("p"), document.createElement("a")];
  link.href = address;
  link.dataset.article = id;
  link.textContent = headline;
  link.dir = "auto";
  line.append(how, " ", link, published ? ` · ${day(published)}` : "");
  return line;
}

async function openFacts(id) {
  const { error, facts, corrections } = await answerOf(server.article_facts(id));
  showError(error);
  if (error) return;
  [edited, asRead] = [id, {}];
  for (const input of form.querySelectorAll("input")) {
    const [value, where] = facts[input.name];
    input.value = asRead[input.name] = value;
    input.nextElementSibling.textContent = where;
  }
  part("dialog.facts .corrections").replaceChildren(...corrections.map(correctionLine));
  part("dialog.facts .as-read").hidden = !Object.values(facts).some(([, where]) => where === "edited");
  showEditError();
  part("dialog.facts").showModal();
}

async function saveFacts(facts) {
  const answer = await answerOf(server.edit_article({ article: edited, facts }));
  showEditError(answer.error);
  if (answer.error) return;
  part("dialog.facts").close();
  trigger("edited");
  loadAnew();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const changed = [...form.querySelectorAll("input")].filter((input) => input.value !== asRead[input.name]);
  if (changed.length) saveFacts(Object.fromEntries(changed.map((input) => [input.name, input.value])));
  else part("dialog.facts").close();
});
element.addEventListener("click", (event) => {
  if (event.target.closest(".deed.edit")) openFacts([...chosen][0]);
  else if (event.target.closest("dialog.facts .as-read")) saveFacts(null);
  else if (event.target.closest("dialog.facts .no, dialog.facts .corrections a")) part("dialog.facts").close();
});
part("dialog.facts").addEventListener("keydown", (event) => event.stopPropagation());
