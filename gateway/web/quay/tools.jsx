// What a seller needs now and then; loaded when it is opened for the first time.
import { useEffect, useRef, useState } from 'preact/hooks';
import { dong } from '../shared/words.js';
import { get, post } from './ask.js';
import { Customer } from './customer.jsx';
import * as state from './state.js';
import { Sticker } from './sticker.jsx';

const clock = (text) => new Date(text).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });

/** A sheet that takes the focus when it opens. `told`: what was done here last; its form may be gone by then. */
function Sheet({ title, close, told, children }) {
  const head = useRef(null);
  useEffect(() => head.current.focus(), []);
  return (
    <section class="sheet" aria-label={title}>
      <h2 tabIndex={-1} ref={head}>{title}</h2>
      <p role="status" class={told ? 'verdict yes' : 'verdict'}>{told}</p>
      {children}
      <button type="button" class="quiet" onClick={close}>Đóng</button>
    </section>
  );
}

function Photo({ close }) {
  const [verdict, setVerdict] = useState(null);
  const look = async (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [amount, digits] = ['amount', 'digits'].map((it) => String(form.get(it)).replace(/[^0-9A-Za-z]/g, ''));
    if (!amount && digits.length < 4) return setVerdict({ good: false, words: 'Hãy nhập số tiền, hoặc ít nhất 4 ký tự cuối của mã giao dịch.' });
    try {
      const { found } = await get(`/quay/check?amount=${amount}&digits=${encodeURIComponent(digits)}`);
      if (found.length === 0) return setVerdict({ good: false, words: 'Chưa thấy tiền. Đừng giao hàng vì một tấm ảnh: chờ loa báo.' });
      const [first] = found;
      const back = first.reversed ? ' Nhưng ngân hàng đã thu lại.' : '';
      return setVerdict({ good: !first.reversed, words: `Đã thấy ${dong(first.amount)}, lúc ${clock(first.at)}.${back}${found.length > 1 ? ` Hôm nay có ${found.length} khoản như vậy.` : ''}` });
    } catch (error) {
      return setVerdict({ good: false, words: error.told ?? 'Không có mạng: chưa kiểm tra được.' });
    }
  };
  return (
    <Sheet title="Khách đưa ảnh chuyển khoản" close={close}>
      <form onSubmit={look}>
        <label for="photo-amount">Số tiền trên ảnh</label>
        <input id="photo-amount" name="amount" inputmode="numeric" autocomplete="off" />
        <label for="photo-digits">Hoặc 4–6 ký tự cuối của mã giao dịch</label>
        <input id="photo-digits" name="digits" autocomplete="off" maxlength="24" />
        <button type="submit">Kiểm tra</button>
      </form>
      {verdict ? <p class={`verdict ${verdict.good ? 'yes' : 'no'}`} role="status">{verdict.words}</p> : null}
    </Sheet>
  );
}

/** A form that posts itself: says itself what the server has against it, and tells the sheet (`tell`) what was done. */
function Sent({ path, done, tell, children, words }) {
  const [wrong, setWrong] = useState('');
  const send = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    setWrong('');
    tell('');
    try {
      const answer = await post(path, Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value === 'on' ? true : value])));
      form.reset();
      tell(done(answer));
      await state.refresh();
    } catch (error) {
      setWrong(error.told ?? 'Không có mạng: chưa ghi được.');
    }
  };
  return (
    <form onSubmit={send} autocomplete="off">
      {children}
      <button type="submit">{words}</button>
      <p role="alert" class={wrong ? 'verdict no' : 'verdict'}>{wrong}</p>
    </form>
  );
}

const Pin = ({ name, label }) => (
  <>
    <label for={name}>{label}</label>
    <input id={name} name={name} type="password" inputmode="numeric" pattern="[0-9]{4,8}" required maxlength="8" autocomplete="off" />
  </>
);
const Who = ({ name, label, people }) => (
  <>
    <label for={name}>{label}</label>
    <select id={name} name={name} required>{people.map((it) => <option key={it.id} value={it.id}>{it.name}</option>)}</select>
  </>
);

function Shift({ close }) {
  const [told, tell] = useState('');
  const people = state.members.value;
  const now = state.shift.value;
  const { may } = state.profile.value;
  const others = people.filter((it) => it.id !== now?.member);
  return (
    <Sheet title="Ca bán" close={close} told={told}>
      {now ? <p>{now.name} bán từ {clock(now.started_at)}.</p> : <p>Chưa ai nhận ca. {people.length === 0 ? 'Sạp chưa có người phụ bán.' : ''}</p>}
      {!now && people.length > 0 ? (
        <Sent path="/quay/shift" tell={tell} words="Nhận ca" done={() => 'Đã nhận ca.'}>
          <Who name="member" label="Người bán" people={people} />
          <Pin name="pin" label="Mã PIN của người đó" />
        </Sent>
      ) : null}
      {now && others.length > 0 ? (
        <Sent path="/quay/handover" tell={tell} words="Giao ca" done={(it) => `Đã giao ca: ${it.count} khoản từ ${clock(it.since)}${it.sum === null ? '' : `, ${dong(it.sum)}`}. Mã biên bản ${it.code}.`}>
          <p>Hai người cùng nhập PIN: người giao ký, người nhận xác nhận.</p>
          <Pin name="pin" label={`PIN của ${now.name}`} />
          <Who name="to" label="Giao cho" people={others} />
          <Pin name="to_pin" label="PIN của người nhận" />
        </Sent>
      ) : null}
      {may.totals ? <p><a href="/quay/so-ngay">Chốt ngày và sổ doanh thu</a></p> : null}
      {may.manage ? (
        <details>
          <summary>Thêm người phụ bán</summary>
          <Sent path="/quay/members" tell={tell} words="Thêm" done={(it) => `Đã thêm ${it.name}.`}>
            <label for="member-name">Tên</label>
            <input id="member-name" name="name" required maxlength="60" />
            <Pin name="new_pin" label="Mã PIN riêng (4–8 số)" />
            <label class="check"><input type="checkbox" name="totals" /> Được xem tổng tiền</label>
            {people.length > 0 ? <Pin name="owner_pin" label="PIN của chủ sạp" /> : <p>Người đầu tiên là chủ sạp, xem được tổng tiền.</p>}
          </Sent>
        </details>
      ) : null}
    </Sheet>
  );
}

const DIALECT_NAMES = { north: 'Giọng Bắc', central: 'Giọng Trung', south: 'Giọng Nam' };
function Settings({ close }) {
  return (
    <Sheet title="Cài đặt" close={close}>
      <div role="group" aria-label="Giọng đọc" class="quick">
        {state.dialects.map((it) => (
          <button type="button" key={it} aria-pressed={state.dialect.value === it} onClick={() => state.chooseDialect(it).then(() => state.announce('received', { amount: 25_000 }))}>
            {DIALECT_NAMES[it]}{state.dialect.value === it ? ' ✓' : ''}
          </button>
        ))}
      </div>
      <p>Giọng đọc nằm trong máy, không cần mạng. Nếu không nghe rõ, hãy tăng âm lượng đa phương tiện của điện thoại.</p>
    </Sheet>
  );
}

function Account({ close }) {
  const [told, tell] = useState('');
  const change = state.accountChange.value;
  if (!change) return <Sheet title="Đổi tài khoản nhận tiền" close={close} told={told}><p>Không có yêu cầu nào.</p></Sheet>;
  return (
    <Sheet title="Đổi tài khoản nhận tiền" close={close} told={told}>
      <p>Tài khoản mới: {change.bank} …{change.tail}, {change.holder}. Yêu cầu lúc {clock(change.at)}; sớm nhất có hiệu lực {new Date(change.earliest).toLocaleString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' })}, sau khi người thứ hai duyệt.</p>
      <Sent path="/quay/account-change/reject" tell={tell} words="Không phải tôi: từ chối" done={() => 'Đã từ chối. Tài khoản giữ nguyên.'}>
        <input type="hidden" name="change" value={change.id} />
      </Sent>
    </Sheet>
  );
}

export function Tools({ name, close }) {
  switch (name) {
    case 'customer': return <Customer close={close} />;
    case 'photo': return <Photo close={close} />;
    case 'sticker': return <Sheet title="Kiểm tra mã dán trên quầy" close={close}><Sticker /></Sheet>;
    case 'shift': return <Shift close={close} />;
    case 'account': return <Account close={close} />;
    default: return <Settings close={close} />;
  }
}
