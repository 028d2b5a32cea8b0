// Who says what. Runs once, when Gradio has put the view on the page: `server.list_voices` gives the speakers as markup,
// `server.tell_voice` one of them with all that is given to them. The address names the one that is shown.
const part = (selector) => element.querySelector(selector);
const isShown = () => document.body.dataset.view === "speakers";
let latest = 0; // the reply to any but the latest request comes too late

function named() {
  return new URLSearchParams(location.search).get("speaker");
}

function name(key) {
  const url = new URL(location.href);
  if (key === null) url.searchParams.delete("speaker");
  else url.searchParams.set("speaker", key);
  url.hash = "speakers";
  if (url.href !== location.href) history.pushState(history.state, "", url);
}

async function show() {
  const [request, key] = [++latest, named()];
  const place = part(key === null ? ".all" : ".one .told");
  part(".one").hidden = key === null;
  part(".all").hidden = key !== null;
  for (const place of [part(".sieve"), part(".intro")]) place.hidden = key !== null;
  place.setAttribute("aria-busy", "true");
  if (!place.innerHTML) place.textContent = "Reading the articles…";
  const markup = key === null ? await answerOf(server.list_voices(part("input").value)) : await answerOf(server.tell_voice(key));
  if (request !== latest) return;
  place.removeAttribute("aria-busy");
  place.innerHTML = markup; // cleaned by ui/html/markup.py
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a.voice[data-speaker]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    name(link.dataset.speaker);
    if (isShown()) await show();
    else document.querySelector(".masthead [aria-controls=speakers]").click();
    if (link.closest("#reader") && matchMedia("(max-width: 860px)").matches) {
      document.querySelector("#reader .close").click(); // it lies over the view
    }
    part(".one h2")?.focus({ preventScroll: true });
  } else if (event.target.closest?.("#voices .back")) {
    name(null);
    await show();
    part("input").focus();
  }
});
part("input").addEventListener("input", show);
document.addEventListener("view-shown", (event) => {
  if (event.detail === "speakers") show();
});
addEventListener("popstate", () => {
  if (isShown()) show();
});
if (isShown()) show(); // the address named it before this was there
