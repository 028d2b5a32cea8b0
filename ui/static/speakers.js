// Who says what. Runs once, when Gradio has put the view on the page: `server.list_voices` gives the speakers as markup,
// `server.tell_voice` one of them with what is given to them. The address names the one that is shown. While articles
// are still being read (`.so-far`), they are asked again; more of a long list is shown where that is wanted.
const part = (selector) => element.querySelector(selector);
const isShown = () => document.body.dataset.view === "speakers";
const AT_ONCE = 200;
let most = AT_ONCE; // speakers or statements that are shown
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

async function show(request = ++latest, isMore = false) {
  const key = named();
  const place = part(key === null ? ".all" : ".one .told");
  part(".one").hidden = key === null;
  part(".all").hidden = key !== null;
  for (const each of [part(".sieve"), part(".intro")]) each.hidden = key !== null;
  if (!isMore) place.setAttribute("aria-busy", "true");
  if (!place.innerHTML) place.textContent = "Reading the articles…";
  const reply = key === null ? server.list_voices([part("input").value, most]) : server.tell_voice([key, most]);
  const markup = await answerOf(reply);
  if (request !== latest) return;
  put(place, markup);
  place.removeAttribute("aria-busy");
  if (place.querySelector(".so-far") && isShown()) show(request, true);
}

// Whoever is on a link of the list stays there while more is found.
function put(place, markup) {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  place.innerHTML = markup; // cleaned by ui/html/markup.py
  const speaker = held?.dataset.speaker;
  if (held) place.querySelector(speaker ? `[data-speaker="${CSS.escape(speaker)}"]` : "h2, .more")?.focus({ preventScroll: true });
}

function showAnew() {
  most = AT_ONCE;
  return show();
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a.voice[data-speaker]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    name(link.dataset.speaker);
    if (isShown()) await showAnew();
    else document.querySelector(".masthead [aria-controls=speakers]").click();
    if (link.closest("#reader") && matchMedia("(max-width: 860px)").matches) {
      document.querySelector("#reader .close").click(); // it lies over the view
    }
    part(".one h2")?.focus({ preventScroll: true });
  } else if (event.target.closest?.("#voices .back")) {
    name(null);
    await showAnew();
    part("input").focus();
  } else if (event.target.closest?.("#voices .more button")) {
    most *= 5;
    await show();
  }
});
part("input").addEventListener("input", showAnew);
document.addEventListener("view-shown", (event) => {
  if (event.detail === "speakers") showAnew();
});
addEventListener("popstate", () => {
  if (isShown()) showAnew();
});
if (isShown()) show(); // the address named it before this was there
