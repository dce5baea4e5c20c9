// One after the other: what came is shown and said in its turn, never two at once, none left out.
import { signal } from '@preact/signals';

/** What fills the screen now: {kind, sentence, event} or null. */
export const shown = signal(null);
/** What was said last, newest first, for the repeat button and for screen readers. */
export const saidLast = signal([]);
export const waiting = signal(0);

const STAYS_MS = 4_000;
const LEAST_MS = 700;

/** `speak(item)` resolves when it was said; `rest(ms)` is a pause. */
export function queueOf({ speak, rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }) {
  const items = [];
  let busy = false;
  let ticket = 0;

  const run = async () => {
    if (busy) return;
    busy = true;
    while (items.length > 0) {
      const item = items.shift();
      waiting.value = items.length;
      ticket += 1;
      shown.value = item;
      saidLast.value = [item, ...saidLast.value].slice(0, 3);
      document.dispatchEvent(new CustomEvent('choso:said', { detail: { kind: item.kind, sentence: item.sentence, n: item.event?.n } }));
      await Promise.all([speak(item), rest(LEAST_MS)]);
    }
    busy = false;
    const last = ticket;
    await rest(STAYS_MS);
    if (last === ticket && !busy) shown.value = null;
  };

  return {
    add(item) {
      items.push(item);
      waiting.value = items.length + (busy ? 1 : 0);
      return run();
    },
  };
}
