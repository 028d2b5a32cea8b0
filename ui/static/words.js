// The page's own words in the language that the browser prefers, where there is a catalogue of it. What stands in an
// element of automatic direction is an article's, a question's or an answer's: that stays as it is.
(() => {
  const code = navigator.languages.map((each) => each.slice(0, 2)).find((each) => each === "en" || each in CATALOGUES);
  const words = CATALOGUES[code];
  if (!words) return;
  const NAMED = ["placeholder", "title", "aria-label"];
  const isContent = (element) =>
    element?.closest("script, style, textarea, mark, blockquote, bdi") || element?.closest("[dir]")?.dir === "auto";

  function say(node) {
    const said = words[node.data.trim().replace(/\s+/g, " ")];
    if (said && !isContent(node.parentElement)) node.data = node.data.replace(/\S(?:.*\S)?/s, () => said);
  }

  function name(element) {
    for (const attribute of NAMED) {
      const said = words[element.getAttribute(attribute)];
      if (said) element.setAttribute(attribute, said);
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

  document.documentElement.lang = code;
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
