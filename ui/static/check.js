// What became of a text or a quotation stands below its box, which may fill the window: it comes into sight. Runs once
// for each of the two.
let wasTold = false;
new MutationObserver(() => {
  const told = element.querySelector(".finding, .error, .outcome:only-child");
  if (told && !wasTold) told.scrollIntoView({ block: "nearest" });
  wasTold = Boolean(told);
}).observe(element, { childList: true, subtree: true });
