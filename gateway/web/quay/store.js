// What the page keeps on this phone: a few values by name, in IndexedDB. A browser that keeps nothing is served from memory.
const memory = new Map();
let opened;

const database = () =>
  (opened ??= new Promise((resolve) => {
    if (!globalThis.indexedDB) return resolve(null);
    const asked = indexedDB.open('quay', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(null);
  }));

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function recall(name, otherwise) {
  if (memory.has(name)) return memory.get(name);
  const base = await database();
  const value = base ? await done(base.transaction('kept').objectStore('kept').get(name)).catch(() => undefined) : undefined;
  const known = value ?? otherwise;
  if (!memory.has(name)) memory.set(name, known);
  return memory.get(name);
}

export async function keep(name, value) {
  memory.set(name, value);
  const base = await database();
  if (base) await done(base.transaction('kept', 'readwrite').objectStore('kept').put(value, name)).catch(() => {});
}

/** Another stall's link was opened on this phone: what the one before it left is not its business. */
export async function forgetAll() {
  memory.clear();
  const base = await database();
  if (base) await done(base.transaction('kept', 'readwrite').objectStore('kept').clear()).catch(() => {});
}
