// The screen turned round: code, amount, name, nothing else; it is left with a PIN only, and a reload comes back to it.
import { useEffect, useState } from 'preact/hooks';
import { dong, inWords } from '../shared/words.js';
import { Qr } from './qr.jsx';
import * as state from './state.js';
import { keep, recall } from './store.js';

const TRIES = 5;
const WAIT_MS = 30_000;

async function hashOf(pin, salt) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt}:${pin}`));
  return [...new Uint8Array(bytes)].map((it) => it.toString(16).padStart(2, '0')).join('');
}

function PinForm({ label, words, onPin, told }) {
  const send = (event) => {
    event.preventDefault();
    onPin(String(new FormData(event.currentTarget).get('pin')));
    event.currentTarget.reset();
  };
  return (
    <form onSubmit={send}>
      <label for="customer-pin">{label}</label>
      <input id="customer-pin" name="pin" type="password" inputmode="numeric" pattern="[0-9]{4,8}" required maxlength="8" autocomplete="off" />
      <button type="submit">{words}</button>
      <p role="alert" class="complaint">{told}</p>
    </form>
  );
}

export function Customer({ close }) {
  const [lock, setLock] = useState(undefined);
  const [leaving, setLeaving] = useState(false);
  const [told, setTold] = useState('');
  useEffect(() => {
    recall('pin', null).then(setLock);
    // The browser's way back leads nowhere while the customer holds the screen.
    history.pushState({ customer: true }, '');
    const stay = () => history.pushState({ customer: true }, '');
    addEventListener('popstate', stay);
    return () => removeEventListener('popstate', stay);
  }, []);
  useEffect(() => {
    if (lock) keep('customer', true);
  }, [lock]);

  if (lock === undefined) return null;
  if (lock === null) {
    const choose = async (pin) => {
      const salt = crypto.randomUUID();
      const made = { salt, hash: await hashOf(pin, salt) };
      await keep('pin', made);
      setLock(made);
    };
    return (
      <section class="sheet" aria-label="Khoá màn hình cho khách">
        <h2>Cho khách xem màn hình</h2>
        <p>Đặt một mã PIN 4–8 số. Khách chỉ thấy mã QR; muốn thoát phải nhập PIN.</p>
        <PinForm label="Mã PIN" words="Đặt mã" onPin={choose} told={told} />
        <button type="button" class="quiet" onClick={close}>Thôi</button>
      </section>
    );
  }

  const leave = async (pin) => {
    const { wrong = 0, until = 0 } = await recall('wrong', {});
    if (Date.now() < until) return setTold('Nhập sai nhiều lần: hãy chờ nửa phút.');
    if ((await hashOf(pin, lock.salt)) !== lock.hash) {
      await keep('wrong', wrong + 1 >= TRIES ? { wrong: 0, until: Date.now() + WAIT_MS } : { wrong: wrong + 1, until: 0 });
      return setTold('PIN không đúng.');
    }
    await keep('wrong', {});
    await keep('customer', false);
    return close();
  };

  const ask = state.asked.value;
  const { account } = state.profile.value;
  const words = ask ? `${inWords(ask.amount)} đồng` : '';
  return (
    <section class="customer" aria-label="Màn hình cho khách">
      <h1>{account.holder}</h1>
      {!ask ? <p>Xin chờ người bán nhập số tiền.</p> : null}
      {ask ? <p class="amount">{dong(ask.amount)}</p> : null}
      {ask ? <p class="words">{words[0].toUpperCase() + words.slice(1)}</p> : null}
      {ask && (ask.state === 'wait' || ask.state === 'part') ? <Qr payload={ask.qr} title="Mã VietQR để chuyển khoản" /> : null}
      {ask?.state === 'done' ? <p class="done">Đã nhận đủ. Cảm ơn quý khách!</p> : null}
      {ask?.state === 'part' ? <p class="part">Đã nhận {dong(ask.paid)}, còn thiếu {dong(ask.amount - ask.paid)}</p> : null}
      <p class="account">{account.bank} · …{account.number.slice(-4)}. Hãy kiểm tra tên người nhận trước khi chuyển.</p>
      {leaving ? <PinForm label="Mã PIN để thoát" words="Thoát" onPin={leave} told={told} />
        : <button type="button" class="quiet" onClick={() => setLeaving(true)}>Người bán</button>}
    </section>
  );
}
