// What a start without a network needs: the page as it was drawn last, its scripts, one voice. A paid state is never read from
// here: the page asks the server, and says so when it cannot.
const VERSION = '__VERSION__';
const KEPT = __KEPT__;
const VOICES = __VOICES__;
const SHELL = `shell-${VERSION}`;
const PAGE = 'page';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([...KEPT, '/assets/choso.css', '/assets/icon.svg'])).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((it) => it !== SHELL && it !== PAGE && it !== 'voice').map((it) => caches.delete(it))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

/** At once as it was kept, and kept anew behind that: the page asks for what has changed since by itself. */
async function page(event, anew) {
  const cache = await caches.open(PAGE);
  const kept = anew ? undefined : await cache.match('/quay');
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put('/quay', answer.clone());
    else if (answer.status === 401) await cache.delete('/quay');
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return kept;
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
  // A stall's link leads to `?mo`: what was kept may be another stall's.
  if (event.request.mode === 'navigate' && url.pathname === '/quay' && ['', '?mo'].includes(url.search)) event.respondWith(page(event, url.search !== ''));
  else if (/^\/assets\/voice-/.test(url.pathname)) event.respondWith(asset(event.request, 'voice'));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(event.request, SHELL));
});
// Told by the page once selling began: the voice that is in use.
self.addEventListener('message', (event) => {
  const wanted = (event.data?.voices ?? []).filter((it) => VOICES.includes(it) || it.startsWith('/assets/voice-'));
  event.waitUntil(caches.open('voice').then((cache) => cache.addAll(wanted)).catch(() => {}));
});
