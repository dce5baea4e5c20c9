// How each state of a payer's page comes about: made with the API, a bank's notices and the test clock, as in life; only
// what no endpoint of this gateway does (a refund's way through a bank) is set in the database.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { advance, api, ask, baseUrl, cancel, choso, credit, demo, eventually, look, paymentsOf } from './gateway.mjs';

/** The states as the gateway knows them: the enum itself. */
export function statesOfTheEnum() {
  const header = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../gateway/pages/pay_state.hpp');
  const [, body] = readFileSync(header, 'utf8').match(/enum class PayState \{([^}]*)\}/);
  return body.split(',').map((name) => name.trim()).filter(Boolean);
}

function sql(statement, url = process.env.CHOSO_DATABASE__URL) {
  const done = spawnSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', url, '-c', statement], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim();
}

/** Nobody can read a request while `use` runs: as when the database is busy or away. */
export async function withoutRequests(use) {
  const url = process.env.BROWSER_OWNER_URL;
  const holder = spawn('psql', ['-qAtX', url, '-c', 'begin; lock table payment_request; select pg_sleep(60)'], { stdio: 'ignore' });
  try {
    await eventually('the lock is held', () =>
      sql(`select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = 'payment_request'::regclass`, url) === '1');
    await use();
  } finally {
    const ended = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGINT');
    await ended;
  }
}

const reach = async (request, status) => {
  await eventually(`${request.id} becomes ${status}`, async () => (await look(request.id)).status === status);
  return request;
};
const paid = async (request, ...amounts) => {
  for (const amount of amounts) await credit(request, amount);
  return request;
};
const refundIs = async (status) => {
  const request = await paid(await ask(50_000, { description: 'Học phí tháng 11' }), 20_000);
  await cancel(request.id);
  if (status !== 'proposed')
    sql(`update refund f set status = '${status}' from payment_request r
         where r.bucket = f.bucket and r.id = f.request and r.reference = '${request.reference}'`);
  return request;
};
const takenBack = async (request) => {
  for (const payment of await paymentsOf(request)) choso('admin', 'payment', 'reverse', payment.id, '--reason', 'the bank took it back');
  return request;
};
const soon = { expires_in: 60 };
const late = async (policy) => {
  const request = await ask(50_000, { ...soon, late: policy });
  waitingToExpire.push(async () => credit(await reach(request, 'expired'), 50_000));
  return request;
};
const expires = async (request) => {
  waitingToExpire.push(() => reach(request, 'expired'));
  return request;
};
const waitingToExpire = [];

const nothing = (url) => ({ pay_url: url, qr: null, reference: '' });
const makers = {
  paid: async () => paid(await ask(1_151_800, { return_url: 'https://example.com/don-hang' }), 1_151_800),
  overpaid: async () => paid(await ask(50_000), 80_000),
  duplicate: async () => paid(await ask(50_000), 50_000, 50_000),
  cancelled: async () => ask(50_000).then((it) => cancel(it.id)),
  not_needed: async () => {
    const bill = await api('POST', '/bills', { merchant: demo.school.merchant, payer: { code: 'XN01' }, lines: [{ name: 'Tiền ăn', amount: 50_000 }] });
    await api('POST', `/bills/${bill.id}/write-off`, { reason: 'không thu được' });
    return bill;
  },
  refund_proposed: () => refundIs('proposed'),
  refund_approved: () => refundIs('approved'),
  refund_sent: () => refundIs('submitted'),
  refund_in_doubt: () => refundIs('unknown'),
  refund_done: () => refundIs('succeeded'),
  refund_failed: () => refundIs('failed'),
  paid_late_held: () => late('hold'),
  paid_late_accepted: () => late('accept'),
  expired: async () => expires(await ask(50_000, soon)),
  expired_with_money: async () => expires(await paid(await ask(50_000, soon), 20_000)),
  reversed_ended: async () => expires(await takenBack(await paid(await ask(50_000, soon), 50_000))),
  // From here on the clock stands still, so that what can still be paid stays so.
  time_passed: async () => {
    advance('10m');
    for (const settle of waitingToExpire) await settle();
    const request = await ask(50_000, soon);
    advance('2m');
    return request;
  },
  waiting: () => ask(1_151_800, { description: 'Rau muống, cà chua, một cân khoai lang mật và hai quả bí đỏ', payer: { name: 'Nguyễn Văn An' } }),
  partially_paid: async () => paid(await ask(50_000), 20_000),
  reversed: async () => takenBack(await paid(await ask(50_000), 50_000)),
  unavailable: async () => ask(50_000),
  not_found: async () => nothing(`${baseUrl}/t/${'A'.repeat(23)}`),
};
export const statesMade = Object.keys(makers);

/** Every state's request, by state. */
export async function makeAllStates() {
  const out = {};
  for (const [state, make] of Object.entries(makers)) out[state] = await make();
  return out;
}
