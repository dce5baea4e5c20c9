// The stall's page, live. The server draws everything; this only listens, says what came, and fetches the page anew.
(() => {
  const dong = (n) => new Intl.NumberFormat('vi-VN').format(n) + ' ₫';

  // What comes for another code must not look like money for the one on show.
  const isForAnother = (e) => {
    const shown = document.getElementById('panel').dataset.request;
    return Boolean(shown && e.payment_request && e.payment_request !== shown);
  };

  const words = (e) => {
    if (isForAnother(e)) return 'Đã nhận ' + dong(e.amount) + ' cho một mã khác';
    if (e.missing > 0) return 'Đã nhận ' + dong(e.amount) + ', còn thiếu ' + dong(e.missing);
    if (e.overpaid_by > 0) return 'Đã nhận ' + dong(e.amount_paid) + ', thừa ' + dong(e.overpaid_by);
    if (e.expected) return 'Đã nhận đủ ' + dong(e.expected);
    return 'Đã nhận ' + dong(e.amount);
  };

  // Said aloud at once; seen until the panel itself says it, or for good where it is about another code.
  const say = (text, isShort) => {
    const heard = document.getElementById('heard');
    heard.textContent = text;
    heard.className = isShort ? 'short' : '';
  };
  let saidOfThePanel = '';
  const hideWhatThePanelSays = () => {
    const heard = document.getElementById('heard');
    if (heard.textContent === saidOfThePanel && document.getElementById('state')) heard.className = 'unseen';
  };

  let waiting = 0;
  const redraw = () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const shown = document.getElementById('panel').dataset.request;
      const address = shown ? '/quay?request=' + encodeURIComponent(shown) : '/quay?new=1';
      const answer = await fetch(address, { credentials: 'same-origin' });
      if (!answer.ok) return;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of shown ? ['panel', 'receipts'] : ['receipts']) {
        const from = next.getElementById(id);
        const to = document.getElementById(id);
        if (from && to) to.replaceWith(from);
      }
      hideWhatThePanelSays();
      const form = document.querySelector('main form');
      const fresh = next.querySelector('main form');
      const other = document.querySelector('main a.button');
      if (!form && fresh && other) other.replaceWith(fresh);
    }, 50);
  };

  const after = document.getElementById('panel').dataset.after;
  const stream = new EventSource('/api/v1/stream?after=' + encodeURIComponent(after));
  stream.addEventListener('payment.received', (message) => {
    const event = JSON.parse(message.data);
    say(words(event), event.missing > 0 && !isForAnother(event));
    saidOfThePanel = isForAnother(event) ? '' : words(event);
    redraw();
  });
  for (const type of ['payment.reversed', 'payment_request.expired', 'payment_request.cancelled', 'payment_request.paid_late'])
    stream.addEventListener(type, redraw);
})();
