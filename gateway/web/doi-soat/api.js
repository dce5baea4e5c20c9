// The desk's calls: the session's cookie, the page's CSRF token.
import { complaint } from './words.js';

const root = document.getElementById('desk');
export const me = { csrf: root?.dataset.csrf ?? '', id: root?.dataset.staff ?? '', approver: root?.dataset.approver === 'true' };

async function call(method, path, body) {
  const headers = {};
  if (method !== 'GET') headers['X-CSRF-Token'] = me.csrf;
  if (body) headers['Content-Type'] = 'application/json';
  let answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  // A question that found everybody busy is asked again; an order is the reader's to repeat.
  for (let tries = 0; method === 'GET' && answer.status === 503 && tries < 5; tries += 1) {
    await new Promise((done) => setTimeout(done, 1000 * Math.min(5, Number(answer.headers.get('Retry-After')) || 1)));
    answer = await fetch(`/api/v1${path}`, { headers });
  }
  const read = await answer.json().catch(() => null);
  if (answer.ok) return read;
  const failed = new Error(complaint(answer.status, read));
  failed.status = answer.status;
  failed.code = read?.code;
  throw failed;
}
export const get = (path) => call('GET', path);
export const post = (path, body) => call('POST', path, body);
