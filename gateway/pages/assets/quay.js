// The stall's page, live. The server draws everything; this only listens, says what came, and fetches the page anew.
(() => {
  const dong = (n) => new Intl.NumberFormat('vi-VN').format(n) + ' ₫';

  const words = (e) => {
    if (e.missing > 0) return 'Đã nhận ' + dong(e.amount) + ', còn thiếu ' + dong(e.missing);
    if (e.overpaid_by > 0) return 'Đã nhận đủ, thừa ' + dong(e.overpaid_by);
    if (e.expected) return 'Đã nhận đủ ' + dong(e.expected);
    return 'Đã nhận ' + dong(e.amount);
  };

  let waiting = 0;
  const redraw = (heard) => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const shown = document.getElementById('panel').dataset.request;
      const address = shown ? '/quay?request=' + encodeURIComponent(shown) : '/quay?new=1';
      const answer = await fetch(address, { credentials: 'same-origin' });
      if (!answer.ok) return;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of ['panel', 'receipts']) {
        const from = next.getElementById(id);
        const to = document.getElementById(id);
        if (!from || !to) continue;
        if (id === 'panel' && !shown) continue;
        to.replaceWith(from);
      }
      const said = document.getElementById('heard');
      if (heard && said) said.textContent = heard;
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
    const heard = words(event);
    document.getElementById('heard').textContent = heard;
    redraw(heard);
  });
  for (const type of ['payment.reversed', 'payment_request.expired', 'payment_request.cancelled', 'payment_request.paid_late'])
    stream.addEventListener(type, () => redraw(''));
})();
