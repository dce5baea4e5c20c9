// The demo's people, and how one of them signs in: name, password, and a code that is good once.
import { createHmac } from 'node:crypto';
import { mustSee } from './browser.mjs';
import { baseUrl, demo, eventually } from './gateway.mjs';

export const login = (user) => demo.logins.find((it) => it.user === user);

/** RFC 6238, by Node's own crypto: a judge of ours. */
export function totp(secret, step = Math.floor(Date.now() / 30_000)) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', key).update(counter).digest();
  return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const lastStep = {};
/** A code that was not used: each takes a later step than the last, one ahead of the clock at most. */
async function codeOf(user) {
  const step = await eventually('a code that was not used', () => {
    const now = Math.floor(Date.now() / 30_000);
    const next = Math.max((lastStep[user] ?? 0) + 1, now - 1);
    return next <= now + 1 && next;
  });
  lastStep[user] = step;
  return totp(login(user).totp_secret, step);
}

/** `den`: where one wanted to go; none: where this person's work begins. */
export async function signIn(page, user, den) {
  await page.goto(`${baseUrl}/dang-nhap${den ? `?den=${encodeURIComponent(den)}` : ''}`);
  await page.getByLabel('Tên đăng nhập').fill(user);
  await page.getByLabel('Mật khẩu').fill(login(user).password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  if (!login(user).totp_secret) return;
  await mustSee(page, 'Bước xác thực thứ hai');
  await page.getByLabel('Mã 6 số').fill(await codeOf(user));
  await page.getByRole('button', { name: 'Xác nhận' }).click();
}
