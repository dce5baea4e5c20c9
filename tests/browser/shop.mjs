// A shopper's story: search without accents, a cart of two sellers, one VietQR, paid, two orders, a parcel that comes back, a
// refund that is seen. With JavaScript and without it. The last line is `N passed, N failed`.
import { closeBrowser, desk, mustBe, mustBeUsable, mustSee, openBrowser, scan, shoot, withPage } from './browser.mjs';
import { baseUrl, choso, credit, demo, eventually, startGateway, stopGateway } from './gateway.mjs';

// An order's page comes anew by itself when its state changes, which ends a visit that has just begun: then once more.
async function go(page, url) {
  try {
    return await page.goto(url);
  } catch (error) {
    if (!String(error).includes('ERR_ABORTED')) throw error;
    return page.goto(url);
  }
}

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

const get = async (path) => (await fetch(`${baseUrl}${path}`)).json();
const account = demo.marketplace.bank_account;

async function putInCart(page, words) {
  await page.getByLabel('Tìm sản phẩm').fill(words);
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  await mustSee(page, 'sản phẩm');
  await page.locator('.cards a').first().click();
  const seller = await page.locator('.product p a').first().innerText();
  await page.getByRole('button', { name: 'Thêm vào giỏ' }).click();
  await mustSee(page, 'Giỏ hàng');
  return seller;
}

/** The seller's own key sends its part, and it arrives. */
async function deliver(part) {
  const made = JSON.parse(choso('admin', 'key', 'create', '--name', `browser ${part.id}`, '--merchant', part.seller, '--scope', 'orders:read', '--scope', 'orders:write', '--json').split('\n')[0]);
  const call = (path, body) =>
    fetch(`${baseUrl}/api/v1${path}`, { method: 'POST', headers: { Authorization: `Bearer ${made.secret}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const sent = await eventually('the key is known', async () => {
    const answer = await call(`/seller-orders/${part.id}/parcels`, { carrier: 'Bưu điện', tracking: 'VN1' });
    return answer.status === 201 && answer.json();
  });
  mustBe((await call(`/parcels/${sent.parcels[0].id}/deliver`, {})).status, 200, 'delivering');
  return call;
}

await openBrowser();
await startGateway();

for (const javaScriptEnabled of [true, false])
  await test(`a shopper's story ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () =>
    withPage({ javaScriptEnabled, errorsExpected: true }, async (page) => {
      const look = async (name) => {
        if (javaScriptEnabled) await mustBeUsable(page, name);
        await shoot(page, `cho-${name}-${javaScriptEnabled ? 'js' : 'khong-js'}`);
      };
      await go(page, `${baseUrl}/cho`);
      await look('trang-dau');
      const first = await putInCart(page, 'che tan cuong');
      const second = await putInCart(page, 'mat ong');
      if (first === second) throw new Error(`both of ${first}`);
      await look('gio');
      await page.getByRole('link', { name: 'Đặt hàng' }).click();
      await page.getByLabel('Tên người nhận').fill('Nguyễn Thị Mua');
      await page.getByLabel('Số điện thoại').fill('12');
      await page.getByLabel('Số nhà').fill('12 phố Chè');
      await page.getByRole('button', { name: 'Đặt hàng' }).click();
      await mustSee(page, 'số điện thoại Việt Nam');
      await page.getByLabel('Số điện thoại').fill(javaScriptEnabled ? '0912345011' : '0912345012');
      await look('dat-hang');
      await page.getByRole('button', { name: 'Đặt hàng' }).click();
      await mustSee(page, 'Chờ chuyển khoản');
      await look('don-cho');
      const code = (await page.locator('h1').innerText()).match(/KX\w+/)[0];
      const qr = javaScriptEnabled ? await scan(page, 'cho-don') : '';
      if (javaScriptEnabled && !qr.includes(code)) throw new Error(`the symbol says ${qr}`);
      const amount = Number((await page.locator('.price').first().innerText()).replace(/\D/g, ''));
      await credit({ reference: code, bank_account: { number: account.account } }, amount);
      // Live with a script; by itself every few seconds without one.
      await mustSee(page, 'Đã nhận đủ');
      await look('don-da-tra');
      mustBe(await page.locator('section.part').count(), 2, 'one order a seller');
    }));

await test('pages of products carry schema.org data, one address, and no wide table', () =>
  withPage({ viewport: desk }, async (page) => {
    const { data } = await get('/api/v1/products?q=che');
    await go(page, `${baseUrl}/cho/sp/${data[0].id}`);
    await mustBeUsable(page, 'a product');
    await shoot(page, 'cho-san-pham-1280');
    const [product, crumbs] = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
    mustBe(product['@type'], 'Product', 'the data');
    mustBe(product.offers.priceCurrency, 'VND', 'the currency');
    mustBe(product.offers.price, String(data[0].price), 'the price');
    mustBe(crumbs['@type'], 'BreadcrumbList', 'the breadcrumbs');
    mustBe(await page.locator('link[rel=canonical]').getAttribute('href'), `${baseUrl}/cho/sp/${data[0].id}`, 'the address');
    mustBe(await page.locator('link[rel=alternate][hreflang]').count(), 3, 'languages');
    await go(page, `${baseUrl}/cho/sp/${data[0].id}?lang=en`);
    mustBe(await page.locator('html').getAttribute('lang'), 'en', 'the language');
  }));

await test('the sitemap names every product once', async () => {
  const index = await (await fetch(`${baseUrl}/sitemap.xml`)).text();
  const parts = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map((it) => it[1].replaceAll('&amp;', '&'));
  const all = [];
  for (const part of parts) all.push(...[...(await (await fetch(part)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map((it) => it[1]));
  mustBe(new Set(all).size, all.length, 'addresses are there once');
  const { total } = await get('/api/v1/products');
  mustBe(all.filter((it) => it.includes('/cho/sp/')).length, total, 'products');
});

await test('a parcel comes back, and the refund is seen with its day', () =>
  withPage({}, async (page) => {
    const { data } = await get('/api/v1/products?q=che');
    const placed = await (await fetch(`${baseUrl}/api/v1/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `b${Date.now()}` },
      body: JSON.stringify({ lines: [{ product: data[0].id, quantity: 2 }], buyer: { name: 'Lê Văn Trả', phone: '0912345003', address: 'thôn 2' } }),
    })).json();
    await credit({ reference: placed.reference, bank_account: { number: account.account } }, placed.amount);
    const call = await deliver(placed.orders[0]);
    await go(page, placed.order_url);
    await mustSee(page, 'Đã giao hàng');
    await page.getByText('Trả hàng').first().click();
    await page.getByLabel('Trả bao nhiêu').fill('1');
    await page.getByLabel('Lý do').fill('Ẩm');
    await page.getByRole('button', { name: 'Gửi yêu cầu trả hàng' }).click();
    await mustSee(page, 'chờ người bán nhận lại hàng');
    const order = await get(`/api/v1/orders/${placed.id}`);
    mustBe((await call(`/returns/${order.orders[0].returns[0].id}/answer`, { received: true, restock: true })).status, 200, 'the seller takes it back');
    await go(page, placed.order_url);
    await mustSee(page, 'hàng trả lại · chờ duyệt');
    await mustBeUsable(page, 'a refund');
    await shoot(page, 'cho-hoan-tien-320');
    const verified = choso('verify');
    if (verified.includes('BROKEN')) throw new Error(verified);
  }));

await stopGateway();
await closeBrowser();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
