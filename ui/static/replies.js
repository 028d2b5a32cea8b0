// A tab's stream of replies goes on while anything asked is unanswered. Stands in the page's head, before Gradio.
//
// The program closes the stream when nothing is pending, and Gradio opens another for the next event, but only where it
// has heard of the closing: what is asked before it has would wait for replies where none come. So the closing is handed
// on only where nothing is unanswered; else the stream is opened anew, and the tab never hears of it.
(() => {
  const get = window.fetch;
  const unanswered = new Set(); // the ids of events
  const answered = new Set(); // those that were before the program said that it had taken them
  const beingAsked = new Set(); // promises: the program has not said yet which event it is
  const encoder = new TextEncoder();

  window.fetch = (...asked) => {
    const address = String(asked[0]?.url ?? asked[0]);
    if (address.includes("/queue/join")) return joined(get(...asked));
    return address.includes("/queue/data") ? lasting(asked) : get(...asked);
  };

  function joined(reply) {
    reply.catch(() => dispatchEvent(new Event("unasked")));
    const known = reply
      .then((each) => each.clone().json())
      .then(({ event_id }) => event_id && (answered.delete(event_id) || unanswered.add(event_id)))
      .catch(() => {})
      .finally(() => beingAsked.delete(known));
    beingAsked.add(known);
    return known.then(() => reply);
  }

  // The reply whose body goes on in that of another request where the first ends too soon.
  async function lasting(asked) {
    const again = renewed(asked);
    const reply = await get(...asked);
    if (!reply.ok || !reply.body) return reply;
    let reader;
    const body = new ReadableStream({
      async start(controller) {
        try {
          for (let each = reply; each; ) {
            reader = each.body.getReader();
            each = (await handedOn(reader, controller)) ? null : await get(...renewed(again));
            if (each && !each.ok) each = null;
          }
          controller.close();
        } catch (error) {
          controller.error(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
    return new Response(body, { status: reply.status, headers: reply.headers });
  }

  const renewed = (asked) => (asked[0] instanceof Request ? [asked[0].clone(), ...asked.slice(1)] : asked);

  // Hands on event by event; says whether that was all that is wanted of the stream.
  async function handedOn(reader, controller) {
    const decoder = new TextDecoder();
    for (let rest = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) return true;
      const events = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        if (event.includes('"msg":"close_stream"')) {
          await Promise.all(beingAsked);
          if (unanswered.size) return false;
        }
        if (event.includes('"msg":"process_completed"')) {
          const id = /"event_id":"([^"]+)"/.exec(event)?.[1];
          if (!unanswered.delete(id)) answered.add(id);
        }
        controller.enqueue(encoder.encode(`${event}\n\n`));
      }
    }
  }
})();
