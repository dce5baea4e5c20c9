// What kind of money an event of the stall's stream is, and what is said of it. Held to
// tests/vectors/receipts.json. Pure: no page, no clock.
import { inWords } from './words.js';

/** Below this nobody sells anything: money of a stall that asked for no amount is spoken with an alarm. */
export const SMALL = 1000;
/** …and so is what is less than a twentieth of what the stall usually gets. */
export const SMALL_PART = 20;

/**
 * `event`: a payment.received, payment.reversed or payment.unreferenced as the stream tells it. `usual`: the stall's median
 * receipt, 0 if it has none. Returns its kind; the kinds that begin with an alarm are those a seller must not hand goods over for.
 */
export function kindOf(event, usual = 0) {
  if (event.type === 'payment.reversed') return 'reversed';
  if (event.type === 'payment.unreferenced') return 'unreferenced';
  if (event.status === 'paid_late') return 'late';
  if (event.missing > 0) return 'short';
  if (event.expected && event.amount === event.expected && event.overpaid_by >= event.expected) return 'twice';
  if (event.overpaid_by > 0) return 'over';
  if (event.expected) return 'exact';
  if (event.amount < SMALL || event.amount * SMALL_PART < usual) return 'small';
  return 'received';
}

export const ALARMS = new Set(['short', 'small', 'reversed']);

/** What is said, in words the voice packs have; the alarm before the amount. */
export function sentenceOf(kind, event, dialect = 'north') {
  const words = (amount) => `${inWords(amount, dialect)} đồng`;
  switch (kind) {
    case 'exact': {
      // Of what came in parts, "đủ" is said of the whole.
      return `Đã nhận đủ ${words(event.expected)}`;
    }
    case 'short': return `Cảnh báo. Thiếu tiền. Chỉ nhận ${words(event.amount)}, còn thiếu ${words(event.missing)}`;
    case 'over': return `Đã nhận ${words(event.amount_paid)}. Thừa ${words(event.overpaid_by)}, mời trả lại khách`;
    case 'twice': return `Khách trả hai lần. Thừa ${words(event.overpaid_by)}, mời trả lại khách`;
    case 'late': return `Tiền đến muộn. Đã nhận ${words(event.amount)} sau hạn`;
    case 'reversed': return `Cảnh báo. Ngân hàng thu lại ${words(event.amount)}`;
    case 'small': {
      // Two hundred đồng for two hundred thousand is the oldest trick.
      const warning = event.amount < SMALL ? `, không phải ${inWords(1000, dialect).split(' ')[1]}` : '';
      return `Cảnh báo. Tiền nhỏ. Chỉ nhận ${words(event.amount)}${warning}`;
    }
    case 'unreferenced': return `Có ${words(event.amount)} không rõ của ai`;
    case 'tiny_run': return 'Cảnh báo. Nhiều khoản tiền rất nhỏ liên tiếp';
    default: return `Đã nhận ${words(event.amount)}`;
  }
}

/** How many credits below SMALL within how long are a run that somebody tries something with. */
export const TINY_RUN = 3;
export const TINY_RUN_MS = 10 * 60 * 1000;
