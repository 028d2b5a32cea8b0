// The feeds that are followed. Runs once, when Gradio has put the list on the page.
element.addEventListener("click", ({ target }) => {
  if (target.matches(".drop")) trigger("dropped", { url: target.dataset.url });
});
