// What follows a click in the results of an evaluation: the question is asked again, in the chat.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button.try");
  if (!button) return;
  document.querySelector(".masthead [aria-controls=ask]").click();
  const box = document.querySelector("#question textarea");
  box.value = button.dataset.question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  requestAnimationFrame(() => document.querySelector("#send").click());
});
