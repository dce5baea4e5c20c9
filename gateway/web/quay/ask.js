// Calls to our own server. `told`: what it said against it, in words for the seller.
let csrf = '';
export const setCsrf = (token) => (csrf = token);

export class Refused extends Error {
  constructor(status, told, code) {
    super(told);
    Object.assign(this, { status, told, code });
  }
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Refused(answer.status, body.detail ?? body.title ?? 'Chưa làm được. Hãy thử lại.', body.code);
}

export const get = async (path) => read(await fetch(path, { cache: 'no-store', headers: { Accept: 'application/json' } }));
const send = async (path, body) =>
  read(await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body) }));
/** A page that was opened elsewhere since, or kept for a start without a network, has an old token: it asks for the new one, once. */
export async function post(path, body) {
  try {
    return await send(path, body);
  } catch (error) {
    if (error.code !== 'form_expired') throw error;
    setCsrf((await get('/quay/state')).csrf);
    return send(path, body);
  }
}

/** True where trying again later may help: no network, a busy server. */
export const mayPass = (error) => !(error instanceof Refused) || error.status >= 500 || error.status === 429;
