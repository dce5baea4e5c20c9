// The page on which a person plays the payer. The last line is `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import { openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { closeBrowser, desk, mustBe, mustBeUsable, mustSee, openBrowser, phone, shoot, withPage } from './browser.mjs';

const { BANK_BINARY, CHOSO_BINARY, BANK_PORT, BROWSER_FOLDER } = process.env;
const base = `http://127.0.0.1:${BANK_PORT}`;
const account = { bin: '970436', account: '9900000102947', holder: 'NGUYEN THI HOA' };
const qr = (amount) =>
  spawnSync(CHOSO_BINARY, ['qr', 'make', '--bin', account.bin, '--account', account.account, '--amount', String(amount), '--purpose', 'KX12345678MNFH'],
    { encoding: 'utf8' }).stdout.trim();

// A gateway that has one request open: all that the page asks of it.
const open = { id: 'pr_1', status: 'open', amount: 75_000, reference: 'KX12345678MNFH', description: 'rau muống', qr: qr(75_000), pay_url: 'http://127.0.0.1:1/t/secret' };
const gateway = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ data: [open], next: null }));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => gateway.once('listening', resolve));

writeFileSync(`${BROWSER_FOLDER}/setup.json`, JSON.stringify({
  accounts: [{ ...account, opening: 1_000_000 }, { bin: '970422', account: '9900000411788', holder: 'LE ANH TU', opening: 0 }],
  requests: { url: `http://127.0.0.1:${gateway.address().port}/api/v1/payment-requests`, key: 'sk_test' },
}));
const log = openSync(`${BROWSER_FOLDER}/bank.log`, 'a');
const bank = spawn(BANK_BINARY, ['serve', '--data', `${BROWSER_FOLDER}/bank`, '--port', BANK_PORT, '--setup', `${BROWSER_FOLDER}/setup.json`, '--seed', '5'],
  { stdio: ['ignore', log, log] });
for (let tries = 0; tries < 200 && !(await fetch(`${base}/livez`).then((it) => it.ok, () => false)); tries += 1) await pause(50);

let passed = 0;
let failed = 0;
async function test(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${String(error.message ?? error).replaceAll('\n', '\n  ')}`);
  }
}
const balance = async () => (await (await fetch(`${base}/accounts`)).json()).find((it) => it.account === account.account).balance;
const scan = async (page, text) => {
  await page.goto(base);
  await page.getByLabel('Mã VietQR').fill(text);
  await page.getByRole('button', { name: 'Quét mã' }).click();
};

await openBrowser();
for (const javaScriptEnabled of [true, false]) {
  await test(`a pasted code is shown as a bank app shows it, and paid (script: ${javaScriptEnabled})`, () =>
    withPage({ javaScriptEnabled }, async (page) => {
      const before = await balance();
      await scan(page, qr(50_000));
      await mustSee(page, 'NGUYEN THI HOA');
      mustBe(await page.getByLabel('Số tiền').inputValue(), '50.000', 'the amount');
      await page.getByRole('button', { name: 'Chuyển tiền', exact: true }).click();
      await mustSee(page, 'Đã chuyển 50.000 ₫');
      mustBe((await balance()) - before, 50_000, 'the account');
    }));
}
await test('each misdeed has its button', () =>
  withPage({}, async (page) => {
    for (const name of ['Chuyển thiếu', 'Chuyển hai lần', 'Nhầm tài khoản', 'Nội dung bị biến dạng']) {
      await scan(page, qr(40_000));
      await page.getByRole('button', { name }).click();
      await mustSee(page, 'Đã chuyển');
    }
  }));
await test('a request of the gateway can be picked, and its pay link pasted', () =>
  withPage({}, async (page) => {
    await page.goto(base);
    await page.getByRole('link', { name: /75\.000 ₫/ }).click();
    await mustSee(page, 'KX12345678MNFH');
    await scan(page, open.pay_url);
    mustBe(await page.getByLabel('Số tiền').inputValue(), '75.000', 'the amount');
  }));
await test('what no app would pay is refused in words', () =>
  withPage({}, async (page) => {
    await scan(page, 'xin chào');
    await mustSee(page, 'Mã QR không đọc được', '.complaint');
  }));
await test('a movement can be taken back', () =>
  withPage({}, async (page) => {
    const before = await balance();
    await page.goto(base);
    await page.getByRole('button', { name: /Thu hồi giao dịch/ }).last().click();
    await mustSee(page, 'HOAN TRA GD');
    mustBe((await balance()) < before, true, 'the account is less');
  }));
for (const [name, viewport] of [['320', phone], ['1280', desk]]) {
  await test(`the page is usable at ${name}`, () =>
    withPage({ viewport }, async (page) => {
      await scan(page, qr(50_000));
      await mustBeUsable(page, `the bank at ${name}`);
      await shoot(page, `bank-${name}`);
    }));
}
await closeBrowser();
bank.kill('SIGTERM');
gateway.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
