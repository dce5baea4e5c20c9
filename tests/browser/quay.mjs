// The stall's page as a seller uses it: its sound, its alarms, a network that goes, a customer with a picture, a pasted-over code.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { desk, mustBe, mustBeUsable, mustSee, phone, scan, shoot, shots, withPage } from './browser.mjs';
import { advance, ask, baseUrl, choso, credit, demo, eventually, lineToGateway, look, paymentsOf, startGateway, stopGateway, transfer } from './gateway.mjs';

/** Everything the page says, with when, and how long from the event to the sound's place on the clock. */
const listenIn = () => {
  globalThis.said = [];
  document.addEventListener('choso:said', (event) => globalThis.said.push({ ...event.detail, at: performance.now() }));
};
const said = (page) => page.evaluate(() => globalThis.said);
const mustHear = async (page, sentence) => {
  try {
    await eventually(`it says “${sentence}”`, async () => (await said(page)).some((it) => it.sentence === sentence));
  } catch (error) {
    throw new Error(`${error.message}; it said: ${(await said(page)).map((it) => it.sentence).join(' | ')}`);
  }
};

/** The n-th demo stall's page, selling: sound on. Stalls are told apart, so that no story hears another's money. */
async function open(page, stall, { start = true, origin = baseUrl } = {}) {
  await page.addInitScript(listenIn);
  await page.goto(stall.url);
  mustBe(page.url(), `${origin}/quay`, 'the stall link leads to');
  await page.locator('.dots').waitFor();
  await mustSee(page, 'Đang nghe', '.dots');
  if (!start) return;
  await page.getByRole('button', { name: 'Bắt đầu bán' }).click();
  await mustHear(page, 'Loa đã sẵn sàng');
  await page.locator('.banner').waitFor({ state: 'detached' });
}

/** Asks as a seller types it; returns the request as the API shows it, once it knows the amount. */
async function askFor(page, typed, amount) {
  if ((await page.locator('#amount').count()) === 0) await page.getByRole('button', { name: /Số tiền khác|Khách tiếp theo/ }).click();
  await page.locator('#amount').fill(typed);
  await page.getByRole('button', { name: 'Tạo mã QR' }).click();
  await page.locator('#panel .qr').waitFor();
  const id = await page.locator('#panel').getAttribute('data-request');
  return eventually('the server knows the amount', async () => {
    const request = await look(id);
    return request.amount === amount ? request : null;
  });
}
const bannerGone = (page) => page.locator('.banner').waitFor({ state: 'detached' });
const stall = (n) => ({ ...demo.stalls[n], url: n === 0 ? demo.stall_url : demo.stalls[n].url });

/** Each kind of money: how it comes, what is said, the words that stand on the screen. */
const kinds = {
  exact: { sentence: 'Đã nhận đủ năm mươi nghìn đồng', label: 'ĐỦ', make: async (page) => credit(await askFor(page, '50.000', 50_000), 50_000) },
  short: {
    sentence: 'Cảnh báo. Thiếu tiền. Chỉ nhận hai trăm đồng, còn thiếu một trăm chín mươi chín nghìn tám trăm đồng', label: 'THIẾU TIỀN',
    make: async (page) => credit(await askFor(page, '200000', 200_000), 200),
  },
  over: {
    sentence: 'Đã nhận bốn mươi lăm nghìn đồng. Thừa mười lăm nghìn đồng, mời trả lại khách', label: 'THỪA',
    make: async (page) => credit(await askFor(page, '30.000', 30_000), 45_000),
  },
  twice: {
    sentence: 'Khách trả hai lần. Thừa hai mươi nghìn đồng, mời trả lại khách', label: 'TRẢ HAI LẦN',
    make: async (page) => {
      const request = await askFor(page, '20.000', 20_000);
      await credit(request, 20_000);
      await mustHear(page, 'Đã nhận đủ hai mươi nghìn đồng');
      await credit(request, 20_000);
    },
  },
  late: {
    sentence: 'Tiền đến muộn. Đã nhận bốn mươi nghìn đồng sau hạn', label: 'TIỀN ĐẾN MUỘN',
    make: async (page) => {
      const request = await askFor(page, '40000', 40_000);
      advance('16m');
      await credit(request, 40_000);
    },
  },
  reversed: {
    sentence: 'Cảnh báo. Ngân hàng thu lại mười nghìn đồng', label: 'NGÂN HÀNG THU LẠI',
    make: async (page) => {
      const request = await askFor(page, '10.000', 10_000);
      await credit(request, 10_000);
      await mustHear(page, 'Đã nhận đủ mười nghìn đồng');
      const [payment] = await paymentsOf(request);
      choso('admin', 'payment', 'reverse', payment.id, '--reason', 'the bank took it back');
    },
  },
  small: {
    sentence: 'Cảnh báo. Tiền nhỏ. Chỉ nhận hai trăm đồng, không phải nghìn', label: 'TIỀN RẤT NHỎ',
    make: async (page, at) => {
      const { reference } = await page.evaluate(() => JSON.parse(document.getElementById('quay').dataset.boot).stall);
      await transfer({ account: at.bank_account.account, content: `${reference} tien rau`, amount: 200 });
    },
  },
};

export async function quayTests(test) {
  for (const [kind, { sentence, label, make }] of Object.entries(kinds))
    await test(`${kind}: its own words, colour and tone, the alarm before the amount`, () =>
      withPage({}, async (page) => {
        await open(page, stall(0));
        await make(page, stall(0));
        await mustHear(page, sentence);
        await mustSee(page, label, `.banner.${kind}`);
        await mustSee(page, sentence, '#heard');
        await mustBeUsable(page, `the banner of ${kind}`);
        await shoot(page, `quay-kind-${kind}-320`);
        await page.setViewportSize(desk);
        await shoot(page, `quay-kind-${kind}-1280`);
      }));

  await test('a seller types, a camera reads the code, the next customer comes', () =>
    withPage({}, async (page) => {
      await open(page, stall(1));
      const request = await askFor(page, '50.000', 50_000);
      await mustSee(page, 'Năm mươi nghìn đồng');
      mustBe(await scan(page, 'quay-asked'), request.qr, 'what a camera reads');
      await mustBeUsable(page, 'the code');
      await shoot(page, 'quay-code-320');
      await credit(request, 50_000);
      await mustSee(page, 'Đã nhận đủ 50.000 ₫', '#state');
      await mustSee(page, '50.000 ₫', '#receipts');
      await bannerGone(page);
      mustBe(await page.locator('#panel .qr').count(), 0, 'codes left after payment');
      await page.getByRole('button', { name: 'Khách tiếp theo' }).click();
      await page.getByRole('button', { name: '2', exact: true }).click();
      await page.getByRole('button', { name: '000', exact: true }).click();
      await page.getByRole('button', { name: 'Cộng thêm' }).click();
      await page.getByRole('button', { name: '5', exact: true }).click();
      await page.getByRole('button', { name: '000', exact: true }).click();
      await mustSee(page, '7.000', '.sums');
      await mustBeUsable(page, 'the keypad');
      await shoot(page, 'quay-keypad-320');
      await page.setViewportSize(desk);
      await shoot(page, 'quay-keypad-1280');
      await page.getByRole('button', { name: 'Tạo mã QR' }).click();
      await mustSee(page, '7.000 ₫', '#panel');
    }));

  await test('what an amount may not be is said at its field', () =>
    withPage({}, async (page) => {
      await open(page, stall(1), { start: false });
      if ((await page.locator('#amount').count()) === 0) await page.getByRole('button', { name: /Số tiền khác|Khách tiếp theo/ }).click();
      for (const typed of ['1,5', '-5', 'năm nghìn', '999999999999']) {
        await page.locator('#amount').fill(typed);
        await page.getByRole('button', { name: 'Tạo mã QR' }).click();
        await mustSee(page, 'Số tiền phải là số nguyên', '#complaint');
      }
      await mustBeUsable(page, 'a complaint');
    }));

  await test('ten receipts in two seconds: all said, in order, one after the other, each heard at once when it is its turn', () =>
    withPage({}, async (page) => {
      const at = stall(2);
      await open(page, at);
      const requests = [];
      for (let i = 1; i <= 10; i += 1) requests.push(await ask(i * 1_000, { merchant: at.merchant, stall: at.stall }));
      const before = await said(page);
      await Promise.all(requests.map((it) => credit(it, it.amount)));
      await eventually('all ten are said', async () => (await said(page)).length >= before.length + 10).catch(async () => eventually('all ten are said, late', async () => (await said(page)).length >= before.length + 10));
      const ten = (await said(page)).slice(before.length);
      mustBe(ten.length, 10, 'receipts said');
      const numbers = ten.map((it) => it.n);
      mustBe(JSON.stringify(numbers), JSON.stringify(numbers.map((_, i) => numbers[0] + i)), 'in order and without a gap');
      // The first is scheduled as soon as it is heard of; those behind it wait for their turn.
      const measures = await page.evaluate(() => performance.getEntriesByName('choso:heard').map((it) => it.duration));
      if (measures[0] > 300) throw new Error(`the first sound stood on the clock after ${measures[0]} ms`);
    }));

  await test('from event to sound: at most 300 ms, 95 of 100', () =>
    withPage({}, async (page) => {
      const at = stall(3);
      await open(page, at);
      for (let i = 0; i < 20; i += 1) {
        const request = await ask(1_000 + i, { merchant: at.merchant, stall: at.stall });
        const before = (await said(page)).length;
        await credit(request, request.amount);
        await eventually('it is said', async () => (await said(page)).length > before);
        await page.evaluate(() => new Promise((resolve) => {
          const look = () => (document.querySelector('.banner') ? setTimeout(look, 50) : resolve());
          setTimeout(look, 300);
        }));
      }
      const measures = (await page.evaluate(() => performance.getEntriesByName('choso:heard').map((it) => it.duration))).sort((a, b) => a - b);
      const p95 = measures[Math.ceil(measures.length * 0.95) - 1];
      console.log(`  event to sound: median ${measures[Math.floor(measures.length / 2)].toFixed(1)} ms, p95 ${p95.toFixed(1)} ms of ${measures.length}`);
      if (measures.length < 20 || p95 > 300) throw new Error(`p95 ${p95} ms of ${measures.length}`);
    }));

  await test('the network goes and comes back: said so after ten seconds, and what was missed is summed up', () =>
    withPage({ errorsExpected: true }, async (page) => {
      const wire = await lineToGateway();
      const at = { ...stall(4), url: stall(4).url.replace(baseUrl, wire.origin) };
      await open(page, at, { origin: wire.origin });
      const requests = [];
      for (let i = 0; i < 3; i += 1) requests.push(await ask(50_000, { merchant: at.merchant, stall: at.stall }));
      wire.cut();
      await mustSee(page, 'MẤT KẾT NỐI', '.lost');
      await mustHear(page, 'Mất kết nối. Hãy kiểm tra ứng dụng ngân hàng');
      await bannerGone(page);
      await shoot(page, 'quay-lost-320');
      await mustBeUsable(page, 'a lost connection');
      for (const it of requests) await credit(it, 50_000);
      wire.mend();
      await mustHear(page, 'Trong lúc mất mạng đã nhận ba khoản, tổng một trăm năm mươi nghìn đồng');
      await mustSee(page, 'đã nhận 3 khoản, tổng 150.000 ₫', '.missed');
      mustBe((await said(page)).filter((it) => it.kind === 'exact').length, 0, 'missed receipts that were said as if they came now');
      mustBe(await page.locator('#receipts li').count(), 3, 'receipts in the list');
      await bannerGone(page);
      await shoot(page, 'quay-missed-320');
      const next = await ask(10_000, { merchant: at.merchant, stall: at.stall });
      await credit(next, 10_000);
      await mustHear(page, 'Đã nhận đủ mười nghìn đồng');
      wire.close();
    }));

  await test('a start without a network is usable within a second, and its codes become real', () =>
    withPage({ errorsExpected: true }, async (page, context) => {
      const at = stall(5);
      await open(page, at, { start: false });
      await page.evaluate(() => navigator.serviceWorker.ready);
      await mustSee(page, '20 mã chờ', '.dots');
      // The second visit is the one that the service worker keeps.
      await page.goto(`${baseUrl}/quay`);
      await page.locator('.dots').waitFor();
      await eventually('the page is kept', () => page.evaluate(async () => Boolean(await (await caches.open('page')).match('/quay'))));
      await page.close();
      await context.setOffline(true);
      const again = await context.newPage();
      await again.addInitScript(listenIn);
      const began = Date.now();
      await again.goto(`${baseUrl}/quay`);
      await again.locator('.dots').waitFor();
      await again.getByRole('button', { name: 'Tạo mã QR' }).waitFor();
      const took = Date.now() - began;
      console.log(`  offline start: ${took} ms`);
      await again.getByRole('button', { name: 'Mã cố định' }).click();
      await again.locator('.static .qr').waitFor();
      await again.getByRole('button', { name: 'Mã cố định' }).click();
      await again.locator('#amount').fill('35.000');
      await again.getByRole('button', { name: 'Tạo mã QR' }).click();
      await again.locator('#panel .qr').waitFor();
      const read = await scan(again, 'quay-offline');
      const id = await again.locator('#panel').getAttribute('data-request');
      const leased = await look(id);
      mustBe(leased.amount, null, 'the amount the server knows of a lease');
      if (!read.includes(leased.reference)) throw new Error(`the code ${read} does not carry ${leased.reference}`);
      // Money that comes before the server knows what was asked is the request's all the same; half of it here.
      await credit(leased, 20_000);
      await context.setOffline(false);
      await eventually('the lease has its amount', async () => (await look(id)).amount === 35_000);
      mustBe((await look(id)).status, 'partially_paid', 'the status');
      await mustSee(again, 'còn thiếu 15.000 ₫', '#state');
      await credit(leased, 15_000);
      await mustSee(again, 'Đã nhận đủ 35.000 ₫', '#state');
      await again.close();
    }));

  await test('money that names nobody is offered, and becomes the customer’s only when the seller says so', () =>
    withPage({}, async (page) => {
      const at = stall(6);
      await open(page, at);
      const request = await askFor(page, '77.000', 77_000);
      await transfer({ account: at.bank_account.account, content: 'chuyen tien', amount: 12_345 });
      await transfer({ account: at.bank_account.account, content: 'mua che', amount: 77_000 });
      await mustHear(page, 'Có bảy mươi bảy nghìn đồng không rõ của ai');
      await bannerGone(page);
      mustBe((await look(request.id)).status, 'open', 'the request before anybody said so');
      mustBe(await page.locator('.offer').count(), 1, 'offers: only the amount that is still open');
      await mustBeUsable(page, 'an offer');
      await shoot(page, 'quay-offer-320');
      await page.getByRole('button', { name: 'Là khách này' }).click();
      await mustHear(page, 'Đã nhận đủ bảy mươi bảy nghìn đồng');
      mustBe((await look(request.id)).status, 'paid', 'the request');
      await bannerGone(page);
      await page.getByRole('button', { name: 'Khách tiếp theo' }).click();
      await mustSee(page, '12.345 ₫', '.unclaimed');
      await page.getByRole('button', { name: 'Là khách của sạp' }).click();
      await mustHear(page, 'Đã nhận mười hai nghìn ba trăm bốn mươi lăm đồng');
      mustBe(JSON.parse(choso('verify', '--json')).ok, true, 'the whole book');
    }));

  await test('a customer’s photo is checked by amount and by the last signs', () =>
    withPage({}, async (page) => {
      const at = stall(7);
      await open(page, at);
      const request = await askFor(page, '64.000', 64_000);
      await page.getByRole('button', { name: 'Khách đưa ảnh' }).click();
      await page.getByLabel('Số tiền trên ảnh').fill('64.000');
      await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click();
      await mustSee(page, 'Chưa thấy tiền', '.verdict');
      await mustBeUsable(page, 'photo check');
      const { bankReference } = await credit(request, 64_000);
      await mustHear(page, 'Đã nhận đủ sáu mươi tư nghìn đồng');
      await bannerGone(page);
      await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click();
      await mustSee(page, 'Đã thấy 64.000 ₫', '.verdict.yes');
      await page.getByLabel('Số tiền trên ảnh').fill('');
      await page.getByLabel('ký tự cuối').fill(bankReference.slice(-6));
      await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click();
      await mustSee(page, 'Đã thấy 64.000 ₫', '.verdict.yes');
      await page.getByLabel('ký tự cuối').fill('000000');
      await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click();
      await mustSee(page, 'Chưa thấy tiền', '.verdict.no');
      await shoot(page, 'quay-photo-320');
    }));

  await test('a run of tiny credits is told', () =>
    withPage({}, async (page) => {
      const at = stall(8);
      await open(page, at);
      const { reference } = await page.evaluate(() => JSON.parse(document.getElementById('quay').dataset.boot).stall).catch(() => ({}));
      for (let i = 0; i < 3; i += 1) await transfer({ account: at.bank_account.account, content: `${reference} x`, amount: 100 + i });
      await mustHear(page, 'Cảnh báo. Nhiều khoản tiền rất nhỏ liên tiếp');
      await mustSee(page, 'Có thể có người thử loa', '#complaint');
    }));

  await test('the sticker at the counter is read, ours and a pasted-over one', async () => {
    for (const theirs of [false, true])
      await withPage({}, async (page) => {
        const at = stall(9);
        await page.addInitScript(() => {
          navigator.mediaDevices.getUserMedia = async () => {
            const bytes = Uint8Array.from(atob(globalThis.sticker), (it) => it.charCodeAt(0));
            const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
            const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
            const draw = () => {
              const context = canvas.getContext('2d');
              context.fillStyle = '#bbb';
              context.fillRect(0, 0, 640, 480);
              context.drawImage(picture, 120, 40, 400, 400);
              requestAnimationFrame(draw);
            };
            draw();
            return canvas.captureStream();
          };
        });
        await open(page, at);
        const payload = theirs
          ? choso('qr', 'make', '--bin', '970422', '--account', '0987654321').trim()
          : await page.evaluate(() => fetch('/quay/state').then((it) => it.json()).then((it) => it.stall.qr));
        const file = `${shots}/sticker.png`;
        spawnSync(process.env.CHOSO_BINARY, ['qr', 'make', ...partsOf(payload), '--format', 'png', '--out', file]);
        await page.evaluate((bytes) => (globalThis.sticker = bytes), readFileSync(file).toString('base64'));
        await page.getByRole('button', { name: 'Kiểm tra mã dán' }).click();
        await mustSee(page, theirs ? 'SAI MÃ' : 'Đúng mã của sạp', `.verdict.${theirs ? 'no' : 'yes'}`);
        await mustHear(page, theirs ? 'Cảnh báo. Sai mã. Hãy gỡ mã này' : 'Đúng mã');
        await mustSee(page, theirs ? 'SAI MÃ' : 'ĐÚNG MÃ', '.banner');
        await bannerGone(page);
        await mustBeUsable(page, 'sticker check');
        await shoot(page, `quay-sticker-${theirs ? 'theirs' : 'ours'}-320`);
        if (theirs)
          await eventually('the report is kept', () => {
            const asked = spawnSync('psql', ['-qAtX', process.env.CHOSO_DATABASE__URL, '-c', "select count(*) from sticker_report where account = '0987654321'"], { encoding: 'utf8' });
            return asked.stdout.trim() === '1';
          });
      });
  });

  await test('the customer’s screen is left with the PIN only, whatever is tried', () =>
    withPage({}, async (page) => {
      const at = stall(10);
      await open(page, at);
      await askFor(page, '88.000', 88_000);
      await page.getByRole('button', { name: 'Cho khách xem' }).click();
      await page.getByLabel('Mã PIN', { exact: true }).fill('2468');
      await page.getByRole('button', { name: 'Đặt mã' }).click();
      await page.locator('.customer .qr').waitFor();
      await mustSee(page, '88.000 ₫', '.customer');
      mustBe(await page.locator('#receipts, .tools, .keys').count(), 0, 'the seller’s things on the customer’s screen');
      await mustBeUsable(page, 'the customer’s screen');
      await shoot(page, 'quay-customer-320');
      await page.goBack().catch(() => {});
      await page.locator('.customer').waitFor();
      await page.reload();
      await page.locator('.customer').waitFor();
      await page.getByRole('button', { name: 'Người bán' }).click();
      for (const pin of ['0000', '1111']) {
        await page.getByLabel('Mã PIN để thoát').fill(pin);
        await page.getByRole('button', { name: 'Thoát' }).click();
        await mustSee(page, 'PIN không đúng', '.customer .complaint');
      }
      await page.getByLabel('Mã PIN để thoát').fill('2468');
      await page.getByRole('button', { name: 'Thoát' }).click();
      await page.locator('#receipts').waitFor();
    }));

  await test('members, a shift, a signed handover; who may not see sums does not', () =>
    withPage({ errorsExpected: true }, async (page) => {
      const at = stall(11);
      await open(page, at);
      const sold = await askFor(page, '33.000', 33_000);
      await credit(sold, 33_000);
      await mustHear(page, 'Đã nhận đủ ba mươi ba nghìn đồng');
      await bannerGone(page);
      await mustSee(page, 'Cộng 1 khoản: 33.000 ₫', '#receipts');
      await page.getByRole('button', { name: 'Ca bán' }).click();
      for (const [name, pin] of [['Cô Thuỷ', '1357'], ['Em Nam', '2468']]) {
        if (!(await page.locator('details').getAttribute('open').catch(() => null))) await page.getByText('Thêm người phụ bán').click();
        await page.getByLabel('Tên').fill(name);
        await page.getByLabel('Mã PIN riêng').fill(pin);
        if (name === 'Em Nam') await page.getByLabel('PIN của chủ sạp').fill('1357');
        await page.getByRole('button', { name: 'Thêm', exact: true }).click();
        await mustSee(page, `Đã thêm ${name}`, '.sheet');
        if (name === 'Cô Thuỷ') {
          await page.getByLabel('Mã PIN của người đó').fill('9999');
          await page.getByRole('button', { name: 'Nhận ca' }).click();
          await mustSee(page, 'PIN không đúng', '.sheet');
          await page.getByLabel('Mã PIN của người đó').fill('1357');
          await page.getByRole('button', { name: 'Nhận ca' }).click();
          await mustSee(page, 'Cô Thuỷ bán', 'header');
        }
      }
      await mustSee(page, 'Cộng 1 khoản: 33.000 ₫', '#receipts');
      await mustBeUsable(page, 'the shift');
      await shoot(page, 'quay-shift-320');
      await page.getByLabel('PIN của Cô Thuỷ').fill('1357');
      await page.getByLabel('PIN của người nhận').fill('2468');
      await page.getByRole('button', { name: 'Giao ca' }).click();
      await mustSee(page, 'Em Nam bán', 'header');
      mustBe(await page.getByText('Cộng 1 khoản').count(), 0, 'sums shown to who may not see them');
      const refused = await page.goto(`${baseUrl}/quay/so-ngay`);
      mustBe(refused.status(), 403, 'the day’s close for who may not see sums');
      await mustBeUsable(page, 'refused sums');
    }));

  await test('the day is closed: chart, handovers, PDF, XLSX and CSV', () =>
    withPage({}, async (page) => {
      const at = stall(12);
      await open(page, at);
      for (const [typed, amount] of [['15.000', 15_000], ['27.000', 27_000]]) {
        await credit(await askFor(page, typed, amount), amount);
        await mustSee(page, `Đã nhận đủ ${typed} ₫`, '#state');
        await bannerGone(page);
      }
      await page.goto(`${baseUrl}/quay/so-ngay`);
      await mustSee(page, '42.000 ₫');
      await mustSee(page, '2 khoản. Phí dịch vụ: 0 ₫');
      await mustBeUsable(page, 'the day’s close');
      await shoot(page, 'quay-day-320');
      await page.setViewportSize(desk);
      await shoot(page, 'quay-day-1280');
      const files = {};
      for (const name of ['Tệp PDF', 'Sổ doanh thu tháng (XLSX)', 'Sổ doanh thu tháng (CSV)']) {
        const where = await page.getByRole('link', { name }).getAttribute('href');
        const answer = await page.request.get(`${baseUrl}${where}`);
        mustBe(answer.status(), 200, name);
        files[name] = await answer.body();
      }
      mustBe(files['Tệp PDF'].subarray(0, 5).toString(), '%PDF-', 'the PDF');
      mustBe(files['Sổ doanh thu tháng (XLSX)'].subarray(0, 2).toString(), 'PK', 'the XLSX');
      const csv = files['Sổ doanh thu tháng (CSV)'].toString();
      for (const text of ['S1-HKD', '15000', '27000', 'Cộng,,,42000']) if (!csv.includes(text)) throw new Error(`the CSV lacks ${text}: ${csv}`);
    }));

  await test('without JavaScript the page asks and comes anew by itself', () =>
    withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(stall(13).url);
      mustBe(await page.locator('.keys').isVisible(), false, 'keys that cannot work are shown:');
      await page.locator('#amount').fill('40000');
      await page.getByRole('button', { name: 'Tạo mã QR' }).click();
      await page.locator('.qr').waitFor();
      const request = await look(new URL(page.url()).searchParams.get('request'));
      mustBe(await scan(page, 'quay-no-script'), request.qr, 'what a camera reads');
      await credit(request, 40_000);
      await mustSee(page, 'Đã nhận đủ 40.000 ₫', '#state');
      await mustSee(page, 'Cộng 1 khoản: 40.000 ₫', '#receipts');
    }));

  await test('the live page comes back after the gateway was restarted', () =>
    withPage({ errorsExpected: true }, async (page) => {
      const at = stall(14);
      await open(page, at);
      const request = await askFor(page, '60000', 60_000);
      await stopGateway();
      await startGateway();
      await credit(request, 60_000);
      await mustSee(page, 'Đã nhận đủ 60.000 ₫', '#state');
    }));

  await test('dark, light, narrow and wide: usable', async () => {
    for (const [size, viewport] of Object.entries({ 320: phone, 1280: desk }))
      for (const colorScheme of ['light', 'dark'])
        await withPage({ viewport, colorScheme }, async (page) => {
          await open(page, stall(15), { start: false });
          await mustBeUsable(page, `/quay at ${size} ${colorScheme}`);
          await shoot(page, `quay-${size}-${colorScheme}`);
          await page.getByRole('button', { name: 'Cài đặt' }).click();
          await mustBeUsable(page, `settings at ${size} ${colorScheme}`);
        });
  });
}

/** `--bin … --account … [--purpose …]` that make this payload again. */
function partsOf(payload) {
  const read = JSON.parse(spawnSync(process.env.CHOSO_BINARY, ['qr', 'parse'], { input: `${payload}\n`, encoding: 'utf8' }).stdout);
  return ['--bin', read.bin, '--account', read.account, ...(read.purpose ? ['--purpose', read.purpose] : [])];
}
