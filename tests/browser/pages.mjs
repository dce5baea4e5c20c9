// The stall's page and the payer's page, as people see them. The last line is `N passed, N failed`.
import { closeBrowser, desk, mustBe, mustBeUsable, mustSee, openBrowser, phone, scan, shoot, withPage } from './browser.mjs';
import { advance, ask, baseUrl, cancel, credit, demo, eventually, look, startGateway, stopGateway } from './gateway.mjs';
import { payTests } from './pay.mjs';
import { quayTests } from './quay.mjs';

/** `quay` or `pay`: those tests alone; all without a word. A second word is a pattern that their names must meet. */
const [only, named = ''] = process.argv.slice(2);
const isNamed = new RegExp(named);
let area = 'quay';
let passed = 0;
let failed = 0;
async function test(name, body) {
  if ((only && only !== area) || !isNamed.test(name)) return;
  const began = Date.now();
  try {
    // What hangs has failed, and the others are still told.
    let timer;
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('three minutes are over')), 180_000);
    });
    await Promise.race([body(), limit]).finally(() => clearTimeout(timer));
    passed += 1;
    if (Date.now() - began > 10_000) console.log(`  ${Math.round((Date.now() - began) / 1000)} s: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${String(error.message ?? error).replaceAll('\n', '\n  ')}`);
  }
}

await openBrowser();
await startGateway();

await test('the payer sees the same, with and without JavaScript', async () => {
  for (const javaScriptEnabled of [true, false])
    await withPage({ javaScriptEnabled }, async (page) => {
      const request = await ask(1_151_800, { description: 'rau muống' });
      await page.goto(request.pay_url);
      await mustSee(page, '1.151.800 ₫');
      mustBe(await scan(page, 'pay'), request.qr, 'what a camera reads');
      await credit(request, 1_151_800);
      await mustSee(page, 'Đã nhận đủ 1.151.800 ₫', '#state');
    });
});

await test('the day’s sum counts what is no longer listed', () =>
  withPage({}, async (page) => {
    const { merchant, stall, url } = demo.stalls[2];
    for (let i = 0; i < 52; i += 1) await credit(await ask(1_000, { merchant, stall }), 1_000);
    await page.goto(url);
    await mustSee(page, 'Cộng 52 khoản: 52.000 ₫');
    mustBe(await page.locator('#receipts li').count(), 50, 'receipts listed');
  }));

await test('texts are shown as text', () =>
  withPage({}, async (page) => {
    const text = '<script>alert(1)</script><img src=x onerror=alert(2)>&amp;"\'';
    const request = await ask(5_000, { description: text, return_url: 'https://example.com/"onclick="x' });
    await page.goto(request.pay_url);
    await mustSee(page, text);
    mustBe(await page.locator('img:not(.picture), main script').count(), 0, 'elements made by a description');
  }));

await test('a stall’s page opens for its own link alone', () =>
  withPage({ errorsExpected: true }, async (page, context) => {
    mustBe((await page.goto(`${baseUrl}/quay`)).status(), 401, 'without a link');
    await mustSee(page, 'Chưa mở quầy');
    mustBe((await page.goto(`${baseUrl}/stall/${'0'.repeat(26)}`)).status(), 404, 'a made-up link');
    await mustBeUsable(page, 'not found');
    await page.goto(demo.stall_url);
    const [cookie] = await context.cookies();
    mustBe(`${cookie.httpOnly} ${cookie.sameSite}`, 'true Lax', 'the cookie');
    const [foreign] = demo.stalls.slice(1);
    const headers = { Authorization: `Bearer ${demo.api_key}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'foreign' };
    const made = await fetch(`${baseUrl}/api/v1/payment-requests`, {
      method: 'POST', headers, body: JSON.stringify({ merchant: foreign.merchant, stall: foreign.stall, amount: 1000 }),
    }).then((answer) => answer.json());
    mustBe((await page.goto(`${baseUrl}/quay?request=${made.id}`)).status(), 404, 'another stall’s request');
  }));

await test('the empty form is usable too', () =>
  withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(demo.stall_url);
    await page.goto(`${baseUrl}/quay?new=1`);
    await page.getByLabel('Số tiền').waitFor();
    await shoot(page, 'quay-form-320');
  }));

await quayTests(test);

area = 'pay';
await payTests(test);

await closeBrowser();
await stopGateway();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
