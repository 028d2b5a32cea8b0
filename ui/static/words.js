// The page's own words in the language that the browser prefers, where there is a catalogue of it. What stands in an
// element of automatic direction is an article's, a question's or an answer's: that stays as it is.
(() => {
  const code = navigator.languages.map((each) => each.slice(0, 2)).find((each) => each === "en" || each in CATALOGUES);
  const words = CATALOGUES[code];
  if (!words) return;
  const NAMES = ".error, .reason, .summary, .outcome, .tool, .here, .filter, .why, #only"; // whose sentences hold names
  const NAMED = ["placeholder", "title", "aria-label"];
  const NUMBER = /\d(?:[\d,.]*\d)?/g;
  const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
  const DATE = new RegExp(`\\b\\d{1,2} (?:${MONTHS}) \\d{4}\\b`, "g");
  const MONTH = new RegExp(`^(?:${MONTHS}) \\d{4}$`);
  const BY_STYLE = ["--said-drop", "--said-drop-one", "--said-from", "--said-added", "--said-passages"]; // what the styles themselves say
  const asDate = new Intl.DateTimeFormat(code, { dateStyle: "long" });
  const inFull = (date) => asDate.format(new Date(date)).replace(/^1 /, code === "fr" ? "1er " : "1 "); // Intl counts on
  const asMonth = new Intl.DateTimeFormat(code, { month: "long", year: "numeric" });
  const isContent = (element) =>
    element?.closest("script, style, textarea, mark, blockquote, bdi")
    || (element?.closest("[dir]")?.dir === "auto" && !element.closest("time"));

  function asNumber(written) {
    const decimals = written.split(".")[1]?.length ?? 0;
    return Number(written.replaceAll(",", "")).toLocaleString(code, { minimumFractionDigits: decimals });
  }

  // What it is called in the reader's language: as it stands, or with its dates as `@` and its numbers as `#`, or part by
  // part.
  function said(text) {
    if (text in words) return words[text];
    const dates = text.match(DATE) ?? [];
    const undated = text.replace(DATE, "@");
    const numbers = undated.match(NUMBER) ?? [];
    const form = undated.replace(NUMBER, "#");
    const fill = (whole) => whole
      .replace(/#/g, () => asNumber(numbers.shift()))
      .replace(/@/g, () => inFull(dates.shift()));
    if (form in words || form === "@") return fill(words[form] ?? form);
    if (/^[\d:.,]+$/.test(text)) return text;
    if (MONTH.test(text)) return asMonth.format(new Date(`1 ${text}`));
    const parts = text.includes(", ") ? text.split(", ").map(said) : [undefined];
    return parts.includes(undefined) ? undefined : parts.join(", ");
  }

  // Some sentences have names and paths in them: `*` stands for any words.
  const NAMING = Object.keys(words).filter((sentence) => sentence.includes("*")).map((sentence) => [
    new RegExp(`^${sentence.replace(/[.?()[\]{}|^$+\\]/g, "\\$&").replace(/\*/g, "(.+)").replace(/#/g, "(\\d(?:[\\d,.]*\\d)?)")}$`),
    words[sentence],
  ]);
  function saidNaming(text) {
    const [pattern, whole] = NAMING.find(([pattern]) => pattern.test(text)) ?? [];
    const parts = pattern?.exec(text).slice(1);
    return whole?.replace(/[*#]/g, (mark) => (mark === "#" ? asNumber(parts.shift()) : reasonOf(parts.shift())));
  }
  // Names stay as they are; what the page or the system says in words of lower case does not.
  const reasonOf = (part) => (/^[a-z\d].* /.test(part) && said(part)) || filterOf(part);
  // What a question is restricted to: dates are said, outlets are names.
  const OURS = /^[a-z\d].* |^[A-Z][a-z]+ \d{4}$/;
  const filterOf = (part) => part.split(", ").map((each) => (OURS.test(each) && said(each)) || each).join(", ");

  const written = new WeakMap(); // what was put in place is not said again: `1,5` may be one and a half by then
  function say(node) {
    if (written.get(node) === node.data) return;
    const text = node.data.trim().replace(/\s+/g, " ");
    if (!text || isContent(node.parentElement)) return;
    const named = node.parentElement?.closest(NAMES);
    const whole = said(text) ?? (named && (named.matches(".filter") ? filterOf(text) : saidNaming(text)));
    if (!whole) return;
    const now = node.data.replace(/\S(?:.*\S)?/s, () => whole);
    written.set(node, now);
    if (now !== node.data) node.data = now;
  }

  function name(element) {
    for (const attribute of NAMED) {
      const value = element.getAttribute(attribute);
      const whole = value && (said(value) ?? (attribute === "aria-label" ? saidNaming(value) : undefined));
      if (whole && whole !== value) element.setAttribute(attribute, whole);
    }
  }

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) return say(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    name(node);
    node.querySelectorAll("[placeholder], [title], [aria-label]").forEach(name);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) say(texts.currentNode);
  }

  // In a style of its own: Gradio writes the root's anew.
  function sayByStyle() {
    const values = getComputedStyle(document.documentElement);
    const used = BY_STYLE.filter((name) => values.getPropertyValue(name)); // a report's style says none
    const named = used.map((name) => [name, words[JSON.parse(values.getPropertyValue(name))]]);
    const style = document.createElement("style");
    style.textContent = `:root:root:root { ${named.map(([name, word]) => `${name}: ${JSON.stringify(word)};`).join(" ")} }`;
    document.head.append(style);
  }

  document.documentElement.lang = code;
  sayByStyle();
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "characterData") say(change.target);
      else name(change.target);
    }
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: NAMED,
  });
  document.addEventListener("DOMContentLoaded", () => translate(document.body));
})();
