// The payer's page: looks every few seconds whether money has come, and shows it without loading the page anew.
(() => {
  const isOver = () => !document.querySelector('#state.wait, #state.part');

  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.pathname, { credentials: 'omit', cache: 'no-store' });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    const shown = document.querySelector('main');
    if (next && next.innerHTML !== shown.innerHTML) shown.replaceChildren(...next.childNodes);
  };

  const again = async () => {
    try {
      await look();
    } catch {
      // No network at the moment: the next round may have one.
    }
    if (!isOver()) setTimeout(again, 3000);
  };

  document.addEventListener('visibilitychange', () => look().catch(() => {}));
  setTimeout(again, 3000);
})();
