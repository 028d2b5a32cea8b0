// What the scripts of several views share. Stands in the page's head, before any of them.

// What a function of the program answers. Gradio gives `undefined` where none came: then whoever waits for it waits on,
// and the reader is told, unless the page is just being left.
const LEAVING = 1000; // milliseconds in which a page that is left is gone
async function answerOf(asked) {
  const answer = await asked;
  if (answer !== undefined) {
    document.querySelector("#unanswered")?.remove();
    return answer;
  }
  setTimeout(() => {
    if (document.querySelector("#unanswered")) return;
    const told = document.createElement("p");
    told.id = "unanswered";
    told.className = "error";
    told.setAttribute("role", "alert");
    told.textContent = "Byline did not answer. If it has ended, start it again and reload this page.";
    document.querySelector(".gradio-container").append(told);
  }, LEAVING);
  return new Promise(() => {});
}

// Does it once, when the element is first seen, and never before the page itself.
function whenSeen(element, act) {
  new IntersectionObserver((seen, observer) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    act();
  }).observe(element);
}

// Does it when another page is served at this address: the program ends this one and goes on with that.
const OFTEN = 400; // milliseconds between two looks
function whenServedAnew(act) {
  const before = window.gradio_config.app_id;
  const look = async () => {
    const answer = await fetch("config", { cache: "no-store" }).catch(() => null);
    const isOther = answer && (!answer.ok || (await answer.json()).app_id !== before);
    if (isOther) act();
    else setTimeout(look, OFTEN);
  };
  setTimeout(look, OFTEN);
}

// Another tab may have chosen another library or model, or the program was started again: who comes back to this page,
// or looks on, is shown the one that is there now, which knows the conversation.
const SELDOM = 15_000; // milliseconds between two looks
async function followProgram() {
  if (document.visibilityState !== "visible" || !window.gradio_config) return;
  const answer = await fetch("gradio_api/app_id", { cache: "no-store" }).catch(() => null);
  if (answer?.ok && (await answer.json()).app_id !== window.gradio_config.app_id) location.reload();
}
for (const come of ["focus", "visibilitychange"]) addEventListener(come, followProgram);
setInterval(followProgram, SELDOM);

// A day in a table, in the language that the page's words are in.
const LANGUAGE = document.documentElement.lang in CATALOGUES ? document.documentElement.lang : "en-GB";
const asDay = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric" });
