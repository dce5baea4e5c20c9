// Receipts and complaints as a payer sees them, benefits as an office does, stalls as a market does: usable, narrow, without JavaScript too. The last line is
// `N passed, N failed`.
import { closeBrowser, desk, mustBe, mustBeUsable, mustSee, openBrowser, shoot, withPage } from './browser.mjs';
import { ask, baseUrl, choso, credit, demo, eventually, startGateway, stopGateway } from './gateway.mjs';
import { signIn } from './sign_in.mjs';

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

const read = (path) => fetch(`${baseUrl}/api/v1${path}`, { headers: { Authorization: `Bearer ${demo.api_key}` } }).then((answer) => answer.json());

/** A school's payment that has its receipt. */
async function receipt() {
  const request = await ask(350_000, { merchant: demo.school.merchant, stall: undefined, description: 'Tiền ăn bán trú tháng 12', payer: { name: 'Lò Thị Mây' } });
  await credit(request, 350_000);
  return eventually('the receipt', async () => (await read(`/receipts?merchant=${demo.school.merchant}`)).data.find((it) => it.payment_request === request.id));
}

await openBrowser();
await startGateway();

await test('a receipt shows whether it is good, in both tongues, wide and narrow', async () => {
  const { url } = await receipt();
  for (const javaScriptEnabled of [true, false])
    await withPage({ javaScriptEnabled }, async (page) => {
      await page.goto(url);
      await mustSee(page, 'Biên lai này có thật và còn giá trị');
      await mustSee(page, '350.000');
      if (javaScriptEnabled) await mustBeUsable(page, 'a receipt');
      await shoot(page, 'bien-lai-320');
      await page.goto(`${url}?lang=en`);
      await mustSee(page, 'This receipt is real and good');
      await page.setViewportSize(desk);
      if (javaScriptEnabled) await mustBeUsable(page, 'a receipt, wide');
      await shoot(page, 'bien-lai-1280');
    });
});

await test('a receipt is looked for by code and phone, and what is wrong is said', () =>
  withPage({ errorsExpected: true }, async (page) => {
    await page.goto(`${baseUrl}/bien-lai`);
    await mustBeUsable(page, 'the search');
    await shoot(page, 'tim-bien-lai-320');
    await page.getByLabel('Số biên lai').fill('BL-2026-0000001');
    await page.getByLabel('Số điện thoại').fill('không');
    await page.getByRole('button', { name: 'Tìm' }).click();
    await mustSee(page, 'số điện thoại đúng');
    await mustBeUsable(page, 'a search that is refused');
  }));

await test('a complaint is sent from the receipt, seen, and answered at the desk', async () => {
  const { url } = await receipt();
  let own = '';
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url);
    await page.getByRole('link', { name: 'Gửi khiếu nại' }).click();
    await page.getByLabel('Việc cần giải quyết').selectOption({ label: 'Trả hai lần' });
    await page.getByLabel('Chuyện gì đã xảy ra').fill('Tôi đã chuyển hai lần cho cùng một phiếu.');
    await shoot(page, 'khieu-nai-320');
    await page.getByRole('button', { name: 'Gửi' }).click();
    await mustSee(page, 'Đang chờ trả lời');
    own = page.url();
  });
  await withPage({}, async (page) => {
    await page.goto(`${url}/khieu-nai`);
    await mustBeUsable(page, 'the complaint’s form');
    await page.goto(own);
    await mustBeUsable(page, 'a complaint');
  });
  await withPage({}, async (page) => {
    await signIn(page, 'duyet-chi-2', '/khieu-nai');
    await mustSee(page, 'Tôi đã chuyển hai lần');
    await mustBeUsable(page, 'the desk of complaints');
    await shoot(page, 'khieu-nai-ban-320');
    await page.getByLabel('Trả lời').first().fill('Nhà trường đã hoàn lại 350.000 đồng.');
    await page.getByRole('button', { name: 'Gửi trả lời' }).first().click();
    await mustSee(page, 'Không có khiếu nại nào đang chờ');
    await page.goto(own);
    await mustSee(page, 'Nhà trường đã hoàn lại');
  });
});

await test('a benefit list is sent, checked, and waits for another person', () =>
  withPage({ errorsExpected: true }, async (page) => {
    await signIn(page, 'duyet-chi', '/tro-cap');
    await mustSee(page, 'Gửi danh sách');
    await mustBeUsable(page, 'benefits');
    await page.getByLabel('Mã chương trình').fill('NCC');
    await page.getByLabel('Tên chương trình').fill('Người có công');
    await page.getByLabel('Kỳ chi').fill('2026-12');
    const csv = 'Mã,Họ tên,Số tiền,Hình thức,Ngân hàng,Số tài khoản\nP1,Lò Thị Mây,500000,CK,VCB,0011004455667\nP2,Giàng A Páo,600000,TM,,\nP3,,1,CK,VCB,1\n';
    await page.getByLabel('Tệp CSV').setInputFiles({ name: 'thang-12.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Kiểm tra danh sách' }).click();
    await mustSee(page, 'Bạn gửi danh sách này: người khác phải duyệt');
    await mustSee(page, 'Thiếu họ tên: 1 người');
    mustBe(await page.getByRole('button', { name: 'Duyệt và chi' }).count(), 0, 'the maker’s own yes');
    await mustBeUsable(page, 'a benefit list');
    await shoot(page, 'tro-cap-320');
    await page.setViewportSize(desk);
    await mustBeUsable(page, 'a benefit list, wide');
    await shoot(page, 'tro-cap-1280');
  }));

await test('a market’s manager opens a stall on a phone, and a market from a table', () => {
  const [market] = choso('admin', 'market', 'list', '--json').match(/mkt_\w+/);
  choso('admin', 'market', 'manage', '--market', market, '--login', 'van-hanh', '--totals');
  return withPage({ errorsExpected: true }, async (page) => {
    await signIn(page, 'van-hanh', '/ban-quan-ly');
    await mustSee(page, 'Thêm một sạp');
    await mustBeUsable(page, 'a market');
    await shoot(page, 'ban-quan-ly-320');
    await page.getByRole('link', { name: 'Thêm một sạp' }).click();
    await page.getByLabel('Số sạp').fill('Z99');
    await page.getByLabel('Tên sạp').fill('Cô Hoa – rau củ');
    await page.getByLabel('Tên hộ kinh doanh').fill('Hộ Nguyễn Thị Hoa');
    mustBe(await page.getByLabel('Ngân hàng', { exact: true }).inputValue(), '', 'the bank before one is chosen');
    await page.getByLabel('Ngân hàng', { exact: true }).selectOption('970436');
    await page.getByLabel('Số tài khoản').fill('không phải số');
    await page.getByLabel('Tên chủ tài khoản').fill('NGUYEN THI HOA');
    await page.getByRole('button', { name: 'Tạo sạp' }).click();
    await mustSee(page, 'Số tài khoản: gồm 1 đến 19 chữ số');
    await mustBeUsable(page, 'a stall that is refused');
    await shoot(page, 'ban-quan-ly-sap-sai-320');
    mustBe(await page.getByLabel('Tên sạp').inputValue(), 'Cô Hoa – rau củ', 'what was typed');
    await page.getByLabel('Số tài khoản').fill('1016 0399 1267');
    await page.getByRole('button', { name: 'Tạo sạp' }).click();
    await mustSee(page, 'Sạp Z99 đã sẵn sàng');
    await mustBeUsable(page, 'a stall that is ready');
    await shoot(page, 'ban-quan-ly-sap-moi-320');
    const quay = await page.getByRole('link', { name: 'Đường dẫn của sạp' }).getAttribute('href');
    await withPage({}, async (stall) => {
      await stall.goto(quay);
      await mustSee(stall, 'Cô Hoa – rau củ');
    });
    await page.goto(`${baseUrl}/ban-quan-ly`);
    await mustSee(page, 'Z99');
    await page.getByText('Nhập cả chợ từ tệp').first().click();
    await page.getByLabel('hoặc dán bảng vào đây').first().fill('số sạp,tên sạp,hộ kinh doanh,ngân hàng,số tài khoản,chủ tài khoản\nZ01,Cá tươi,Hộ Lò A,VCB,không,LO A\n');
    await page.getByRole('button', { name: 'Nhập' }).first().click();
    await mustSee(page, 'Chưa nhập dòng nào');
    await mustSee(page, 'gồm 1 đến 19 chữ số');
    await mustBeUsable(page, 'a table with an error');
    await page.setViewportSize(desk);
    await mustBeUsable(page, 'a market, wide');
    await shoot(page, 'ban-quan-ly-1280');
  });
});

await closeBrowser();
await stopGateway();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
