// What the page knows, and how it changes. The server's word wins; what was done without a network waits in `pending`.
import { batch, computed, signal } from '@preact/signals';
import { dong } from '../shared/words.js';
import { ALARMS, SMALL, TINY_RUN, TINY_RUN_MS, kindOf, sentenceOf } from '../shared/receipts.js';
import { vietqr } from '../shared/vietqr.js';
import { get, mayPass, post, setCsrf } from './ask.js';
import { queueOf } from './announce.js';
import { listen } from './live.js';
import { forgetAll, keep, recall } from './store.js';
import * as voice from './voice.js';

const RECEIPTS_KEPT = 50;
const LEASES_WANTED = 20;
const LEASES_LEAST = 10;
const DIALECTS = ['north', 'central', 'south'];
const USUAL_AMOUNTS = [10_000, 20_000, 30_000, 50_000, 100_000, 200_000];

export const profile = signal(null);     // stall, account, voices: what does not change from sale to sale
export const receipts = signal([]);
export const day = signal({ sum: null, count: 0 });
export const asked = signal(null);       // the code on show: {id, reference, amount, paid, qr, state, at}
export const unclaimed = signal([]);     // unreferenced money of this stall's own account
export const shift = signal(null);
export const members = signal([]);
export const selling = signal(false);    // sound unlocked, shift begun
export const line = signal('connecting');
export const online = signal(navigator.onLine);
export const missed = signal(null);      // {count, sum}
export const amounts = signal(USUAL_AMOUNTS);
export const lastAmount = signal(0);
export const dialect = signal('north');
export const notice = signal('');        // something the seller must read
export const accountChange = signal(null);
export const leases = signal([]);
export const usual = computed(() => {
  const sorted = receipts.value.map((it) => it.amount).sort((a, b) => a - b);
  return sorted.length >= 5 ? sorted[Math.floor(sorted.length / 2)] : (profile.value?.usual ?? 0);
});

let position = null;                     // the stream's own words for how far we have heard
let pending = [];                        // asks made without a network
let catching = null;                     // what was missed, while it comes in
const tiny = [];

// ---- saying
const announcements = queueOf({
  speak: (item) => voice.say(item.kind, item.sentence, () => {
    if (item.heardAt !== undefined) performance.measure('choso:heard', { start: item.heardAt, end: performance.now() });
  }),
});
export function announce(kind, event, heardAt) {
  return announcements.add({ kind, event, heardAt, sentence: sentenceOf(kind, event, dialect.value) });
}
export const sayAgain = (item) => announcements.add({ ...item, heardAt: undefined });
export const sayPlainly = (kind, sentence) => announcements.add({ kind, sentence, event: null });

// ---- the day
const known = (payment) => receipts.value.some((it) => it.payment === payment);

function take(event, kind) {
  if (event.type === 'payment.reversed') {
    receipts.value = receipts.value.map((it) => (it.payment === event.subject ? { ...it, reversed: true } : it));
  } else if (!known(event.subject)) {
    const receipt = { payment: event.subject, n: day.value.count + 1, amount: event.amount, at: event.at, kind, request: event.payment_request ?? null };
    receipts.value = [receipt, ...receipts.value].slice(0, RECEIPTS_KEPT);
    const { sum, count } = day.value;
    day.value = { sum: sum === null ? null : sum + event.amount, count: count + 1 };
  }
  keep('receipts', receipts.value);
}

function followAsked(event) {
  const shown = asked.value;
  if (!shown || event.payment_request !== shown.id) return;
  // A lease paid before the server knew what was asked: what it told is completed by what we asked.
  const paid = event.amount_paid ?? shown.paid + event.amount;
  asked.value = { ...shown, paid, state: paid >= shown.amount ? 'done' : paid > 0 ? 'part' : 'wait' };
  keep('asked', asked.value);
}

/** What a receipt for one of our own asks means, though the server was not yet told the amount. */
function completed(event) {
  const ask = pending.find((it) => it.id === event.payment_request) ?? (asked.value?.id === event.payment_request ? asked.value : null);
  if (!ask || event.expected || event.type !== 'payment.received') return event;
  const paid = event.amount_paid ?? event.amount;
  return { ...event, expected: ask.amount, missing: Math.max(0, ask.amount - paid), overpaid_by: Math.max(0, paid - ask.amount) };
}

function watchTiny(event, now) {
  if (event.type !== 'payment.received' || event.amount >= SMALL) return;
  tiny.push(now);
  while (tiny.length > 0 && now - tiny[0] > TINY_RUN_MS) tiny.shift();
  if (tiny.length < TINY_RUN) return;
  tiny.length = 0;
  announce('tiny_run', {});
  notice.value = 'Nhiều khoản tiền rất nhỏ liên tiếp. Có thể có người thử loa của bạn: chỉ giao hàng khi màn hình báo ĐỦ.';
}

const heardOf = new Set();
const HEARD = new Set(['payment.received', 'payment.reversed', 'payment.unreferenced']);

function onEvent({ type, data, id }) {
  const told = data ? JSON.parse(data) : null;
  if (id) {
    position = id;
    keep('position', { cursor: id, at: told?.at ?? null });
  }
  if (!told) return;
  const event = completed({ ...told, type });
  if (type === 'payment_request.expired' || type === 'payment_request.cancelled') {
    if (asked.value?.id === event.subject) asked.value = { ...asked.value, state: 'ended' };
    return;
  }
  if (!HEARD.has(type)) return;
  // Told twice is said once; the list may know it already, from the server, and it is still to be said.
  const key = `${type} ${event.subject}`;
  if (heardOf.has(key)) return;
  heardOf.add(key);
  const kind = kindOf(event, usual.value);
  if (type === 'payment.unreferenced') unclaimed.value = [...unclaimed.value, { payment: event.subject, amount: event.amount, at: event.at }];
  take(event, kind);
  followAsked(event);
  event.n = receipts.value.find((it) => it.payment === event.subject)?.n;
  if (catching) {
    if (type === 'payment.received') catching.push(event.amount);
    if (ALARMS.has(kind)) announce(kind, event);
    return;
  }
  announce(kind, event, performance.now());
  watchTiny(event, performance.now());
}

/** After a break: what came meanwhile is shown and summed up, not read out as if it came now. */
function onOpen() {
  settlePending();
  fillLeases();
  if (!hadBreak) return;
  hadBreak = false;
  catching = [];
  setTimeout(() => {
    const [count, sum] = [catching.length, catching.reduce((a, b) => a + b, 0)];
    catching = null;
    if (count === 0) return;
    missed.value = { count, sum };
    sayPlainly('received', missedSentence(count, sum));
  }, CATCH_UP_MS);
}
// What comes within this time after the line was opened again was missed.
const CATCH_UP_MS = 1_200;
let hadBreak = false;

function missedSentence(count, sum) {
  const words = (n) => sentenceOf('received', { amount: n }, dialect.value).replace('Đã nhận ', '');
  return `Trong lúc mất mạng đã nhận ${words(count).replace(' đồng', '')} khoản, tổng ${words(sum)}`;
}

let toldLost = 0;
function onState(state) {
  if (state === line.value) return;
  const was = line.value;
  line.value = state;
  if (state === 'silent') {
    toldLost = Date.now();
    sayPlainly('lost', 'Mất kết nối. Hãy kiểm tra ứng dụng ngân hàng');
  }
  if (state === 'live' && was === 'silent') sayPlainly('ready', 'Đã nối lại');
}
// A distinct tone once a minute for as long as nothing is heard.
setInterval(() => {
  if (line.value !== 'silent' || Date.now() - toldLost < 60_000) return;
  toldLost = Date.now();
  voice.say('lost', '');
}, 5_000);

// ---- asking
const now = () => Date.now();
const nameKey = () => crypto.randomUUID?.() ?? `${now()}-${Math.random()}`;

function qrOf(reference, amount) {
  const { bin, number } = profile.value.account;
  return vietqr({ bin, account: number, amount, purpose: reference });
}

/** Shows a code for that amount at once: from a lease where there is one, so that no network is needed. */
export async function ask(amount) {
  const [lease, ...rest] = leases.value.filter((it) => it.until > now() + 60_000);
  notice.value = '';
  if (!lease) {
    if (!navigator.onLine) {
      notice.value = 'Không có mạng và đã hết mã chờ: hãy dùng mã cố định, và tự kiểm tra số tiền.';
      return;
    }
    try {
      const made = await post('/quay/asks', { amount, key: nameKey() });
      show({ id: made.id, reference: made.reference, amount, paid: 0, qr: made.qr, state: 'wait', at: now() });
    } catch (error) {
      notice.value = error.told ?? 'Chưa tạo được mã. Hãy thử lại.';
    }
    remember(amount);
    fillLeases();
    return;
  }
  leases.value = rest;
  keep('leases', rest);
  show({ id: lease.id, reference: lease.reference, amount, paid: 0, qr: qrOf(lease.reference, amount), state: 'wait', at: now() });
  pending = [...pending, { id: lease.id, amount, key: nameKey(), at: now() }];
  await keep('pending', pending);
  remember(amount);
  settlePending();
  fillLeases();
}

function show(request) {
  asked.value = request;
  keep('asked', request);
}
export function putAside() {
  asked.value = null;
  keep('asked', null);
}

async function remember(amount) {
  lastAmount.value = amount;
  const counts = await recall('counts', {});
  counts[amount] = (counts[amount] ?? 0) + 1;
  await keep('counts', counts);
  learn(counts);
}

/** The six amounts this stall asks for most; the usual ones until it has asked for some twice. */
function learn(counts) {
  const learnt = Object.entries(counts).filter(([, n]) => n >= 2).sort((a, b) => b[1] - a[1]).slice(0, 6).map(([it]) => Number(it));
  amounts.value = [...learnt, ...USUAL_AMOUNTS.filter((it) => !learnt.includes(it))].slice(0, 6).sort((a, b) => a - b);
}

/** Tells the server what the leased codes that were shown ask for; each waits here until it was taken. */
let settling = false;
async function settlePending() {
  if (settling || pending.length === 0) return;
  settling = true;
  for (const it of [...pending]) {
    try {
      const { amount_paid: paid, status } = await post('/quay/asks', { request: it.id, amount: it.amount, key: it.key });
      if (asked.value?.id === it.id && paid > 0)
        show({ ...asked.value, paid, state: paid >= it.amount ? 'done' : 'part' });
      if (asked.value?.id === it.id && status === 'expired') show({ ...asked.value, state: 'ended' });
    } catch (error) {
      if (mayPass(error)) break;
      notice.value = `Mã ${dong(it.amount)} lúc mất mạng không ghi lại được: ${error.told}`;
    }
    pending = pending.filter((other) => other.id !== it.id);
    await keep('pending', pending);
  }
  settling = false;
}

let filling = false;
async function fillLeases() {
  if (filling || !profile.value?.account) return;
  const good = leases.value.filter((it) => it.until > now() + 60_000);
  if (good.length >= LEASES_LEAST) return;
  filling = true;
  try {
    const made = await post('/quay/leases', { count: LEASES_WANTED - good.length, key: nameKey() });
    leases.value = [...good, ...made.leases.map((it) => ({ ...it, until: Date.parse(it.expires_at) }))];
    await keep('leases', leases.value);
  } catch {
    // Without leases each code is asked for when it is needed; the next sale tries again.
  }
  filling = false;
}

// ---- what the seller decides
export async function claim(payment, request) {
  try {
    await post('/quay/claims', { payment, payment_request: request, key: nameKey() });
    unclaimed.value = unclaimed.value.filter((it) => it.payment !== payment);
  } catch (error) {
    notice.value = error.told ?? 'Chưa ghi được. Hãy thử lại.';
  }
}
export const leaveUnclaimed = (payment) => (unclaimed.value = unclaimed.value.filter((it) => it.payment !== payment));

export async function chooseDialect(name) {
  dialect.value = name;
  await keep('dialect', name);
  await loadVoice();
}
export const dialects = DIALECTS;
const loadVoice = () => {
  const address = profile.value?.voices?.[dialect.value];
  return address ? voice.load(address).catch(() => {}) : Promise.resolve();
};

let lock = null;
const stayAwake = async () => {
  if (document.hidden || !selling.value) return;
  lock = await navigator.wakeLock?.request('screen').catch(() => null);
};
document.addEventListener('visibilitychange', stayAwake);
export const isAwake = () => Boolean(lock && !lock.released);

/** The big button: its tap unlocks sound, and the screen stays on. */
export async function beginSelling() {
  await voice.unlock();
  selling.value = true;
  stayAwake();
  await loadVoice();
  return sayPlainly('ready', 'Loa đã sẵn sàng');
}

// ---- beginning
export async function refresh() {
  try {
    adopt(await get('/quay/state'));
  } catch {
    // Shown by the line's own state.
  }
}

function adopt(state) {
  batch(() => {
    setCsrf(state.csrf);
    profile.value = { stall: state.stall, account: state.account, voices: state.voices, usual: state.usual, may: state.may };
    shift.value = state.shift;
    members.value = state.members;
    day.value = { sum: state.sum, count: state.count };
    unclaimed.value = state.unreferenced;
    accountChange.value = state.account_change;
    receipts.value = state.receipts.map((it) => ({ ...receipts.value.find((mine) => mine.payment === it.payment), ...it }));
  });
  keep('state', state);
  keep('receipts', receipts.value);
}

export async function begin(boot) {
  if ((await recall('stall', boot.stall.id)) !== boot.stall.id) await forgetAll();
  await keep('stall', boot.stall.id);
  setCsrf(boot.csrf);
  const kept = await recall('state', null);
  const keptReceipts = await recall('receipts', []);
  adopt(kept && Date.parse(kept.drawn_at) > Date.parse(boot.drawn_at) ? { ...kept, csrf: boot.csrf } : boot);
  const heard = await recall('position', null);
  if (heard?.at && Date.parse(heard.at) > Date.parse(boot.drawn_at)) {
    // The page was kept for a start without a network; this phone has heard more since.
    receipts.value = keptReceipts;
    keep('receipts', keptReceipts);
    position = heard.cursor;
    hadBreak = true;
  } else {
    position = boot.cursor;
    hadBreak = Date.now() - Date.parse(boot.drawn_at) > 60_000;
  }
  dialect.value = await recall('dialect', 'north');
  leases.value = await recall('leases', []);
  pending = await recall('pending', []);
  const shownLast = await recall('asked', null);
  asked.value = boot.request ?? (shownLast && now() - shownLast.at < 15 * 60_000 ? shownLast : null);
  learn(await recall('counts', {}));
  lastAmount.value = asked.value?.amount ?? 0;
  addEventListener('online', () => {
    online.value = true;
    refresh().then(settlePending).then(fillLeases);
  });
  addEventListener('offline', () => (online.value = false));
  listen({ after: () => position, onEvent, onOpen, onState, onBreak: () => (hadBreak = true) });
  settlePending();
  fillLeases();
  // What came by way of the service worker may have been kept for long: it is put right at once.
  if (navigator.serviceWorker?.controller) refresh();
}
