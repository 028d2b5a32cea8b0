
// ---- the facts about one article ----

const form = part("dialog.facts form");
let edited = null; // id of the article whose facts are shown
let asRead = {}; // the values as they were shown

function showEditError(sentence) {
  part("dialog.facts .error").textContent = sentence ?? "";
  part("dialog.facts .error").hidden = !sentence;
}

async function openFacts(id) {
  const facts = await answerOf(server.article_facts(id));
  showError(facts.error);
  if (facts.error) return;
  [edited, asRead] = [id, {}];
  for (const input of form.querySelectorAll("input")) {
    const [value, where] = facts[input.name];
    input.value = asRead[input.name] = value;
    input.nextElementSibling.textContent = where;
  }
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
  else if (event.target.closest("dialog.facts .no")) part("dialog.facts").close();
});
part("dialog.facts").addEventListener("keydown", (event) => event.stopPropagation());
