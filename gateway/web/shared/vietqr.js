// The VietQR payload a bank app reads, made without a network; byte for byte what qr/make.cpp makes of the same fields.

const field = (tag, value) => tag + String(value.length).padStart(2, '0') + value;

/** CRC-16/CCITT-FALSE over ASCII, four hexadecimal digits. */
export function crc16(text) {
  let crc = 0xffff;
  for (let i = 0; i < text.length; i += 1) {
    crc ^= text.charCodeAt(i) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** `amount` null: the payer types it. */
export function vietqr({ bin, account, amount = null, purpose = '' }) {
  const consumer = field('00', 'A000000727') + field('01', field('00', bin) + field('01', account)) + field('02', 'QRIBFTTA');
  const body = field('00', '01') + field('01', amount ? '12' : '11') + field('38', consumer) + field('53', '704') +
    (amount ? field('54', String(amount)) : '') + field('58', 'VN') + (purpose ? field('62', field('08', purpose)) : '') + '6304';
  return body + crc16(body);
}

/** The members of a TLV text, one level: {'00': '01', …}; null if it is none, or a tag comes twice. */
export function fields(text) {
  const out = {};
  for (let at = 0; at < text.length; ) {
    const tag = text.slice(at, at + 2);
    const length = text.slice(at + 2, at + 4);
    if (!/^\d\d$/.test(tag) || !/^\d\d$/.test(length) || tag in out) return null;
    const value = text.slice(at + 4, at + 4 + Number(length));
    if (value.length !== Number(length)) return null;
    out[tag] = value;
    at += 4 + Number(length);
  }
  return out;
}

/** What a scanned sticker says, or null if it is no VietQR: {bin, account, amount, purpose}. */
export function readVietqr(text) {
  const body = text.slice(0, -4);
  const all = fields(text);
  if (!all || !body.endsWith('6304') || crc16(body) !== text.slice(-4).toUpperCase() || !all['38']) return null;
  const consumer = fields(all['38']);
  const who = consumer && consumer['00'] === 'A000000727' && consumer['01'] ? fields(consumer['01']) : null;
  if (!who || !who['00'] || !who['01']) return null;
  return { bin: who['00'], account: who['01'], amount: all['54'] ? Number(all['54']) : null, purpose: fields(all['62'] ?? '')?.['08'] ?? '' };
}
