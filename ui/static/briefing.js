// What is new. Runs once, when Gradio has put the view on the page: `server.brief` gives a briefing as markup.
const part = (selector) => element.querySelector(selector);
let latest = 0; // the reply to any but the latest request comes too late

async function tell() {
  const request = ++latest;
  const [day, outlet] = [part("input").value, part("select").value];
  part(".told").setAttribute("aria-busy", "true");
  if (!part(".told").innerHTML) part(".told").textContent = "Reading the articles…";
  const found = await answerOf(server.brief({ since: day, outlet }));
  if (request !== latest) return;
  part(".told").removeAttribute("aria-busy");
  part(".told").innerHTML = found.html; // cleaned by ui/html/markup.py
  if (!day) part("input").value = found.since;
  const options = ["", ...found.outlets].map((name) => new Option(name || "All outlets", name));
  part("select").replaceChildren(...options);
  part("select").value = outlet;
}

for (const box of [part("input"), part("select")]) box.addEventListener("change", tell);
part("form").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("view-shown", (event) => {
  if (event.detail === "briefing") tell();
});
if (document.body.dataset.view === "briefing") tell(); // the address named it before this was there
