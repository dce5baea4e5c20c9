// The order's page comes anew when there is something new to say; without this script it does so by itself.
const order = document.getElementById('don');
if (order && window.EventSource) {
  const source = new EventSource(order.dataset.stream + '?seen=' + order.dataset.seen);
  source.addEventListener('changed', () => {
    // Nobody's half-typed form is thrown away.
    if (document.activeElement && document.activeElement.form) return;
    source.close();
    location.reload();
  });
}
