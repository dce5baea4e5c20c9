// The payer's page, livelier: the server draws all of it, this only fetches it anew when something changed, and brings the
// buttons to life that need a script. Without it the page reloads by itself and every value can be marked by hand.
(() => {
  const pay = () => document.getElementById('pay');
  const tell = (words) => {
    document.getElementById('told').textContent = words;
  };
  const isLive = () => pay().dataset.live === 'yes';

  // ---- what changed
  let stream = null;
  let looking = false;
  let lookAgain = false;

  const show = (next) => {
    const fresh = next.getElementById('pay');
    if (!fresh || fresh.dataset.seen + fresh.dataset.state === pay().dataset.seen + pay().dataset.state) return;
    const heldFocus = pay().contains(document.activeElement);
    pay().replaceWith(fresh);
    document.title = next.title;
    dress();
    const title = document.getElementById('state-title');
    tell(title ? title.textContent + '. ' + document.getElementById('money').textContent : '');
    if (heldFocus && title) {
      title.tabIndex = -1;
      title.focus();
    }
    document.getElementById('state')?.scrollIntoView({ block: 'nearest' });
  };

  const look = async () => {
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    try {
      const answer = await fetch(location.href, { credentials: 'omit', cache: 'no-store' });
      // What stood here could not say whose page it is: the whole of it comes anew.
      if (answer.ok && pay().dataset.state === 'unavailable') location.reload();
      else if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      // No network at the moment: the stream's return or the next round looks again.
    }
    looking = false;
    if (lookAgain) {
      lookAgain = false;
      await look();
    }
    listen();
  };

  const listen = () => {
    if (!isLive() || document.hidden) {
      stream?.close();
      stream = null;
      return;
    }
    if (!pay().dataset.seen || (stream && stream.readyState !== EventSource.CLOSED)) return;
    stream = new EventSource(location.pathname + '/stream?seen=' + pay().dataset.seen);
    stream.addEventListener('changed', look);
  };

  // The net below the stream: where none can be had, and for what only time changes.
  setInterval(() => {
    const heard = stream && stream.readyState === EventSource.OPEN;
    if (isLive() && !document.hidden && !heard) look();
  }, 5000);
  document.addEventListener('visibilitychange', () => (document.hidden || !isLive() ? listen() : look()));

  // ---- the time that is left
  let end = 0;
  const tick = () => {
    const left = document.getElementById('left');
    if (!left) return;
    const seconds = Math.ceil((end - performance.now()) / 1000);
    if (seconds <= 0) {
      left.removeAttribute('id');
      setTimeout(look, 1000);
      return;
    }
    const words = seconds >= 60 ? left.dataset.minutes : left.dataset.seconds;
    left.textContent = words.replace('{n}', seconds >= 60 ? Math.floor(seconds / 60) : seconds);
  };
  setInterval(tick, 1000);

  // ---- copying, sharing, the bank used last
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Old browsers, and pages that did not come over TLS.
      const field = document.createElement('textarea');
      field.value = text;
      field.className = 'unseen';
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
  };

  const said = (button, words) => {
    tell(words);
    const before = button.textContent;
    button.textContent = '✓';
    setTimeout(() => (button.textContent = before), 2000);
  };

  const remember = (app) => {
    try {
      localStorage.setItem('app', app);
    } catch {
      // A browser that keeps nothing.
    }
  };

  document.addEventListener('click', async (click) => {
    const button = click.target.closest('[data-copy], [data-share], [data-app]');
    if (!button) return;
    const { copy: value, share, title, told, app } = button.dataset;
    if (app) remember(app);
    if (value) await copy(value).then(() => said(button, told));
    if (!share) return;
    if (navigator.share) await navigator.share({ title, url: share }).catch(() => {});
    else await copy(share).then(() => said(button, told));
  });

  const dress = () => {
    for (const it of document.querySelectorAll('[data-copy], [data-share], [data-scripted]')) it.hidden = false;
    const left = document.getElementById('left');
    if (left) end = performance.now() + left.dataset.left * 1000;
    try {
      const app = document.querySelector(`[data-app="${CSS.escape(localStorage.getItem('app') ?? '')}"]`);
      if (app) document.getElementById('apps').prepend(app.closest('li'));
    } catch {
      // A browser that keeps nothing.
    }
  };

  dress();
  listen();
})();
