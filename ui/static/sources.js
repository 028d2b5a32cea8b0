// The articles beside the chat. Runs once, when Gradio has put the list on the page: `server.list_articles` gives
// those that are drawn, `trigger` tells which are to be asked. Whatever comes from an article is put in as text, never as markup.
const part = (selector) => element.querySelector(selector);
const MOST = 100; // articles drawn; others are found by their words
const MANY = 12; // articles from which on there is a box to find them by
let listed = { listings: [], fitting: 0 }; // as they were asked for last
let latest = 0; // the reply to any but the latest request comes too late
let ticked = new Set();
let isStale = true;

// A date stays in one line; one that is none is shown as it stands.
function day(published) {
  const date = new Date(`${published?.slice(0, 10)}T00:00`);
  return isNaN(date) ? published : asDay.format(date).replaceAll(" ", "\u00a0");
}

function item(article) {
  const line = document.createElement("li");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.value = article.id;
  box.checked = ticked.has(article.id);
  box.setAttribute("aria-label", `Ask ${article.title}`);
  const link = document.createElement("a");
  link.href = article.address;
  link.dataset.article = article.id;
  link.dir = "auto";
  link.textContent = article.title;
  const about = document.createElement("span");
  about.className = "about";
  about.dir = "auto";
  about.textContent = [article.outlet, day(article.published)].filter(Boolean).join(", ");
  line.append(box, link, about);
  return line;
}

function draw() {
  const { listings, fitting } = listed;
  part("ul").replaceChildren(...listings.map(item));
  part(".rest").hidden = fitting <= listings.length;
  part(".rest").textContent = `and ${(fitting - listings.length).toLocaleString("en")} more`;
}

async function load() {
  isStale = false;
  const request = ++latest;
  const words = part(".sift").value.trim().split(/\s+/).filter(Boolean);
  const asked = { words, originals: true, ahead: [...ticked], count: MOST };
  const reply = JSON.parse(await answerOf(server.list_articles(asked)));
  if (request !== latest || reply.error) return;
  listed = reply;
  part("aside").hidden = listed.articles === 0;
  if (!words.length) part(".sift").hidden = listed.fitting <= MANY;
  draw();
}

// They are listed only where they are seen, and never before the page itself.
function loadIfSeen() {
  if (isStale && element.offsetParent !== null) (window.requestIdleCallback ?? setTimeout)(load);
}
new IntersectionObserver(loadIfSeen).observe(element);

watch("value", () => {
  ticked = new Set(JSON.parse(props.value).ticked);
  isStale = true;
  loadIfSeen();
});
document.addEventListener("view-shown", (event) => {
  if (event.detail !== "ask") return;
  isStale = true;
  loadIfSeen();
});

part(".sift").addEventListener("input", load);
part("ul").addEventListener("change", ({ target }) => {
  if (target.checked) ticked.add(target.value);
  else ticked.delete(target.value);
  trigger("restrict", { since: "", until: "", outlets: [], articles: [...ticked] });
});
