// What is on the screen, in words: kinds, reasons, ages, money.
const number = new Intl.NumberFormat('vi-VN');
export const dong = (amount) => `${number.format(amount)}\u00a0₫`;

export const KINDS = {
  unreferenced: 'Không rõ nội dung', wrong_account: 'Nhầm tài khoản', duplicate: 'Trùng', overpaid: 'Thừa', paid_late: 'Trễ hạn',
  reversed: 'Ngân hàng thu lại', notice_without_line: 'Sổ có, ngân hàng không', line_without_notice: 'Ngân hàng có, sổ không',
  chain_broken: 'Đứt chuỗi số dư', payout_unknown: 'Lệnh chi chưa rõ', payout_contradicted: 'Lệnh chi mâu thuẫn', payout_returned: 'Lệnh chi bị trả lại',
};
export const STATES = { open: 'Mới', claimed: 'Đang xử lý', proposed: 'Chờ duyệt', done: 'Xong' };
export const ACTIONS = { match: 'Khớp với yêu cầu', assign: 'Ghi cho đơn vị', refund: 'Hoàn tiền', reverse: 'Bút toán đảo', accept: 'Chấp nhận, có giải thích' };
export const REASONS = {
  typo_in_reference: 'Mã ghi sai', payer_told: 'Người nộp xác nhận', same_payer: 'Cùng người nộp', exact_amount: 'Đúng số tiền', stall_known: 'Biết sạp nhận',
  paid_twice: 'Nộp hai lần', not_for_us: 'Không phải của mình', bank_error: 'Lỗi ngân hàng', bank_told: 'Ngân hàng xác nhận', late_accepted: 'Nhận dù trễ',
  kept: 'Giữ lại', rule: 'Theo quy tắc',
};
export const AGES = ['0–1 ngày', '2–3 ngày', '4–7 ngày', '8–30 ngày', 'trên 30 ngày'];

const pad = (n) => String(n).padStart(2, '0');
/** `14:32, 21/11/2026`, in Vietnam whatever the machine's zone. */
export function when(text) {
  const at = new Date(Date.parse(text) + 7 * 3_600_000);
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}, ${pad(at.getUTCDate())}/${pad(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
}

function span(minutes) {
  const n = Math.abs(minutes);
  if (n < 60) return `${n} phút`;
  return n < 2880 ? `${Math.round(n / 60)} giờ` : `${Math.round(n / 1440)} ngày`;
}

/** Why a candidate comes near, as a person would say it. */
export function because(candidate) {
  const said = [];
  const has = (reason) => candidate.reasons.includes(reason);
  if (has('exact_amount')) said.push('đúng số tiền');
  if (has('part_of_amount')) said.push('ít hơn số còn phải nộp');
  if (has('reference_near')) said.push(candidate.wrong_symbols === 0 ? 'đúng mã' : `mã sai ${candidate.wrong_symbols} ký tự`);
  if (has('order_code')) said.push('có mã đơn trong nội dung');
  else if (has('learned_reference')) said.push('có số phiếu như những lần khớp trước');
  said.push(candidate.minutes >= 0 ? `yêu cầu lập trước ${span(candidate.minutes)}` : `yêu cầu lập sau ${span(candidate.minutes)}`);
  return said.join('; ');
}

const PROBLEMS = { 401: 'Phiên đã hết: hãy đăng nhập lại', 503: 'Hệ thống đang bận, hãy thử lại' };
export const complaint = (status, body) => body?.detail ?? PROBLEMS[status] ?? `Chưa làm được (${status})`;
