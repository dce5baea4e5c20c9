// A shopper's story: search without accents, a cart of two sellers, one VietQR, paid at the bank simulator, two orders, a parcel that
// comes back, a refund that is seen, and both sides' money. With JavaScript and without it; the seller's and the moderator's pages.
// The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { closeBrowser, desk, mustBe, mustBeUsable, mustSee, openBrowser, scan, shoot, withPage } from './browser.mjs';
import { tellLargestPaint } from './paint.mjs';
import { baseUrl, choso, demo, eventually, folder, startGateway, stopGateway } from './gateway.mjs';
import { signIn } from './sign_in.mjs';

// An order's page comes anew by itself when its state changes, which ends a visit that has just begun: then once more.
const go = (page, url) =>
  eventually(`the page ${url}`, () =>
    page.goto(url).then(() => true, (error) => {
      if (!/ERR_ABORTED|interrupted by another navigation/.test(String(error))) throw error;
      return false;
    }));

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
const keyed = async (path) => (await fetch(`${baseUrl}/api/v1${path}`, { headers: { Authorization: `Bearer ${demo.api_key}` } })).json();
const account = demo.marketplace.bank_account;

// --- the bank

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
const bankUrl = `http://127.0.0.1:${await freePort()}`;
let bank;
/** Its notices come twice: at once, and in the file that confirms them. */
async function startBank() {
  const told = (kind, key) => ({ name: kind, kind, url: `${baseUrl}/feeds/${kind}`, auth: 'apikey', key });
  writeFileSync(`${folder}/bank.json`, JSON.stringify({
    accounts: [{ ...account, id: undefined, opening: 0 }],
    subscriptions: [told('sepay', demo.sepay.api_key), told('camt', demo.camt.api_key)],
    payouts: { token: 'browser' },
  }));
  const program = process.env.BANK_BINARY ?? path.join(path.dirname(process.env.CHOSO_BINARY), '../simulator/choso-bank');
  const log = openSync(`${folder}/bank.log`, 'a');
  bank = spawn(program, ['serve', '--data', `${folder}/bank`, '--port', new URL(bankUrl).port, '--setup', `${folder}/bank.json`, '--seed', '7'], { stdio: ['ignore', log, log] });
  await eventually('the bank is there', () => fetch(`${bankUrl}/livez`).then((answer) => answer.ok, () => false));
}
const atTheBank = async (...steps) => {
  const answer = await fetch(`${bankUrl}/script`, { method: 'POST', body: JSON.stringify(steps) });
  if (!answer.ok) throw new Error(await answer.text());
};

// --- who sells and who decides

/** In dong, behind a word of a list of terms. */
const termOf = async (page, term) => Number((await page.locator('dl').filter({ hasText: term }).locator(`dt:has-text("${term}") + dd`).first().innerText()).replace(/[^\d-]/g, ''));

/** The other seller's part is sent by its own key. */
async function deliver(part) {
  const made = JSON.parse(choso('admin', 'key', 'create', '--name', `browser ${part.id}`, '--merchant', part.seller, '--scope', 'orders:read', '--scope', 'orders:write', '--json').split('\n')[0]);
  const call = (path, body) =>
    fetch(`${baseUrl}/api/v1${path}`, { method: 'POST', headers: { Authorization: `Bearer ${made.secret}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const sent = await eventually('the key is known', async () => {
    const answer = await call(`/seller-orders/${part.id}/parcels`, { carrier: 'Bưu điện', tracking: 'VN1' });
    return answer.status === 201 && answer.json();
  });
  mustBe((await call(`/parcels/${sent.parcels[0].id}/deliver`, {})).status, 200, 'delivering');
}

// --- the shopper

async function putInCart(page, words, mine) {
  await page.getByLabel('Tìm sản phẩm').fill(words);
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  await mustSee(page, 'sản phẩm');
  const cards = page.locator('.cards li');
  await (mine ? cards.filter({ hasText: mine }) : cards).first().locator('a').click();
  const seller = await page.locator('.product p a').first().innerText();
  await page.getByRole('button', { name: 'Thêm vào giỏ' }).click();
  await mustSee(page, 'Giỏ hàng');
  return seller;
}

const sellerName = () => keyed('/merchants').then(({ data }) => data.find((it) => it.id === demo.seller).name);

await openBrowser();
await startBank();
process.env.CHOSO_PAYOUTS__URL = bankUrl;
process.env.CHOSO_PAYOUTS__TOKEN = 'browser';
await startGateway();
const own = await sellerName();

for (const javaScriptEnabled of [true, false])
  await test(`a shopper's story ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () =>
    withPage({ javaScriptEnabled, errorsExpected: true }, (page) => withPage({ javaScriptEnabled, errorsExpected: true }, async (desk) => {
      const look = async (name, where = page) => {
        if (javaScriptEnabled) await mustBeUsable(where, name);
        await shoot(where, `cho-${name}-${javaScriptEnabled ? 'js' : 'khong-js'}`);
      };
      // Looking and buying.
      await go(page, `${baseUrl}/cho`);
      await look('trang-dau');
      mustBe(await putInCart(page, 'che tan cuong', own), own, 'the seller of the tea');
      await page.goBack();
      await look('san-pham');
      const second = await putInCart(page, 'mat ong');
      if (second === own) throw new Error(`both of ${second}`);
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
      const orderUrl = page.url();
      const code = (await page.locator('h1').innerText()).match(/KX\w+/)[0];

      // One VietQR, scanned off the page and paid at the bank's own page.
      const qr = await scan(page, 'cho-don');
      if (!qr.includes(code)) throw new Error(`the symbol says ${qr}`);
      await desk.goto(bankUrl);
      await desk.getByLabel('Mã VietQR').fill(qr);
      await desk.getByRole('button', { name: 'Quét mã' }).click();
      await desk.getByRole('button', { name: 'Chuyển tiền', exact: true }).click();
      await mustSee(desk, 'Đã chuyển');
      // Live with a script; by itself every few seconds without one.
      await mustSee(page, 'Đã nhận đủ');
      await look('don-da-tra');
      mustBe(await page.locator('section.part').count(), 2, 'one order a seller');
      await atTheBank({ do: 'files' });

      // The one seller sends on its pages, the other by its key.
      await signIn(desk, 'nguoi-ban', '/ban');
      await mustSee(desk, 'Đơn hàng');
      await look('ban', desk);
      const dueBefore = await termOf(desk, 'Được trả trong đợt tới');
      await desk.getByRole('link', { name: new RegExp(code) }).click();
      await desk.getByLabel('Nơi vận chuyển').fill('Bưu điện Thái Nguyên');
      await desk.getByLabel('Mã vận đơn').fill('VN0001');
      await look('ban-don', desk);
      await desk.getByRole('button', { name: 'Đã gửi hàng' }).click();
      await desk.getByRole('button', { name: 'Khách đã nhận kiện này' }).click();
      const mySale = await termOf(desk, 'Bạn nhận');
      const { data: merchants } = await keyed('/merchants');
      const ordersOf = async ({ id }) => (id === demo.seller ? [] : (await keyed(`/seller-orders?merchant=${id}`)).data);
      const other = (await Promise.all(merchants.map(ordersOf))).flat().find((it) => it.code === code);
      await deliver(other);

      // A parcel comes back, and the money for it.
      await go(page, orderUrl);
      await mustSee(page, 'Đã giao hàng');
      const mine = page.locator('section.part').filter({ hasText: own });
      await mine.locator('summary').filter({ hasText: 'Trả hàng' }).click();
      await mine.getByLabel('Trả bao nhiêu').fill('1');
      await mine.getByLabel('Lý do').fill('Ẩm');
      await mine.getByRole('button', { name: 'Gửi yêu cầu trả hàng' }).click();
      await mustSee(page, 'chờ người bán nhận lại hàng');
      await desk.reload();
      await look('ban-tra-hang', desk);
      await desk.getByRole('button', { name: 'Đã nhận lại hàng, còn bán được' }).click();
      await mustSee(desk, 'tiền hoàn cho khách chờ duyệt');
      await go(page, orderUrl);
      await mustSee(page, 'hàng trả lại · chờ duyệt');
      mustBe(await page.getByLabel('Ngân hàng', { exact: true }).inputValue(), '', 'the bank before one is chosen');
      await page.getByLabel('Ngân hàng', { exact: true }).selectOption('970415');
      await page.getByLabel('Số tài khoản', { exact: true }).fill('9900000411788');
      await page.getByLabel('Chủ tài khoản').fill('NGUYEN THI MUA');
      await look('hoan-tien');
      await page.getByRole('button', { name: 'Gửi tài khoản nhận tiền' }).click();
      await withPage({ javaScriptEnabled }, async (approver) => {
        await signIn(approver, javaScriptEnabled ? 'duyet-chi' : 'duyet-chi-2', '/duyet');
        await approver.getByRole('button', { name: /^Duyệt Hoàn tiền/ }).first().click();
        await mustSee(approver, 'Không có gì chờ duyệt');
      });
      await eventually('the refund is seen', async () => {
        await go(page, orderUrl);
        return (await page.locator('main').innerText()).includes('hàng trả lại · đã hoàn');
      });
      await look('da-hoan');

      // Nothing of this sale is left with the seller; what page, interface and ledger say is one.
      await desk.goto(`${baseUrl}/ban`);
      const due = await termOf(desk, 'Được trả trong đợt tới');
      mustBe(due, dueBefore, `the sale of ${mySale} came and went`);
      const [told] = (await keyed(`/due?merchant=${demo.seller}`)).data;
      mustBe(told.confirmed, due, 'the interface');
      await desk.getByRole('link', { name: 'Bảng kê' }).click();
      mustBe(await termOf(desk, 'Cuối kỳ'), due, 'the ledger, on the statement');
      await mustSee(desk, `+${mySale.toLocaleString('de-DE')}`);
      await look('ban-sao-ke', desk);
      const verified = choso('verify');
      if (verified.includes('BROKEN')) throw new Error(verified);
    })));

await test('a seller offers something new, a moderator refuses it with a reason, then lets it in', () =>
  withPage({ errorsExpected: true }, (page) => withPage({ errorsExpected: true }, async (moderator) => {
    await signIn(page, 'nguoi-ban', '/ban/hang');
    await page.getByRole('link', { name: 'Thêm sản phẩm' }).click();
    await page.getByLabel('Tên sản phẩm').fill('Chè nhài hộp gỗ');
    await page.getByLabel('Nhóm hàng').fill('Chè');
    await page.getByLabel('Đơn vị tính').fill('hộp');
    await page.getByLabel('Giá bán').fill('chục nghìn');
    await page.getByRole('button', { name: 'Lưu và gửi duyệt' }).click();
    await mustSee(page, 'Giá phải là số tiền đồng');
    await page.getByLabel('Giá bán').fill('150.000');
    await page.getByLabel('Trong kho').fill('12');
    await mustBeUsable(page, 'the form of a product');
    // Any picture will do; taken while the page rests, for a browser takes none of a page that is being replaced.
    const photo = await shoot(page, 'ban-san-pham-moi-320');
    await page.getByRole('button', { name: 'Lưu và gửi duyệt' }).click();
    await page.getByLabel('Thêm ảnh').setInputFiles({ name: 'che.png', mimeType: 'image/png', buffer: photo });
    await page.getByRole('button', { name: 'Tải ảnh lên' }).click();
    mustBe(await page.locator('.pictures img').count(), 1, 'pictures');
    await shoot(page, 'ban-san-pham-320');
    await signIn(moderator, 'kiem-duyet', '/ban/duyet');
    await mustSee(moderator, 'Chè nhài hộp gỗ');
    await mustBeUsable(moderator, 'moderation');
    await shoot(moderator, 'ban-duyet-320');
    await moderator.getByRole('button', { name: 'Từ chối Chè nhài hộp gỗ' }).click();
    await mustSee(moderator, 'Hãy ghi lý do');
    await moderator.getByLabel('Lý do từ chối “Chè nhài hộp gỗ”').fill('Ảnh không phải của sản phẩm');
    await moderator.getByRole('button', { name: 'Từ chối Chè nhài hộp gỗ' }).click();
    await mustSee(moderator, 'Lý do: Ảnh không phải của sản phẩm');
    await mustSee(moderator, 'Vũ Ngọc Kiểm');
    await page.getByRole('link', { name: 'Sản phẩm' }).click();
    await mustSee(page, 'Lý do: Ảnh không phải của sản phẩm');
    await mustBeUsable(page, 'goods');
    await shoot(page, 'ban-hang-320');
    await page.getByRole('link', { name: 'Chè nhài hộp gỗ' }).click();
    await page.getByLabel('Mô tả').fill('Chè ướp hoa nhài, hộp gỗ 200 g.');
    await page.getByRole('button', { name: 'Lưu và gửi duyệt' }).click();
    await moderator.reload();
    await moderator.getByRole('button', { name: 'Cho bán Chè nhài hộp gỗ' }).click();
    await eventually('shoppers find it', async () => (await get('/api/v1/products?q=che+nhai+hop+go')).data.some((it) => it.name === 'Chè nhài hộp gỗ'));
  })));

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

await test('largest contentful paint on a slow line (told, not judged)', async () => {
  const { data } = await get('/api/v1/products?q=che');
  await tellLargestPaint('shop, first page', `${baseUrl}/cho`);
  await tellLargestPaint('shop, a search', `${baseUrl}/cho/tim?q=che`);
  await tellLargestPaint('shop, a product', `${baseUrl}/cho/sp/${data[0].id}`);
});

await stopGateway();
bank.kill('SIGTERM');
await closeBrowser();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
