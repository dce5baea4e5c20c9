// The rows and what one does to them. Every row is kept once, by its id; lists are arrays of rows in the order they are shown.
import { computed, signal } from '@preact/signals';
import { get, me, post } from './api.js';
import { ACTIONS, dong } from './words.js';

export const rows = signal([]);
export const loading = signal(true);
export const tab = signal('open');       // open, proposed, done
export const query = signal('');
export const kind = signal('');
export const cursor = signal(0);
export const selected = signal(new Set());
export const details = signal(new Map()); // id → the whole of one, with candidates
export const chosen = signal(0);          // which candidate
export const message = signal('');
export const work = signal(null);

const inTab = (row) => (tab.value === 'open' ? row.state === 'open' || row.state === 'claimed' : row.state === tab.value);
const folded = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase();
export const shown = computed(() => {
  const wanted = folded(query.value.trim());
  return rows.value.filter((row) => inTab(row) && (!kind.value || row.kind === kind.value) &&
    (!wanted || folded(`${row.content} ${row.reference} ${row.amount} ${row.account_number} ${row.merchant_name}`).includes(wanted)));
});
export const current = computed(() => shown.value[Math.min(cursor.value, shown.value.length - 1)]);
export const detail = computed(() => current.value && details.value.get(current.value.id));
export const candidate = computed(() => detail.value?.candidates?.[chosen.value]);
/** What an order is given about: the selected rows, else the one under the cursor. */
export const targets = () => (selected.value.size > 0 ? shown.value.filter((row) => selected.value.has(row.id)) : [current.value].filter(Boolean));
export const difference = computed(() => {
  const chosenRows = selected.value.size > 0 ? shown.value.filter((row) => selected.value.has(row.id)) : [current.value].filter(Boolean);
  const bank = chosenRows.reduce((sum, row) => sum + row.amount, 0);
  const each = (row) => details.value.get(row.id)?.candidates?.[row.id === current.value?.id ? chosen.value : 0];
  const book = chosenRows.reduce((sum, row) => sum + (each(row)?.amount != null ? each(row).amount - each(row).amount_paid : 0), 0);
  return { bank, book, rest: bank - book };
});

export const say = (text) => { message.value = text; };

function put(changed) {
  const known = details.value.get(changed.id);
  rows.value = rows.value.map((row) => (row.id === changed.id ? { ...row, ...changed } : row));
  if (known) {
    const next = new Map(details.value);
    next.set(changed.id, { ...known, ...changed });
    details.value = next;
  }
}

let loads = 0;
/** Reads the rows of the tab, and whether they are shown: of several loads at once only the one asked for last counts. */
export async function load() {
  const mine = ++loads;
  const state = tab.value;
  let all = [];
  let after = '';
  loading.value = true;
  try {
    do {
      const page = await get(`/exceptions?state=${state}&limit=2000${after ? `&after=${after}` : ''}`);
      if (mine !== loads) return false;
      all = all.concat(page.data);
      rows.value = all;
      after = page.next;
      // Between pages the browser paints and hears keys.
      await new Promise((done) => setTimeout(done, 0));
      if (mine !== loads) return false;
    } while (after);
  } finally {
    if (mine === loads) loading.value = false;
  }
  work.value = await get('/exceptions/work');
  return true;
}

/** Candidates come for a hundred rows at a time, ahead of the cursor. */
export async function suggest() {
  const page = await get('/exceptions?state=open&limit=100&suggest=true');
  const next = new Map(details.value);
  for (const row of page.data) next.set(row.id, row);
  details.value = next;
}

export async function look(id) {
  const whole = await get(`/exceptions/${id}`);
  const next = new Map(details.value);
  next.set(id, whole);
  details.value = next;
  if (!rows.value.some((row) => row.id === id)) rows.value = [whole, ...rows.value];
  return whole;
}

export function move(by) {
  const last = shown.value.length - 1;
  cursor.value = Math.max(0, Math.min(last, cursor.value + by));
  chosen.value = 0;
}

export function toggle() {
  if (!current.value) return;
  const next = new Set(selected.value);
  if (!next.delete(current.value.id)) next.add(current.value.id);
  selected.value = next;
}

/** All rows like the one under the cursor: the same kind in the same account. */
export function group() {
  const like = current.value;
  if (!like) return;
  selected.value = new Set(shown.value.filter((row) => row.kind === like.kind && row.bank_account === like.bank_account).map((row) => row.id));
  say(`Đã chọn ${selected.value.size} dòng cùng loại, cùng tài khoản`);
}

/** Runs one call for each row, at most four at a time; says how many did. */
async function each(list, what, order) {
  const waiting = [...list];
  const failed = [];
  let done = 0;
  const worker = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      try {
        put(await order(row));
        done += 1;
      } catch (error) {
        failed.push(error);
      }
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  selected.value = new Set();
  const fresh = failed.find((it) => it.code === 'step_up_needed' || it.code === 'second_factor_needed');
  if (fresh) location.assign(`/dang-nhap/buoc-2?den=${encodeURIComponent('/doi-soat?viec=cho-duyet')}`);
  say(failed.length === 0 ? `${what}: ${done} dòng` : `${what}: ${done} dòng, ${failed.length} chưa được: ${failed[0].message}`);
  work.value = await get('/exceptions/work');
}

const matching = (id, it) => post(`/exceptions/${id}/propose`, {
  action: 'match', payment_request: it.payment_request, reason: it.wrong_symbols <= 3 ? 'typo_in_reference' : 'exact_amount',
});

/** Enter: what the desk suggests for these rows; in the approver's queue, a yes. */
export function accept() {
  if (tab.value === 'proposed') return approve(targets());
  const list = targets();
  const of = (row) => details.value.get(row.id)?.candidates?.[row.id === current.value?.id ? chosen.value : 0];
  const ready = list.filter(of);
  if (ready.length === 0) return say('Không có gợi ý nào: chọn cách xử lý khác (? xem các phím)');
  return each(ready, 'Đã đề nghị khớp, chờ người khác duyệt', (row) => matching(row.id, of(row)));
}

/** Several credits of one payer that make one request: all of them, each for its part. */
export function acceptInstalments() {
  const it = detail.value?.instalments;
  if (!it) return say('Không có nhóm nào vừa đủ một yêu cầu');
  const parts = rows.value.filter((row) => it.exceptions.includes(row.id));
  return each(parts, 'Đã đề nghị khớp cả nhóm, chờ người khác duyệt', (row) => post(`/exceptions/${row.id}/propose`, { action: 'match', payment_request: it.payment_request, reason: 'same_payer' }));
}

export const certain = computed(() => shown.value.filter((row) => details.value.get(row.id)?.candidates?.[0]?.certain));
export function acceptCertain() {
  if (tab.value === 'proposed') return approve(shown.value.filter((row) => row.proposal?.by !== me.id));
  if (certain.value.length === 0) return say('Không có dòng nào chắc chắn');
  return each(certain.value, 'Đã đề nghị khớp, chờ người khác duyệt', (row) => matching(row.id, details.value.get(row.id).candidates[0]));
}

export function propose(action, reason, more = {}) {
  return each(targets(), `Đã đề nghị “${ACTIONS[action]}”`, (row) => post(`/exceptions/${row.id}/propose`, { action, reason, ...more }));
}
export const approve = (list) => each(list, 'Đã duyệt', (row) => post(`/exceptions/${row.id}/approve`, { proposed_at: row.proposal?.at }));
export const reject = () => each(targets(), 'Đã trả lại', (row) => post(`/exceptions/${row.id}/reject`));
export const undo = () => each(targets(), 'Đã hoàn tác bằng bút toán đảo', (row) => post(`/exceptions/${row.id}/undo`));
export const claim = () => each(targets(), 'Đã nhận việc', (row) => post(`/exceptions/${row.id}/claim`, { away: row.owner?.id === me.id }));
export const note = (text) => each(targets(), 'Đã ghi chú', (row) => post(`/exceptions/${row.id}/notes`, { text }));

export async function show(next) {
  tab.value = next;
  cursor.value = 0;
  selected.value = new Set();
  if (await load() && next === 'open') await suggest();
}
export const total = () => (work.value ? `${work.value.count} chênh lệch, ${dong(work.value.amount)}` : '');

/** Owners and states of what waits, as others have left them; the rows stay where they are. Nothing is touched where nothing
    changed: a list of a hundred thousand rows is not made anew for that. */
export async function refresh() {
  const page = await get(`/exceptions?state=${tab.value}&limit=200`);
  const near = new Map(rows.value.slice(0, 1000).map((row) => [row.id, row]));
  const added = page.data.filter((row) => !near.has(row.id) && !details.value.has(row.id));
  const changed = page.data.filter((row) => near.has(row.id) && (near.get(row.id).state !== row.state || near.get(row.id).owner?.id !== row.owner?.id));
  if (added.length === 0 && changed.length === 0) return;
  const fresh = new Map(changed.map((row) => [row.id, row]));
  const known = new Set(rows.value.map((row) => row.id));
  rows.value = [...added.filter((row) => !known.has(row.id)), ...rows.value.map((row) => (fresh.has(row.id) ? { ...row, ...fresh.get(row.id) } : row))];
}
