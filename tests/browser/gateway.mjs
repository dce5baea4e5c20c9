// The gateway under test and the two who talk to it besides the browser: a caller of the API and a bank.
import { spawn, spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const needed = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start tests/browser/run-browser`);
  return value;
};

const program = needed('CHOSO_BINARY');
export const folder = needed('BROWSER_FOLDER');
export const baseUrl = needed('CHOSO_HTTP__BASE_URL');
export const demo = JSON.parse(readFileSync(`${folder}/demo.json`, 'utf8'));

/** Polls until `condition` gives something true; throws after half a minute. */
export async function eventually(what, condition) {
  for (const until = Date.now() + 30_000; Date.now() < until; await pause(50)) {
    const value = await condition();
    if (value) return value;
  }
  throw new Error(`never: ${what}`);
}

let process_;
export async function startGateway() {
  const log = openSync(`${folder}/gateway.log`, 'a');
  process_ = spawn(program, ['serve'], { stdio: ['ignore', log, log] });
  await eventually('the gateway is ready', async () => {
    if (process_.exitCode !== null) throw new Error(readFileSync(`${folder}/gateway.log`, 'utf8'));
    return fetch(`${baseUrl}/readyz`).then((answer) => answer.ok, () => false);
  });
}

export async function stopGateway() {
  if (!process_ || process_.exitCode !== null) return;
  const ended = new Promise((resolve) => process_.once('exit', resolve));
  process_.kill('SIGTERM');
  await ended;
}

export function choso(...args) {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`choso ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** How far the test clock was advanced: the bank lives in the same time. */
let ahead = 0;
export function advance(by) {
  choso('clock', 'advance', by);
  ahead += Number.parseInt(by, 10) * { s: 1_000, m: 60_000, h: 3_600_000 }[by.at(-1)];
}

/** A line to the gateway that can be cut: {origin, cut(), mend(), close()}. */
export async function lineToGateway() {
  const { port } = new URL(baseUrl);
  const open = new Set();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(port), '127.0.0.1');
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.on('error', () => {}).on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
    return undefined;
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const cut = () => {
    whole = false;
    for (const one of open) one.destroy();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, cut, mend: () => (whole = true), close: () => (cut(), server.close()) };
}

let last = Date.now();
const next = () => (last += 1);

export async function api(method, path, body, key = demo.api_key) {
  const headers = { Authorization: `Bearer ${key}` };
  if (method === 'POST') Object.assign(headers, { 'Idempotency-Key': `browser-${next()}`, 'Content-Type': 'application/json' });
  const answer = await fetch(`${baseUrl}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  const read = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(read)}`);
  return read;
}

/** The demo's first stall asks, or the one that `more` names; `more` are further members of the request. */
export const ask = (amount, more = {}) =>
  api('POST', '/payment-requests', { merchant: demo.merchant, stall: demo.stall, amount, ...more });
export const look = (id) => api('GET', `/payment-requests/${id}`);
/** The money that was booked for a request. */
export const paymentsOf = async (request) =>
  (await api('GET', `/payments?merchant=${request.merchant}`)).data.filter((it) => it.payment_request === request.id);
export const cancel = (id) => api('POST', `/payment-requests/${id}/cancel`);

/** The bank tells of a transfer with this content, now. */
export async function transfer({ account, content, amount, key = demo.sepay.api_key }) {
  const id = next();
  const vietnam = new Date(Date.now() + ahead + 7 * 3_600_000).toISOString();
  const bankReference = `MBVCB.${id}`;
  const answer = await fetch(`${baseUrl}/feeds/sepay`, {
    method: 'POST',
    headers: { Authorization: `Apikey ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      id,
      gateway: 'Vietcombank',
      transactionDate: vietnam.slice(0, 19).replace('T', ' '),
      accountNumber: account,
      code: null,
      content,
      transferType: 'in',
      transferAmount: amount,
      accumulated: 0,
      subAccount: null,
      referenceCode: bankReference,
      description: '',
    }),
  });
  const read = await answer.text();
  if (read !== '{"success":true}') throw new Error(`the notice was answered ${answer.status} ${read}`);
  return { bankReference };
}

/** The bank tells of money for a request, now. */
export const credit = (request, amount) =>
  transfer({
    account: request.bank_account.number,
    content: `MBVCB.${next()}.${request.reference}.CT tu 0123 NGUYEN VAN A toi ${request.bank_account.number}`,
    amount,
  });
