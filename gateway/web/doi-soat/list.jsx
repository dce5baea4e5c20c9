// A list of any length: only the rows in sight are in the page.
import { useEffect, useRef, useState } from 'preact/hooks';

const HEIGHT = 44;
const AHEAD = 8;

export function List({ items, cursor, onMove, render, label }) {
  const box = useRef(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(480);
  useEffect(() => {
    const size = () => setHeight(box.current?.clientHeight ?? 480);
    size();
    addEventListener('resize', size);
    return () => removeEventListener('resize', size);
  }, []);
  useEffect(() => {
    const it = box.current;
    if (!it) return;
    const at = cursor * HEIGHT;
    if (at < it.scrollTop) it.scrollTop = at;
    else if (at + HEIGHT > it.scrollTop + it.clientHeight) it.scrollTop = at + HEIGHT - it.clientHeight;
  }, [cursor, items.length]);
  const first = Math.max(0, Math.floor(top / HEIGHT) - AHEAD);
  const last = Math.min(items.length, Math.ceil((top + height) / HEIGHT) + AHEAD);
  const rows = [];
  for (let i = first; i < last; i += 1)
    rows.push(
      <div key={items[i].id} id={`row-${i}`} role="option" aria-selected={i === cursor} aria-posinset={i + 1} aria-setsize={items.length}
        class={`row${i === cursor ? ' at' : ''}`} style={{ transform: `translateY(${i * HEIGHT}px)` }} onClick={() => onMove(i)}>
        {render(items[i])}
      </div>,
    );
  return (
    <div class="list" ref={box} role="listbox" tabindex="0" aria-label={label} aria-activedescendant={items.length > 0 ? `row-${cursor}` : undefined}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <div role="presentation" style={{ height: `${items.length * HEIGHT}px` }}>{rows}</div>
    </div>
  );
}
