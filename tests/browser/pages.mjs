// The stall's page and the payer's page, as people see them. The last line is `N passed, N failed`.
import { closeBrowser, desk, mustBe, mustBeUsable, mustSee, openBrowser, phone, scan, shoot, withPage } from './browser.mjs';
import { advance, ask, baseUrl, cancel, credit, demo, eventually, look, startGateway, stopGateway } from './gateway.mjs';
import { payTests } from './pay.mjs';

/** `quay` or `pay`: those tests alone; all without a word. */
const [only] = process.argv.slice(2);
let area = 'quay';
let passed = 0;
let failed = 0;
async function test(name, body) {
  if (only && only !== area) return;
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${String(error.message ?? error).replaceAll('\n', '\n  ')}`);
  }
}

/** Opens the stall by its link and asks for an amount as a seller types it; returns the request as the API shows it. */
async function askOnPage(page, typed) {
  await page.goto(demo.stall_url);
  mustBe(page.url(), `${baseUrl}/quay`, 'the stall link leads to');
  if ((await page.locator('#amount').count()) === 0) await page.getByRole('link', { name: 'Số tiền khác' }).click();
  await page.getByLabel('Số tiền').fill(typed);
  await page.getByRole('button', { name: 'Tạo mã QR' }).click();
  await page.locator('.qr').waitFor();
  return look(new URL(page.url()).searchParams.get('request'));
}

const mark = (page) => page.evaluate(() => (globalThis.marked = true));
const mustBeTheSamePage = async (page) => mustBe(await page.evaluate(() => globalThis.marked), true, 'the page was loaded anew:');

await openBrowser();
await startGateway();

await test('a stall asks, shows the code, and says live that all has come', () =>
  withPage({}, async (page) => {
    const request = await askOnPage(page, '50.000');
    mustBe(request.amount, 50_000, 'the amount');
    await mustSee(page, '50.000 ₫');
    await mustSee(page, 'Năm mươi nghìn đồng');
    mustBe(await scan(page, 'quay-asked'), request.qr, 'what a camera reads');
    await mark(page);
    await credit(request, 50_000);
    await mustSee(page, 'Đã nhận đủ 50.000 ₫', '#heard');
    await mustSee(page, 'Đã nhận đủ 50.000 ₫', '#state');
    await mustSee(page, 'Đã nhận đủ 50.000 ₫', '#heard.unseen');
    await mustSee(page, '50.000 ₫', '#receipts');
    mustBe(await page.locator('.qr').count(), 0, 'codes left after payment');
    await mustBeTheSamePage(page);
    await shoot(page, 'quay-live-paid');
    // The next customer: the same page asks again without a reload of ours.
    await page.getByLabel('Số tiền').fill('12000');
    await page.getByRole('button', { name: 'Tạo mã QR' }).click();
    await mustSee(page, '12.000 ₫');
  }));

await test('short money is shown as short, and the rest completes it', () =>
  withPage({}, async (page) => {
    const request = await askOnPage(page, '200000');
    await mark(page);
    await credit(request, 200);
    await mustSee(page, 'Đã nhận 200 ₫, còn thiếu 199.800 ₫', '#heard');
    await mustSee(page, 'Đã nhận 200 ₫, còn thiếu 199.800 ₫', '#state');
    await shoot(page, 'quay-live-short');
    mustBe(await scan(page, 'quay-short'), (await look(request.id)).qr, 'the code asks for what is missing:');
    await credit(request, 199_800);
    await mustSee(page, 'Đã nhận đủ 200.000 ₫', '#state');
    await mustBeTheSamePage(page);
  }));

await test('too much is shown as too much', () =>
  withPage({}, async (page) => {
    const request = await askOnPage(page, '30.000');
    await credit(request, 45_000);
    await mustSee(page, 'thừa 15.000 ₫', '#heard');
    await mustSee(page, 'thừa 15.000 ₫', '#state');
    await shoot(page, 'quay-live-over');
  }));

await test('money for another code is not said to be for the one on show', () =>
  withPage({}, async (page) => {
    const earlier = await ask(11_000);
    const shown = await askOnPage(page, '70000');
    await credit(earlier, 11_000);
    await mustSee(page, 'mã khác', '#heard');
    await mustSee(page, 'Chờ thanh toán', '#state');
    await cancel(shown.id);
  }));

await test('without JavaScript the page comes anew by itself', () =>
  withPage({ javaScriptEnabled: false }, async (page) => {
    const request = await askOnPage(page, '40000');
    mustBe(await scan(page, 'quay-no-script'), request.qr, 'what a camera reads');
    await credit(request, 40_000);
    await mustSee(page, 'Đã nhận đủ 40.000 ₫', '#state');
  }));

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

await test('the live page comes back after the gateway was restarted', () =>
  withPage({ errorsExpected: true }, async (page) => {
    const request = await askOnPage(page, '60000');
    await mark(page);
    await stopGateway();
    await startGateway();
    await credit(request, 60_000);
    await mustSee(page, 'Đã nhận đủ 60.000 ₫', '#state');
    await mustBeTheSamePage(page);
  }));

await test('what an amount may not be is said at its field', () =>
  withPage({ errorsExpected: true }, async (page) => {
    await page.goto(demo.stall_url);
    if ((await page.locator('#amount').count()) === 0) await page.getByRole('link', { name: 'Số tiền khác' }).click();
    for (const typed of ['0', '1,5', '-5', 'năm nghìn', '100000000000']) {
      await page.getByLabel('Số tiền').fill(typed);
      await page.getByRole('button', { name: 'Tạo mã QR' }).click();
      await mustSee(page, 'Số tiền phải là số nguyên');
      mustBe(await page.getByLabel('Số tiền').inputValue(), typed, 'what was typed stays:');
    }
    await mustBeUsable(page, 'quay with a complaint');
    await shoot(page, 'quay-complaint');
  }));

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

// Each state, on both pages, narrow and wide, light and dark.
const expiring = await ask(50_000, { expires_in: 60, description: 'hết hạn' });
const states = {
  open: async () => ask(50_000, { description: 'Rau muống, cà chua, một cân khoai lang mật và hai quả bí đỏ' }),
  partially_paid: async () => ask(50_000).then((it) => credit(it, 20_000).then(() => it)),
  paid: async () => ask(99_999_999).then((it) => credit(it, 99_999_999).then(() => it)),
  overpaid: async () => ask(50_000).then((it) => credit(it, 80_000).then(() => it)),
  cancelled: async () => ask(50_000).then((it) => cancel(it.id)),
  too_large_for_a_code: async () => ask(99_999_999_999),
  expired: async () => {
    advance('10m');
    await eventually('it expires', async () => (await look(expiring.id)).status === 'expired');
    return expiring;
  },
};
for (const [state, make] of Object.entries(states))
  await test(`${state}: usable at 320 and 1280, light and dark`, async () => {
    const request = await make();
    for (const [size, viewport] of Object.entries({ 320: phone, 1280: desk }))
      for (const colorScheme of ['light', 'dark'])
        await withPage({ viewport, colorScheme }, async (page) => {
          await page.goto(demo.stall_url);
          await page.goto(`${baseUrl}/quay?request=${request.id}`);
          await mustBeUsable(page, `/quay ${state} at ${size} ${colorScheme}`);
          await shoot(page, `quay-${state}-${size}-${colorScheme}`);
        });
  });

await test('the empty form is usable too', () =>
  withPage({}, async (page) => {
    await page.goto(demo.stall_url);
    await page.goto(`${baseUrl}/quay?new=1`);
    await mustBeUsable(page, 'the form');
    await shoot(page, 'quay-form-320');
  }));

area = 'pay';
await payTests(test);

await closeBrowser();
await stopGateway();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
