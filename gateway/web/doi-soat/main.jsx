// The reconciliation desk. The server has drawn what is left to do; this takes its place and works by the keyboard alone.
import { render } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { signal } from '@preact/signals';
import { me } from './api.js';
import { List } from './list.jsx';
import * as desk from './state.js';
import { ACTIONS, AGES, KINDS, REASONS, STATES, because, dong, when } from './words.js';
import './style.css';

const dialog = signal('');   // help, note, assign, accept
const typed = signal('');

/** What an order answers later may be an error: whoever gave it is told. */
const heard = (answer) => Promise.resolve(answer).catch((error) => desk.say(error.message));

const KEYS = [
  ['J K ↓ ↑', 'dòng sau, dòng trước'], ['1 … 8', 'chọn gợi ý'], ['Enter', 'theo gợi ý; ở hàng chờ duyệt: duyệt'], ['Ctrl+Enter', 'mọi dòng chắc chắn; ở hàng chờ duyệt: duyệt tất cả'],
  ['X', 'chọn dòng'], ['G', 'chọn các dòng cùng loại, cùng tài khoản'], ['P', 'các khoản góp của một người, vừa đủ một yêu cầu'], ['M', 'ghi cho một đơn vị'], ['R', 'đề nghị hoàn tiền'], ['T', 'chấp nhận, có giải thích'],
  ['V', 'bút toán đảo (báo có mà sao kê không có)'], ['D', 'trả lại đề nghị'], ['U', 'hoàn tác'], ['A', 'nhận việc, trả việc'], ['N', 'ghi chú'], ['/', 'tìm'], ['O', 'việc cần làm'], ['C', 'chờ duyệt'],
  ['H', 'đã xong'], ['Esc', 'đóng'],
];

function Row({ row }) {
  const best = desk.details.value.get(row.id)?.candidates?.[0];
  return (
    <>
      <span class="pick" aria-hidden="true">{desk.selected.value.has(row.id) ? '☑' : '☐'}</span>
      <span class="kind">{KINDS[row.kind]}</span>
      <span class="amount">{dong(row.amount)}</span>
      <span class="text">{row.content || row.bank_reference || '—'}</span>
      <span class="mark">{row.state === 'proposed' ? ACTIONS[row.proposal.action] : best?.certain ? 'chắc chắn' : best ? 'có gợi ý' : row.owner ? row.owner.name : ''}</span>
    </>
  );
}

function Candidates({ detail }) {
  if (!detail.candidates) return null;
  if (detail.candidates.length === 0) return <p class="none">Không yêu cầu nào gần với khoản tiền này.</p>;
  return (
    <ol class="candidates">
      {detail.candidates.map((it, i) => (
        <li key={it.payment_request} class={i === desk.chosen.value ? 'chosen' : ''} aria-current={i === desk.chosen.value ? 'true' : undefined}>
          <button type="button" onClick={() => (desk.chosen.value = i)}>
            <span class="reference">{it.reference}</span>
            <span class="amount">{it.amount === null ? 'số tiền tuỳ ý' : dong(it.amount - it.amount_paid)}</span>
            <span>{it.merchant_name}{it.description ? ` · ${it.description}` : ''}</span>
            <span class="why">{it.certain ? 'Chắc chắn: ' : ''}{because(it)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Detail() {
  const row = desk.current.value;
  if (!row) return <p class="none">Không còn dòng nào ở đây.</p>;
  const detail = desk.detail.value;
  return (
    <>
      <h2>{KINDS[row.kind]} {dong(row.amount)}</h2>
      <dl>
        <dt>Nội dung</dt><dd class="content">{row.content || '—'}</dd>
        <dt>Mã</dt><dd class="reference">{row.reference || 'không có'}</dd>
        <dt>Số tham chiếu</dt><dd>{row.bank_reference || '—'}</dd>
        <dt>Tài khoản</dt><dd>{row.account_number} · {row.merchant_name}</dd>
        <dt>Lúc</dt><dd>{when(row.occurred_at)} ({row.age_days} ngày)</dd>
        <dt>Tình trạng</dt><dd>{STATES[row.state]}{row.owner ? ` · ${row.owner.name}` : ''}{row.ended ? ` · ${row.ended}` : ''}</dd>
        {row.proposal ? <><dt>Đề nghị</dt><dd>{ACTIONS[row.proposal.action]} · {REASONS[row.proposal.reason] ?? row.proposal.reason}{row.proposal.by === me.id ? ' · của bạn' : ''}</dd></> : null}
      </dl>
      {row.state === 'open' || row.state === 'claimed' ? <><h3>Vì sao chưa khớp</h3>{detail ? <Candidates detail={detail} /> : <p class="none">Đang tìm…</p>}</> : null}
      {detail?.instalments ? <p class="instalments">{detail.instalments.exceptions.length} khoản của cùng người nộp vừa đủ yêu cầu {detail.candidates.find((it) => it.payment_request === detail.instalments.payment_request)?.reference}: phím P khớp cả nhóm</p> : null}
      {detail?.notes?.length > 0 ? <><h3>Ghi chú</h3><ul class="notes">{detail.notes.map((it) => <li key={it.at}>{it.author}: {it.text}</li>)}</ul></> : null}
    </>
  );
}

function Dialog() {
  const name = dialog.value;
  // Before the browser paints: the first letters of a note are typed faster than that.
  useLayoutEffect(() => document.querySelector('.dialog input, .dialog button')?.focus(), [name]);
  if (!name) return null;
  const close = () => { dialog.value = ''; typed.value = ''; document.querySelector('.list')?.focus(); };
  const send = async (event) => {
    event.preventDefault();
    const text = typed.value.trim();
    if (name === 'note' && text) await heard(desk.note(text));
    close();
  };
  const payees = desk.detail.value?.payees ?? [];
  return (
    <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="dialog-name" onKeyDown={(event) => event.key === 'Escape' && close()}>
      <h2 id="dialog-name">{{ help: 'Các phím', note: 'Ghi chú', assign: 'Ghi cho đơn vị nào', accept: 'Chấp nhận vì' }[name]}</h2>
      {name === 'help' ? <dl class="keys">{KEYS.map(([key, what]) => <><dt><kbd>{key}</kbd></dt><dd>{what}</dd></>)}</dl> : null}
      {name === 'note' ? (
        <form onSubmit={send}>
          <label for="note">Ghi chú (không viết số tài khoản của người nộp)</label>
          <input id="note" value={typed.value} maxLength="400" onInput={(event) => (typed.value = event.currentTarget.value)} />
        </form>
      ) : null}
      {name === 'assign' ? (
        <ul class="choices">{payees.map((it, i) => <li key={it.id}><button type="button" onClick={() => { heard(desk.propose('assign', 'stall_known', { merchant: it.id })); close(); }}>{i + 1}. {it.name}</button></li>)}</ul>
      ) : null}
      {name === 'accept' ? (
        <ul class="choices">{['paid_twice', 'kept', 'late_accepted', 'bank_told', 'not_for_us'].map((it, i) => <li key={it}><button type="button" onClick={() => { heard(desk.propose('accept', it)); close(); }}>{i + 1}. {REASONS[it]}</button></li>)}</ul>
      ) : null}
      <button type="button" class="quiet" onClick={close}>Đóng</button>
    </div>
  );
}

const DIGIT = /^[1-9]$/;
function onKey(event) {
  if (dialog.value) {
    if (DIGIT.test(event.key) && (dialog.value === 'assign' || dialog.value === 'accept')) {
      event.preventDefault();
      document.querySelectorAll('.choices button')[Number(event.key) - 1]?.click();
    }
    return;
  }
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) {
    if (event.key === 'Escape' || event.key === 'Enter') document.querySelector('.list')?.focus();
    return;
  }
  if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== 'Enter')) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const orders = {
    j: () => desk.move(1), ArrowDown: () => desk.move(1), k: () => desk.move(-1), ArrowUp: () => desk.move(-1), PageDown: () => desk.move(10), PageUp: () => desk.move(-10),
    Home: () => desk.move(-1e9), End: () => desk.move(1e9), Enter: () => (event.ctrlKey ? desk.acceptCertain() : desk.accept()), x: desk.toggle, g: desk.group, p: desk.acceptInstalments,
    m: () => (dialog.value = 'assign'), r: () => desk.propose('refund', 'not_for_us'), t: () => (dialog.value = 'accept'), v: () => desk.propose('reverse', 'bank_told'),
    d: desk.reject, u: desk.undo, a: desk.claim, n: () => (dialog.value = 'note'), '/': () => document.getElementById('search').focus(), '?': () => (dialog.value = 'help'),
    o: () => desk.show('open'), c: () => desk.show('proposed'), h: () => desk.show('done'),
  };
  if (DIGIT.test(key)) {
    event.preventDefault();
    desk.chosen.value = Math.min(Number(key) - 1, Math.max(0, (desk.detail.value?.candidates?.length ?? 1) - 1));
    return;
  }
  // A button that has the focus is pressed by Enter as anywhere.
  if (!orders[key] || (key === 'Enter' && !event.ctrlKey && event.target instanceof HTMLButtonElement)) return;
  event.preventDefault();
  heard(orders[key]());
}

function Work() {
  const work = desk.work.value;
  if (!work) return null;
  const kinds = [...new Set(work.work.map((it) => it.kind))];
  const sum = (list, what) => list.reduce((all, it) => all + it[what], 0);
  return (
    <details class="work">
      <summary>Việc còn lại: {desk.total()}</summary>
      <table>
        <thead><tr><th scope="col">Loại</th>{AGES.map((it) => <th key={it} scope="col">{it}</th>)}<th scope="col">Tiền</th></tr></thead>
        <tbody>
          {kinds.map((kind) => {
            const of = work.work.filter((it) => it.kind === kind);
            return <tr key={kind}><th scope="row">{KINDS[kind]}</th>{AGES.map((it, age) => <td key={it}>{sum(of.filter((each) => each.age === age), 'count') || ''}</td>)}<td>{dong(sum(of, 'amount'))}</td></tr>;
          })}
        </tbody>
      </table>
    </details>
  );
}

function Desk() {
  const list = desk.shown.value;
  const { bank, book, rest } = desk.difference.value;
  const at = desk.current.value;
  useEffect(() => {
    if (!at) return;
    history.replaceState(null, '', `#${at.id}`);
    // Whoever stays on a row wants all of it; who passes by does not.
    const wait = setTimeout(() => { if (!desk.details.value.get(at.id)?.notes) desk.look(at.id).catch((error) => desk.say(error.message)); }, 150);
    return () => clearTimeout(wait);
  }, [at?.id]);
  return (
    <>
      <Work />
      <div class="bar" role="toolbar" aria-label="Hàng việc">
        {[['open', 'Cần làm (O)'], ['proposed', 'Chờ duyệt (C)'], ['done', 'Đã xong (H)']].map(([name, words]) => (
          <button key={name} type="button" aria-pressed={desk.tab.value === name} onClick={() => heard(desk.show(name))}>{words}</button>
        ))}
        <label for="search">Tìm</label>
        <input id="search" type="search" value={desk.query.value} onInput={(event) => { desk.query.value = event.currentTarget.value; desk.cursor.value = 0; }} />
        <label for="kind">Loại</label>
        <select id="kind" value={desk.kind.value} onChange={(event) => { desk.kind.value = event.currentTarget.value; desk.cursor.value = 0; }}>
          <option value="">tất cả</option>
          {Object.entries(KINDS).map(([value, words]) => <option key={value} value={value}>{words}</option>)}
        </select>
        <a href="/doi-soat/xuat">Xuất XLSX</a>
        <button type="button" onClick={() => (dialog.value = 'help')}>Phím (?)</button>
      </div>
      <p class={`sum ${rest === 0 ? 'zero' : ''}`}>
        <span>Ngân hàng {dong(bank)}</span> <span>Sổ {dong(book)}</span> <strong>Chênh {dong(rest)}</strong>
        <span class="count">{list.length} dòng{desk.loading.value ? ', đang tải' : ''}{desk.certain.value.length > 0 && desk.tab.value === 'open' ? `, ${desk.certain.value.length} chắc chắn` : ''}{desk.selected.value.size > 0 ? `, đã chọn ${desk.selected.value.size}` : ''}</span>
      </p>
      <div class="panes">
        <section aria-label="Chênh lệch"><List items={list} cursor={Math.min(desk.cursor.value, Math.max(0, list.length - 1))} label="Danh sách chênh lệch" onMove={(i) => { desk.cursor.value = i; desk.chosen.value = 0; }} render={(row) => <Row row={row} />} /></section>
        <section aria-label="Chi tiết" class="detail"><Detail /></section>
      </div>
      <p class="said" role="status">{desk.message.value}</p>
      <Dialog />
    </>
  );
}

const root = document.getElementById('desk');
if (root) {
  root.replaceChildren();
  render(<Desk />, root);
  addEventListener('keydown', onKey);
  const wanted = location.hash.slice(1);
  const waiting = new URLSearchParams(location.search).get('viec') === 'cho-duyet';
  desk.show(waiting ? 'proposed' : 'open')
    .then(async () => {
      if (wanted.startsWith('exc_')) {
        const whole = await desk.look(wanted);
        if (whole.state === 'done' || whole.state === 'proposed') await desk.show(whole.state);
        desk.cursor.value = Math.max(0, desk.shown.value.findIndex((row) => row.id === wanted));
      }
      document.querySelector('.list')?.focus();
    })
    .catch((error) => desk.say(error.message));
  // What others do shows: owners and states of all that waits, every ten seconds.
  setInterval(() => { if (!document.hidden && !desk.loading.value) desk.refresh().catch((error) => desk.say(error.message)); }, 10_000);
}
