// VietQR, against npm's vietnam-qr-pay: what they make we read, what we make they read, field by field.
import { createRequire } from 'node:module';
import { choso, finish, generator, same, test } from './harness.mjs';

const { QRPay } = createRequire(import.meta.url)('vietnam-qr-pay');
const seed = Number(process.env.SEED ?? 20261121);
const count = 1000;
const bins = ['970436', '970415', '970418', '970405', '970422', '970407', '970416', '970432', '970423', '970403', '970437', '970443'];
const digits = '0123456789';
const letters = digits + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const plain = letters + 'abcdefghijklmnopqrstuvwxyz ';

function draw(random) {
  const account = random.text(random.next() < 0.8 ? digits : letters, 1 + random.below(19));
  const purpose = random.text(plain, random.below(26)).trim().replace(/ +/g, ' ');
  return {
    bin: random.pick(bins),
    account,
    service: random.pick(['QRIBFTTA', 'QRIBFTTC']),
    amount: random.next() < 0.7 ? 1 + random.below(10 ** (1 + random.below(8))) : null,
    purpose: purpose === '' ? null : purpose,
  };
}

const fields = (it) => ({ bin: it.bin, account: it.account, service: it.service, amount: it.amount, purpose: it.purpose });

const ofTheirs = (payload) => {
  const read = new QRPay(payload);
  return {
    isValid: read.isValid,
    bin: read.consumer.bankBin,
    account: read.consumer.bankNumber,
    service: read.provider.service,
    amount: read.amount === undefined ? null : Number(read.amount),
    purpose: read.additionalData.purpose ?? null,
  };
};

const random = generator(seed);
const asked = Array.from({ length: count }, () => draw(random));

test(`${count} payloads of theirs are read as they were meant (seed ${seed})`, () => {
  const payloads = asked.map((it) =>
    QRPay.initVietQR({
      bankBin: it.bin,
      bankNumber: it.account,
      amount: it.amount === null ? undefined : String(it.amount),
      purpose: it.purpose ?? undefined,
      service: it.service,
    }).build(),
  );
  const read = choso(['qr', 'parse'], payloads.join('\n') + '\n').trimEnd().split('\n').map((line) => JSON.parse(line));
  same(read.length, count, 'answers');
  read.forEach((answer, i) => {
    same(answer.errors, [], `errors in ${payloads[i]}`);
    same(answer.ok, true, payloads[i]);
    same(answer.kind, 'vietqr', payloads[i]);
    same(fields(answer), fields(asked[i]), payloads[i]);
    same(answer.currency, '704', payloads[i]);
    same(answer.country, 'VN', payloads[i]);
    same(answer.method, asked[i].amount === null ? 'static' : 'dynamic', payloads[i]);
  });
});

test(`${count} payloads of ours are read by theirs as they were meant (seed ${seed})`, () => {
  for (const it of asked) {
    const args = ['qr', 'make', '--bin', it.bin, '--account', it.account, '--service', it.service];
    if (it.amount !== null) args.push('--amount', String(it.amount));
    if (it.purpose !== null) args.push('--purpose', it.purpose);
    const payload = choso(args).trimEnd();
    same(ofTheirs(payload), { isValid: true, ...fields(it) }, payload);
  }
});

test('a payload with one symbol changed is refused by both', () => {
  const payload = QRPay.initVietQR({ bankBin: '970436', bankNumber: '0123456789', amount: '50000', purpose: 'rau muong' }).build();
  const broken = Array.from({ length: payload.length }, (_, at) => {
    const other = payload[at] === '7' ? '3' : '7';
    return payload.slice(0, at) + other + payload.slice(at + 1);
  });
  const read = choso(['qr', 'parse'], broken.join('\n') + '\n').trimEnd().split('\n').map((line) => JSON.parse(line));
  broken.forEach((text, at) => {
    same(read[at].ok, false, `ours took ${text}`);
    same(new QRPay(text).isValid, false, `theirs took ${text}`);
  });
});

finish();
