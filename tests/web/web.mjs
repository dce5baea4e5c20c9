// What of the stall's page needs no browser. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const web = path.join(top, 'gateway/web');
const { inWords, dong } = await import(`${web}/shared/words.js`);
const { kindOf, sentenceOf } = await import(`${web}/shared/receipts.js`);
const { crc16, readVietqr, vietqr } = await import(`${web}/shared/vietqr.js`);
const { reader } = await import(`${web}/quay/live.js`);
const { clipsOf } = await import(`${web}/quay/voice.js`);

let passed = 0;
let failed = 0;
async function test(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${error.stack ?? error}`);
  }
}
const same = (actual, expected, what) => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, is ${a}`);
};
const vectors = (name) => JSON.parse(readFileSync(path.join(top, 'tests/vectors', name), 'utf8'));

/** Numbers that look random and are the same each time: mulberry32. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

await test('numbers are said as the shared vectors say', () => {
  for (const [n, north, central, south] of vectors('number_words.json'))
    same([inWords(n, 'north'), inWords(n, 'central'), inWords(n, 'south')], [north, central, south], n);
});

await test('numbers are said as read-vietnamese-number says them, 500,000 times', async () => {
  const { doReadNumber, ReadingConfig } = await import('read-vietnamese-number');
  const config = new ReadingConfig();
  config.unit = [];
  config.oddText = 'linh';
  config.units = [[], ['nghìn'], ['triệu'], ['tỷ']];
  const random = numbers(20_261_128);
  let compared = 0;
  const compare = (n) => {
    const theirs = doReadNumber(String(n), config);
    if (theirs !== inWords(n)) throw new Error(`${n}: “${inWords(n)}”, theirs “${theirs}”`);
    compared += 1;
  };
  for (let n = 0; n < 250_000; n += 1) compare(n);
  for (let i = 0; i < 250_000; i += 1) compare(Math.floor(random() * 10 ** (6 + Math.floor(random() * 9))));
  same(compared, 500_000, 'values compared');
});

await test('each kind of money is told apart and said in its own words', () => {
  for (const { name, event, usual, kind, north, south } of vectors('receipts.json')) {
    same(kindOf(event, usual), kind, name);
    same(sentenceOf(kind, event, 'north'), north, name);
    same(sentenceOf(kind, event, 'south'), south, name);
  }
});

await test('amounts are shown with dots and a unit that never breaks', () => {
  same([0, 999, 1_000, 1_151_800, 499_999_999].map(dong), ['0\u00a0₫', '999\u00a0₫', '1.000\u00a0₫', '1.151.800\u00a0₫', '499.999.999\u00a0₫'], 'amounts');
});

await test('codes are byte for byte those of the server', () => {
  const cases = [
    { bin: '970403', account: '0011012345678' },
    { bin: '970403', account: '0011012345678', amount: 180_000, purpose: 'thanh toan don hang' },
    { bin: '970436', account: '9900000102947', amount: 499_999_999, purpose: 'KXB4FP12XL5MZJ' },
  ];
  for (const { bin, account, amount, purpose } of cases) {
    const made = spawnSync(process.env.CHOSO_BINARY, ['qr', 'make', '--bin', bin, '--account', account, ...(amount ? ['--amount', amount] : []), ...(purpose ? ['--purpose', purpose] : [])], { encoding: 'utf8' });
    same(made.status, 0, made.stderr);
    same(vietqr({ bin, account, amount, purpose }), made.stdout.trim(), account);
    same(readVietqr(made.stdout.trim()), { bin, account, amount: amount ?? null, purpose: purpose ?? '' }, 'read back');
  }
  same(crc16('123456789'), '29B1', 'the check value of CRC-16/CCITT-FALSE');
});

await test('what is no whole VietQR is not read as one', () => {
  const good = vietqr({ bin: '970403', account: '0011012345678', amount: 5_000 });
  for (const bad of ['', 'x', good.slice(0, -1), `${good.slice(0, -4)}0000`, good.replace('970403', '970404'), `${good}${good}`, '0'.repeat(4000), '6304FFFF'])
    same(readVietqr(bad), null, bad.slice(0, 40));
});

await test('the stream is read whatever pieces it comes in', () => {
  const text = 'retry: 1000\nid: a\n\n: beat\n\nid: b\nevent: payment.received\ndata: {"amount":1}\n\n';
  for (let size = 1; size <= text.length; size += 1) {
    const heard = [];
    const take = reader((event) => heard.push(event));
    for (let at = 0; at < text.length; at += size) take(text.slice(at, at + size));
    same(heard.filter((it) => it.data), [{ type: 'payment.received', data: '{"amount":1}', id: 'b' }], `pieces of ${size}`);
    same(heard[0].id, 'a', 'the position without an event');
  }
});

await test('receipts are said one after the other, in order, none left out', async () => {
  globalThis.document = new EventTarget();
  globalThis.CustomEvent ??= class extends Event {
    constructor(type, init) {
      super(type);
      this.detail = init.detail;
    }
  };
  const { queueOf } = await import(`${web}/quay/announce.js`);
  const random = numbers(7);
  const log = [];
  let speaking = 0;
  let most = 0;
  const queue = queueOf({
    rest: () => Promise.resolve(),
    speak: async (item) => {
      speaking += 1;
      most = Math.max(most, speaking);
      await new Promise((resolve) => setTimeout(resolve, random() * 4));
      log.push(item.event.n);
      speaking -= 1;
    },
  });
  for (let n = 1; n <= 60; n += 1) {
    queue.add({ kind: 'exact', sentence: 'x', event: { n: n } });
    if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, random() * 6));
  }
  for (const until = Date.now() + 10_000; log.length < 60 && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 5));
  same(log, Array.from({ length: 60 }, (_, i) => i + 1), 'said');
  same(most, 1, 'said at once, at most');
});

const packs = readdirSync(path.join(process.env.WEB_OUT, 'voice')).filter((it) => /^voice-.*\.json$/.test(it));
await test('every voice pack has every word that can be said', () => {
  same(packs.length, 3, 'packs');
  for (const file of packs) {
    const { dialect, clips, sprite } = JSON.parse(readFileSync(path.join(process.env.WEB_OUT, 'voice', file), 'utf8'));
    const lengths = Object.values(clips);
    for (let i = 1; i < lengths.length; i += 1)
      if (lengths[i][0] < lengths[i - 1][0] + lengths[i - 1][1] + 30) throw new Error(`${dialect}: clips ${i - 1} and ${i} lie too close`);
    if (readFileSync(path.join(process.env.WEB_OUT, 'voice', path.basename(sprite))).length < 20_000) throw new Error(`${sprite} is too short`);
    for (const [n] of vectors('number_words.json')) clipsOf(inWords(n, dialect), clips);
    for (const { event, kind } of vectors('receipts.json')) clipsOf(sentenceOf(kind, event, dialect), clips);
    for (const said of ['Loa đã sẵn sàng', 'Mất kết nối. Hãy kiểm tra ứng dụng ngân hàng', 'Đã nối lại', 'Trong lúc mất mạng đã nhận ba khoản, tổng một trăm đồng',
      'Cảnh báo. Sai mã. Hãy gỡ mã này', 'Đúng mã', sentenceOf('tiny_run', {}, dialect)]) clipsOf(said, clips);
  }
});

await test('the stall’s script is at most 30 kB compressed before lazy parts', () => {
  const manifest = JSON.parse(readFileSync(path.join(process.env.WEB_OUT, 'dist/manifest.json'), 'utf8'));
  const entry = Object.values(manifest).find((it) => it.isEntry && it.name === 'quay');
  const files = new Set();
  const take = (it) => {
    files.add(it.file);
    for (const next of it.imports ?? []) take(manifest[next]);
  };
  take(entry);
  const size = [...files].reduce((sum, it) => sum + gzipSync(readFileSync(path.join(process.env.WEB_OUT, 'dist', it)), { level: 9 }).length, 0);
  console.log(`  quay: ${size} bytes of script, compressed`);
  if (size > 30_000) throw new Error(`${size} bytes`);
});

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
