// The stall's page. The server has drawn it already, whole enough to sell with; this takes its place once it can do more.
import { render } from 'preact';
import { signal } from '@preact/signals';
import { dong, inWords } from '../shared/words.js';
import { ALARMS } from '../shared/receipts.js';
import { shown, waiting, saidLast } from './announce.js';
import { Qr } from './qr.jsx';
import * as state from './state.js';
import { recall } from './store.js';
import './style.css';

const typed = signal('');
const sums = signal([]);
const Tools = signal(null);
const tool = signal('');
const staticCode = signal(false);

const MOST = 499_999_999;
const number = () => Number(typed.value || '0');
const total = () => sums.value.reduce((a, b) => a + b, 0) + number();
const press = (digits) => {
  const next = (typed.value + digits).replace(/^0+/, '');
  if (Number(next) <= MOST) typed.value = next;
};

export const LABELS = {
  exact: ['ĐỦ', '✓'], received: ['ĐÃ NHẬN', '✓'], over: ['THỪA', '＋'], twice: ['TRẢ HAI LẦN', '×2'], late: ['TIỀN ĐẾN MUỘN', '◷'],
  short: ['THIẾU TIỀN', '!'], small: ['TIỀN RẤT NHỎ', '!'], reversed: ['NGÂN HÀNG THU LẠI', '!'], unreferenced: ['CHƯA RÕ CỦA AI', '?'],
  tiny_run: ['COI CHỪNG', '!'], lost: ['MẤT KẾT NỐI', '!'], ready: ['SẴN SÀNG', '✓'],
  sticker_right: ['ĐÚNG MÃ', '✓'], sticker_wrong: ['SAI MÃ', '!'],
};

async function openTool(name) {
  tool.value = name;
  Tools.value ??= (await import('./tools.jsx')).Tools;
}

function Banner() {
  const item = shown.value;
  if (!item) return null;
  const [label, sign] = LABELS[item.kind];
  const event = item.event ?? {};
  return (
    <div class={`banner ${item.kind}`} data-kind={item.kind}>
      <p class="sign" aria-hidden="true">{sign}</p>
      <p class="label">{label}</p>
      {event.amount ? <p class="amount">{dong(event.amount)}</p> : null}
      {event.missing > 0 ? <p class="more">Còn thiếu {dong(event.missing)}</p> : null}
      {event.overpaid_by > 0 ? <p class="more">Thừa {dong(event.overpaid_by)}, mời trả lại khách</p> : null}
      {event.n ? <p class="n">Khoản số {event.n} hôm nay</p> : null}
      {waiting.value > 0 ? <p class="n">Còn {waiting.value} khoản nữa</p> : null}
      <button type="button" class="quiet" onClick={() => (shown.value = null)}>Đã xem</button>
    </div>
  );
}

const LINE = { live: 'Đang nghe', connecting: 'Đang nối', silent: 'Mất kết nối', ended: 'Hết phiên' };
function Dots() {
  const dots = [
    ['Mạng', state.online.value ? 'Có mạng' : 'Không có mạng', state.online.value],
    ['Nghe', LINE[state.line.value], state.line.value === 'live'],
    ['Loa', state.selling.value ? 'Loa bật' : 'Loa chưa bật', state.selling.value],
    ['Mã', `${state.leases.value.length} mã chờ`, state.leases.value.length > 0],
  ];
  return (
    <ul class="dots" aria-label="Tình trạng">
      {dots.map(([name, words, good]) => <li key={name} class={good ? 'good' : 'bad'}><span aria-hidden="true">{good ? '●' : '○'}</span> {words}</li>)}
    </ul>
  );
}

function Head() {
  const { stall, account } = state.profile.value;
  return (
    <header>
      <h1>{stall.name}</h1>
      <p class="over">{stall.market} · sạp {stall.number}{state.shift.value ? ` · ${state.shift.value.name} bán` : ''}</p>
      {account ? <p class="account">{account.holder} · {account.bank} · …{account.number.slice(-4)}</p> : null}
      <Dots />
    </header>
  );
}

function Lost() {
  if (state.line.value === 'ended')
    return <p class="lost" role="alert">Phiên bán hàng đã hết. Hãy mở lại đường dẫn riêng của sạp.</p>;
  if (state.line.value !== 'silent') return null;
  return <p class="lost" role="alert">MẤT KẾT NỐI — chưa nghe báo tiền, hãy kiểm tra app ngân hàng</p>;
}

function Start() {
  if (state.selling.value) return null;
  return (
    <section class="start" aria-label="Bắt đầu bán">
      <button type="button" class="big" onClick={() => state.beginSelling()}>Bắt đầu bán</button>
      <p>Bấm để bật loa và giữ màn hình sáng. Trang phải để mở: điện thoại khoá thì không nghe báo tiền.</p>
    </section>
  );
}

const Digits = ({ of }) => of.map((it) => <button type="button" key={it} onClick={() => press(it)}>{it}</button>);

function Keypad() {
  const add = () => {
    if (number() === 0) return;
    sums.value = [...sums.value, number()];
    typed.value = '';
  };
  const make = () => {
    const amount = total();
    if (amount < 1) {
      state.notice.value = 'Số tiền phải là số nguyên từ 1 đến 499.999.999 đồng.';
      return;
    }
    typed.value = '';
    sums.value = [];
    state.ask(amount);
  };
  const type = (event) => {
    const text = event.currentTarget.value.trim().replace(/[₫đ]$/u, '').trim();
    // A separator parts thousands: `1.5` is not fifteen.
    const good = /^\d*$/.test(text) || /^\d{1,3}([ .,]\d{3})+$/.test(text);
    const digits = text.replace(/[ .,]/g, '').replace(/^0+/, '');
    if (!good || Number(digits) > MOST) state.notice.value = 'Số tiền phải là số nguyên từ 1 đến 499.999.999 đồng.';
    else {
      state.notice.value = '';
      typed.value = digits;
    }
  };
  const shownAmount = typed.value.replace(/\B(?=(\d{3})+$)/g, '.');
  return (
    <form class="pad" onSubmit={(event) => { event.preventDefault(); make(); }}>
      <label for="amount">Số tiền (đồng)</label>
      <input id="amount" name="amount" inputmode="none" autocomplete="off" maxlength="20" value={shownAmount} onChange={type}
        aria-describedby="complaint" />
      {sums.value.length > 0 ? <p class="sums">{sums.value.map(dong).join(' + ')} + … = <b>{dong(total())}</b></p> : null}
      <div class="quick" role="group" aria-label="Hay dùng">
        {state.amounts.value.map((it) => <button type="button" key={it} onClick={() => state.ask(it)}>{dong(it)}</button>)}
      </div>
      <div class="keys" role="group" aria-label="Bàn phím số">
        <Digits of={['1', '2', '3']} />
        <button type="button" aria-label="Xoá một số" onClick={() => (typed.value = typed.value.slice(0, -1))}>⌫</button>
        <Digits of={['4', '5', '6']} />
        <button type="button" aria-label="Cộng thêm" onClick={add}>+</button>
        <Digits of={['7', '8', '9']} />
        <button type="button" class="word" disabled={!state.lastAmount.value} onClick={() => state.ask(state.lastAmount.value)}>Như trước</button>
        <Digits of={['000', '0']} />
      </div>
      <button type="submit">Tạo mã QR</button>
    </form>
  );
}

const words = (amount) => {
  const said = `${inWords(amount)} đồng`;
  return said[0].toUpperCase() + said.slice(1);
};

function stateWords({ amount, paid, state: is }) {
  if (is === 'done' && paid > amount) return `Đã nhận ${dong(paid)}, thừa ${dong(paid - amount)}`;
  if (is === 'done') return `Đã nhận đủ ${dong(amount)}`;
  if (is === 'part') return `Đã nhận ${dong(paid)}, còn thiếu ${dong(amount - paid)}`;
  if (is === 'ended') return 'Đã hết hạn hoặc đã huỷ';
  return 'Chờ thanh toán';
}

function Code() {
  const ask = state.asked.value;
  const { account } = state.profile.value;
  const open = ask.state === 'wait' || ask.state === 'part';
  const offers = open ? state.unclaimed.value.filter((it) => it.amount === ask.amount - ask.paid) : [];
  return (
    <section id="panel" aria-label="Mã đang chờ" data-request={ask.id}>
      <p class="amount">{dong(ask.amount)}</p>
      <p class="words">{words(ask.amount)}</p>
      <p id="state" class={ask.state}>{stateWords(ask)}</p>
      {offers.map((it) => (
        <div class="offer" key={it.payment}>
          <p>Có {dong(it.amount)} vừa vào tài khoản, không ghi nội dung.</p>
          <button type="button" onClick={() => state.claim(it.payment, ask.id)}>Là khách này</button>
          <button type="button" class="quiet" onClick={() => state.leaveUnclaimed(it.payment)}>Không phải</button>
        </div>
      ))}
      {open && ask.qr ? <Qr payload={ask.qr} title="Mã VietQR để chuyển khoản" /> : null}
      {open && !ask.qr ? <p>Số tiền này vượt mức một lần chuyển 24/7 (499.999.999 ₫): hãy chuyển khoản thường với nội dung dưới đây.</p> : null}
      {open && account ? (
        <dl>
          <dt>Ngân hàng</dt><dd>{account.bank}</dd>
          <dt>Số tài khoản</dt><dd>{account.number}</dd>
          <dt>Chủ tài khoản</dt><dd>{account.holder}</dd>
          <dt>Nội dung</dt><dd>{ask.reference}</dd>
        </dl>
      ) : null}
      <div class="pair">
        {open ? <button type="button" class="quiet" onClick={() => openTool('customer')}>Cho khách xem</button> : null}
        <button type="button" onClick={state.putAside}>{open ? 'Số tiền khác' : 'Khách tiếp theo'}</button>
      </div>
    </section>
  );
}

function Unclaimed() {
  const rest = state.unclaimed.value;
  if (rest.length === 0 || state.asked.value) return null;
  return (
    <section class="unclaimed" aria-labelledby="unclaimed-title">
      <h2 id="unclaimed-title">Tiền chưa rõ của ai</h2>
      <ul>
        {rest.map((it) => (
          <li key={it.payment}>
            {dong(it.amount)} · {time(it.at)}
            <button type="button" class="quiet" onClick={() => state.claim(it.payment, null)}>Là khách của sạp</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const time = (text) => new Date(text).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });

function Receipts() {
  const { sum, count } = state.day.value;
  return (
    <section id="receipts" aria-labelledby="receipts-title">
      <h2 id="receipts-title">Tiền nhận hôm nay</h2>
      {state.missed.value ? (
        <p class="missed" role="status">
          Trong lúc mất mạng đã nhận {state.missed.value.count} khoản, tổng {dong(state.missed.value.sum)}
          <button type="button" class="quiet" onClick={() => (state.missed.value = null)}>Đã xem</button>
        </p>
      ) : null}
      {state.receipts.value.length === 0 ? <p>Chưa có khoản nào.</p> : null}
      <ul>
        {state.receipts.value.map((it) => (
          <li key={it.payment} class={it.reversed ? 'reversed' : ALARMS.has(it.kind) ? 'alarm' : ''}>
            {it.n ? <span class="n">{it.n}</span> : null} {dong(it.amount)} · {time(it.at)}{it.reversed ? ' · ngân hàng đã thu lại' : ''}
          </li>
        ))}
      </ul>
      {count > state.receipts.value.length ? <p>Trên đây là {state.receipts.value.length} khoản mới nhất.</p> : null}
      {sum !== null && count > 0 ? <p class="sum">Cộng {count} khoản: {dong(sum)}</p> : null}
    </section>
  );
}

function Bar() {
  return (
    <nav class="tools" aria-label="Việc khác">
      <button type="button" class="quiet" disabled={saidLast.value.length === 0} onClick={() => [...saidLast.value].reverse().forEach(state.sayAgain)}>Nói lại</button>
      <button type="button" class="quiet" onClick={() => openTool('photo')}>Khách đưa ảnh</button>
      <button type="button" class="quiet" onClick={() => (staticCode.value = !staticCode.value)}>Mã cố định</button>
      <button type="button" class="quiet" onClick={() => openTool('sticker')}>Kiểm tra mã dán</button>
      <button type="button" class="quiet" onClick={() => openTool('shift')}>Ca bán</button>
      <button type="button" class="quiet" onClick={() => openTool('settings')}>Cài đặt</button>
    </nav>
  );
}

function Static() {
  const { account, stall } = state.profile.value;
  if (!account || !(staticCode.value)) return null;
  return (
    <section class="static" aria-label="Mã cố định của sạp">
      <p>Mã cố định: khách tự nhập số tiền. Hãy nghe loa và nhìn số tiền trước khi giao hàng.</p>
      <Qr payload={stall.qr} title="Mã VietQR cố định của sạp" />
    </section>
  );
}

function Change() {
  const change = state.accountChange.value;
  if (!change) return null;
  return (
    <div class="lost" role="alert">
      <p>Có người xin đổi tài khoản nhận tiền của sạp sang …{change.tail} ({change.holder}). Nếu không phải bạn, hãy bấm từ chối.</p>
      <button type="button" class="quiet" onClick={() => openTool('account')}>Xem và từ chối</button>
    </div>
  );
}

function App() {
  const Open = Tools.value;
  const closeTool = () => (tool.value = '');
  if (Open && tool.value === 'customer') return <Open name="customer" close={closeTool} />;
  return (
    <>
      <Head />
      <Lost />
      <Change />
      <Start />
      <p id="heard" role="status" class="unseen">{shown.value?.sentence ?? ''}</p>
      <p id="complaint" class="complaint" role="alert">{state.notice.value}</p>
      <Banner />
      {tool.value && Open ? <Open name={tool.value} close={closeTool} /> : null}
      {state.asked.value ? <Code /> : <Keypad />}
      <Static />
      <Bar />
      <Unclaimed />
      <Receipts />
    </>
  );
}

if (location.search === '?mo') history.replaceState(null, '', '/quay');
const root = document.getElementById('quay');
state.begin(JSON.parse(root.dataset.boot)).then(async () => {
  // Who reloads the customer's screen finds it again.
  if (await recall('customer', false)) await openTool('customer');
  root.textContent = '';
  render(<App />, root);
});
// Behind the page's own files: on a slow line it would take their place.
if ('serviceWorker' in navigator) addEventListener('load', () => navigator.serviceWorker.register('/quay/sw.js', { scope: '/quay' }).catch(() => {}));
