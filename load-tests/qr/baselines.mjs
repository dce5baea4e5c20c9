// What others' libraries do with the same work; started by load_qr, answers with one JSON object.
//   node baselines.mjs speed LIBRARY parse|make|symbol|png SECONDS FILE     FILE: one payload a line
//   node baselines.mjs accuracy LIBRARY FILE                               FILE: the corpus, a JSON object a line
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const libraries = {
  'vietnam-qr-pay': () => {
    const { QRPay } = require('vietnam-qr-pay');
    return {
      read: (text) => {
        const it = new QRPay(text);
        return it.isValid && { bin: it.consumer?.bankBin, account: it.consumer?.bankNumber, amount: it.amount, purpose: it.additionalData?.purpose };
      },
      make: (it) => QRPay.initVietQR({ bankBin: it.bin, bankNumber: it.account, amount: String(it.amount), purpose: it.purpose }).build(),
    };
  },
  'vietqr-ts': () => {
    const { parse, validate, generateVietQR } = require('vietqr-ts');
    return {
      read: (text) => {
        const it = parse(text);
        if (!it.success || !validate(it.data, text).isValid) return false;
        return { bin: it.data.bankCode, account: it.data.accountNumber, amount: it.data.amount, purpose: it.data.purpose ?? it.data.message };
      },
      make: (it) => generateVietQR({ bankBin: it.bin, accountNumber: it.account, serviceCode: 'QRIBFTTA', amount: String(it.amount), purpose: it.purpose }).rawData,
    };
  },
  promptparse: () => {
    const { parse } = require('promptparse');
    return {
      read: (text) => {
        const it = parse(text, true);
        if (!it) return false;
        const payee = it.getTag('38')?.subTags?.find((tag) => tag.id === '01')?.value;
        return { payee, amount: it.getTagValue('54'), purpose: it.getTag('62')?.subTags?.find((tag) => tag.id === '08')?.value };
      },
    };
  },
  emvqr: () => {
    const { decode } = require('emvqr');
    return {
      read: (text) => {
        const it = decode(text);
        return { payee: it['38']?.data?.['01']?.data, amount: it['54']?.data, purpose: it['62']?.data?.['08']?.data };
      },
    };
  },
  'node-qrcode': () => {
    const { create } = require('qrcode');
    const png = require('qrcode/lib/renderer/png.js');
    const { PNG } = require('pngjs');
    return {
      symbol: (text) => create([{ data: Buffer.from(text), mode: 'byte' }], { errorCorrectionLevel: 'M' }),
      png: (text) => PNG.sync.write(png.render(create([{ data: Buffer.from(text), mode: 'byte' }], { errorCorrectionLevel: 'M' }), { scale: 8 })),
    };
  },
};

const [mode, name, ...rest] = process.argv.slice(2);
const library = libraries[name]();
const quietly = (work) => {
  try {
    return work();
  } catch {
    return false;
  }
};

/** Over all of it again and again; the first round warms the machine up and does not count. */
function speed(work, items, seconds) {
  let done = 0;
  const run = (until) => {
    for (done = 0; ; )
      for (const item of items) {
        work(item);
        done += 1;
        if (done % 64 === 0 && performance.now() >= until) return;
      }
  };
  run(performance.now() + Math.min(500, seconds * 300));
  const begin = performance.now();
  run(begin + seconds * 1000);
  return done / ((performance.now() - begin) / 1000);
}

if (mode === 'speed') {
  const [what, seconds, file] = rest;
  const payloads = readFileSync(file, 'utf8').trimEnd().split('\n');
  const work = what === 'parse' ? library.read : library[what];
  const items = what === 'make' ? payloads.map((text, i) => ({ bin: '970436', account: String(1000000000 + i), amount: 1000 + i, purpose: `KX3CM1K61214${i % 90 + 10}` })) : payloads;
  console.log(JSON.stringify({ per_s: speed(work, items, Number(seconds)) }));
} else {
  const rows = readFileSync(rest[0], 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  const out = { valid: 0, invalid: 0, valid_taken: 0, invalid_refused: 0, fields_right: 0, fields_asked: 0 };
  for (const row of rows) {
    const read = quietly(() => library.read(row.payload));
    out[row.valid ? 'valid' : 'invalid'] += 1;
    if (row.valid && read) out.valid_taken += 1;
    if (!row.valid && !read) out.invalid_refused += 1;
    if (!row.valid || !row.expect?.bin) continue;
    out.fields_asked += 1;
    const { bin, account, amount, purpose } = row.expect;
    const payee = read && (read.payee === undefined ? read.bin === bin && read.account === account : read.payee.includes(bin) && read.payee.endsWith(account));
    if (payee && Number(read.amount ?? 0) === Number(amount ?? 0) && (read.purpose ?? '') === (purpose ?? '')) out.fields_right += 1;
  }
  console.log(JSON.stringify(out));
}
