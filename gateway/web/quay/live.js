// The stall's stream, read by hand and not by EventSource: silence must be noticed, so heartbeats (comments) must be seen.

/** Longer without a byte and the page says that it hears nothing. The server's heart beats every four to five seconds. */
export const SILENCE_MS = 10_000;
const PAUSES_MS = [500, 1_000, 2_000, 4_000];

/** Events of a text/event-stream, as its pieces come; `beat` for everything that shows the line lives. */
export function reader(onEvent) {
  let rest = '';
  return (text) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const event = { type: '', data: '', id: undefined };
      for (const line of block.split('\n')) {
        if (line.startsWith('event: ')) event.type = line.slice(7);
        else if (line.startsWith('data: ')) event.data += line.slice(6);
        else if (line.startsWith('id: ')) event.id = line.slice(4);
      }
      onEvent(event);
    }
  };
}

/**
 * Listens for as long as the page lives. `after()`: the last position known. `onOpen` each time a line is opened, `onBreak` each time one
 * ends or could not be opened. `onState`:
 * `live`, `silent`, `ended` (the session is over).
 */
export function listen({ after, onEvent, onOpen, onBreak, onState }) {
  let heard = performance.now();
  let line = null;
  let tries = 0;
  let stopped = false;

  const once = async () => {
    line = new AbortController();
    const answer = await fetch(`/api/v1/stream?after=${encodeURIComponent(after() ?? '')}`, {
      signal: line.signal, cache: 'no-store', headers: { Accept: 'text/event-stream' },
    });
    if (answer.status === 401) {
      stopped = true;
      return onState('ended');
    }
    if (!answer.ok) throw new Error(String(answer.status));
    heard = performance.now();
    tries = 0;
    onState('live');
    onOpen();
    const take = reader(onEvent);
    const bytes = answer.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await bytes.read();
      if (done) return undefined;
      heard = performance.now();
      onState('live');
      take(decoder.decode(value, { stream: true }));
    }
  };

  const loop = async () => {
    while (!stopped) {
      try {
        await once();
      } catch {
        // The line broke; the pause below, then anew.
      }
      if (stopped) return;
      onBreak();
      const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
      tries += 1;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  loop();

  const watch = setInterval(() => {
    if (stopped) return clearInterval(watch);
    if (performance.now() - heard <= SILENCE_MS) return;
    onState('silent');
    // A line that is dead without saying so is opened anew, at most every ten seconds.
    if (performance.now() - heard > SILENCE_MS * 2) {
      heard = performance.now() - SILENCE_MS;
      line?.abort();
    }
  }, 500);
  addEventListener('online', () => {
    tries = 0;
    if (performance.now() - heard > 2_000) line?.abort();
  });
}
