// What a start without a network needs: the page as it was drawn last, its scripts, one voice. A paid state is never read from
// here: the page asks the server, and says so when it cannot.
const VERSION = '__VERSION__';
const KEPT = __KEPT__;
const VOICES = __VOICES__;
const SHELL = `shell-${VERSION}`;
const PAGE = 'page';
/** A page that takes longer than this is shown as it was kept; what is new comes by the stream. */
const PATIENCE_MS = 700;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([...KEPT, '/assets/choso.css', '/assets/icon.svg'])).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((it) => it !== SHELL && it !== PAGE && it !== 'voice').map((it) => caches.delete(it))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

async function page(request) {
  const cache = await caches.open(PAGE);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put('/quay', answer.clone());
    else if (answer.status === 401) await cache.delete('/quay');
    return answer;
  });
  const kept = await cache.match('/quay');
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([fresh.catch(() => kept), late]);
}

async function asset(request, cacheName) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(cacheName)).put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate' && url.pathname === '/quay' && url.search === '') event.respondWith(page(event.request));
  else if (/^\/assets\/voice-/.test(url.pathname)) event.respondWith(asset(event.request, 'voice'));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(event.request, SHELL));
});
// Told by the page once selling began: the voice that is in use.
self.addEventListener('message', (event) => {
  const wanted = (event.data?.voices ?? []).filter((it) => VOICES.includes(it) || it.startsWith('/assets/voice-'));
  event.waitUntil(caches.open('voice').then((cache) => cache.addAll(wanted)).catch(() => {}));
});
