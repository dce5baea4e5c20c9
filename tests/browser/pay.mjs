// The payer's page, in each of its states.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { desk, mustBe, mustBeUsable, mustSee, scan, shoot, shots, withPage } from './browser.mjs';
import { ask, baseUrl, credit, demo, look } from './gateway.mjs';
import { tellLargestPaint } from './paint.mjs';
import { makeAllStates, statesMade, statesOfTheEnum, withoutRequests } from './pay_states.mjs';

const narrow = { width: 320, height: 640 };
const phone = { width: 360, height: 640 };
/** 1280 × 1024 at 400 %. */
const zoomed = { width: 320, height: 256 };
const script_bytes_max = 8 * 1024;

const stateOf = (page) => page.locator('#pay').getAttribute('data-state');
const withEnglish = (url) => `${url}?lang=en`;

/** Whether money moved, what happens next, a number to name: said on every page. */
async function mustAnswer(page, name, request) {
  for (const id of ['money', 'next', 'reference'])
    if ((await page.locator(`#${id}`).innerText()).trim() === '') throw new Error(`${name} says nothing in #${id}`);
  if (request.reference && name.indexOf('unavailable') < 0) mustBe((await page.locator('#reference').innerText()).trim(), request.reference, `${name}: the reference`);
  mustBe(await page.locator('h1').count(), 1, `${name}: headings of the first order`);
}

async function lookAtState(state, request) {
  await withPage({ errorsExpected: state === 'unavailable' || state === 'not_found' }, async (page) => {
    for (const language of ['vi', 'en']) {
      await page.goto(language === 'en' ? withEnglish(request.pay_url) : request.pay_url);
      mustBe(await page.locator('html').getAttribute('lang'), language, `${state}: the language`);
      for (const [size, viewport] of Object.entries({ 320: narrow, 360: phone, 1280: desk, zoom400: zoomed })) {
        const name = `pay-${state}-${size}-${language}`;
        await page.setViewportSize(viewport);
        mustBe(await stateOf(page), state, `${name}: the state`);
        await mustBeUsable(page, name);
        await mustAnswer(page, name, request);
        if (size === '320' || size === '1280') await shoot(page, name);
      }
    }
  });
}

async function mustSayTheSameWithoutScript(state, request) {
  const read = async (javaScriptEnabled) => {
    let out = '';
    await withPage({ javaScriptEnabled, errorsExpected: true }, async (page) => {
      await page.goto(request.pay_url);
      mustBe(await stateOf(page), state, 'the state');
      out = await page.locator('#state').innerText();
    });
    return out;
  };
  mustBe(await read(false), await read(true), 'what the state says without JavaScript');
}

export async function payTests(test) {
  await test('each state of the enum is made here, and each that is made is one', () => {
    mustBe([...statesMade].sort().join(' '), statesOfTheEnum().sort().join(' '), 'states');
  });

  let made = {};
  await test('every state can be reached', async () => {
    made = await makeAllStates();
  });

  // What only time changes comes first: it would not wait for the others.
  const states = Object.entries(made).sort(([a], [b]) => (b === 'time_passed') - (a === 'time_passed'));
  for (const [state, request] of states)
    await test(`${state}: at 320, 360, 1280 and 400 %, in both languages; the same without JavaScript`, async () => {
      const both = async () => {
        await lookAtState(state, request);
        await mustSayTheSameWithoutScript(state, request);
      };
      await (state === 'unavailable' ? withoutRequests(both) : both());
    });

  await test('when what was unavailable is back, the page is too', () =>
    withPage({ viewport: phone, errorsExpected: true }, async (page) => {
      await withoutRequests(async () => {
        mustBe((await page.goto(made.paid.pay_url)).status(), 503, 'while nothing can be read');
        mustBe(await stateOf(page), 'unavailable', 'the state');
      });
      await mustSee(page, 'Đã nhận đủ', '#state');
    }));

  for (const state of ['waiting', 'partially_paid', 'reversed'])
    await test(`${state}: camera and picture read the same payload`, async () => {
      const asked = await look(made[state].id);
      await withPage({ viewport: phone }, async (page) => {
        await page.goto(asked.pay_url);
        mustBe(await scan(page, `pay-${state}`), asked.qr, 'what a camera reads off the page');
      });
      const answer = await fetch(`${asked.pay_url}/qr.png`);
      mustBe(`${answer.status} ${answer.headers.get('content-type')}`, '200 image/png', 'the picture');
      const file = `${shots}/pay-${state}-picture.png`;
      const bytes = Buffer.from(await answer.arrayBuffer());
      writeFileSync(file, bytes);
      mustBe(bytes.readUInt32BE(16), 1024, 'its width');
      mustBe((spawnSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8' }).stdout ?? '').trimEnd(), asked.qr, 'what a bank app reads from the gallery');
    });

  await test('where nothing can be paid there is no code and no picture', async () => {
    for (const state of ['paid', 'expired', 'cancelled', 'refund_proposed']) {
      mustBe((await fetch(`${made[state].pay_url}/qr.png`)).status, 404, `the picture of ${state}`);
      await withPage({}, async (page) => {
        await page.goto(made[state].pay_url);
        mustBe(await page.locator('.qr, .ways').count(), 0, `codes on ${state}`);
      });
    }
  });

  await test('the first screen of a phone shows payee, amount, fee and the whole code', () =>
    withPage({ viewport: phone }, async (page) => {
      await page.goto(made.waiting.pay_url);
      for (const part of ['h1', '.mark', '.whom', '.amount', '.words', '.fee', '.qr']) {
        const box = await page.locator(part).boundingBox();
        if (!box || box.y < 0 || box.y + box.height > phone.height)
          throw new Error(`${part} ends at ${box && Math.round(box.y + box.height)} of ${phone.height}`);
      }
      await page.screenshot({ path: `${shots}/pay-first-screen-360x640.png` });
    }));

  await test('for whom is shown masked, and nowhere else', () =>
    withPage({ viewport: phone }, async (page) => {
      const answer = await page.goto(made.waiting.pay_url);
      mustBe(await page.locator('.whom').innerText(), 'Nộp cho: N••• V••• An', 'for whom');
      for (const text of [await answer.text(), JSON.stringify(await look(made.waiting.id))])
        if (text.includes('Nguyễn Văn')) throw new Error('the whole name is told');
    }));

  await test('one payment for several: who gets what', () =>
    withPage({ viewport: narrow }, async (page) => {
      const [first, second, third] = demo.pooled.payees;
      const split = [[first, 50_000], [second, 30_000], [third, 20_000]].map(([merchant, amount]) => ({ merchant, amount }));
      const request = await ask(100_000, { merchant: demo.pooled.merchant, stall: undefined, split });
      await page.goto(request.pay_url);
      mustBe(await page.locator('#shares li').count(), 3, 'lines');
      for (const amount of ['50.000 ₫', '30.000 ₫', '20.000 ₫']) await mustSee(page, amount, '#shares li');
      mustBe(await scan(page, 'pay-split'), request.qr, 'what a camera reads');
      await mustBeUsable(page, 'a split payment');
      await shoot(page, 'pay-split-320-vi');
    }));

  await test('live: the page tells of the money without being loaded anew, short and whole', () =>
    withPage({ viewport: phone }, async (page) => {
      const request = await ask(90_000);
      await page.goto(request.pay_url);
      await page.evaluate(() => (globalThis.marked = true));
      await credit(request, 40_000);
      await mustSee(page, 'Đã nhận 40.000 ₫, còn thiếu 50.000 ₫', '#state');
      await mustSee(page, 'Đã nhận 40.000 ₫, còn thiếu 50.000 ₫', '#told');
      mustBe(await scan(page, 'pay-live-rest'), (await look(request.id)).qr, 'the new code asks for the rest:');
      await credit(request, 50_000);
      await mustSee(page, 'Đã nhận đủ 90.000 ₫', '#state');
      mustBe(await page.evaluate(() => globalThis.marked), true, 'the same page');
      mustBe(await page.title().then((it) => it.startsWith('Đã nhận đủ')), true, 'the title tells too');
    }));

  await test('without JavaScript the page comes anew by itself', () =>
    withPage({ viewport: phone, javaScriptEnabled: false }, async (page) => {
      const request = await ask(70_000);
      await page.goto(request.pay_url);
      mustBe(await stateOf(page), 'waiting', 'the state');
      await credit(request, 70_000);
      await mustSee(page, 'Đã nhận đủ 70.000 ₫', '#state');
    }));

  await test('what a payer’s stream says tells nobody anything', async () => {
    const request = await ask(30_000);
    const abort = new AbortController();
    const answer = await fetch(`${request.pay_url}/stream`, { signal: abort.signal });
    mustBe(`${answer.status} ${answer.headers.get('content-type')}`, '200 text/event-stream', 'the stream');
    const other = await ask(31_000);
    await credit(other, 31_000);
    await credit(request, 30_000);
    let text = '';
    for await (const chunk of answer.body) {
      text += Buffer.from(chunk).toString();
      if (text.includes('event: changed') && text.split('event: changed').length > 2) break;
    }
    abort.abort();
    for (const word of ['30000', '31000', request.id, request.merchant, 'mer_', 'id:'])
      if (text.includes(word)) throw new Error(`the stream says ${word}: ${text}`);
    mustBe((await fetch(`${baseUrl}/t/${'A'.repeat(23)}/stream`)).status, 404, 'of an unknown token');
  });

  await test('keyboard alone: every control is reached, seen, and works', () =>
    withPage({ viewport: desk }, async (page, context) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseUrl });
      const request = made.waiting;
      await page.goto(request.pay_url);
      const reached = [];
      for (let i = 0; i < 30; i += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const it = document.activeElement;
          if (!it || it === document.body) return null;
          const box = it.getBoundingClientRect();
          return { what: it.id || it.dataset.told || it.textContent.trim(), seen: box.width > 0 && getComputedStyle(it).outlineStyle !== 'none', copies: it.dataset.copy };
        });
        if (!focused) break;
        if (!focused.seen) throw new Error(`${focused.what} has the focus and does not show it`);
        reached.push(focused.what);
        if (!focused.copies) continue;
        await page.keyboard.press('Enter');
        await mustSee(page, 'Đã chép', '#told');
        mustBe(await page.evaluate(() => navigator.clipboard.readText()), focused.copies, 'what was copied');
      }
      for (const wanted of ['English', 'picture', 'Đã chép: Số tài khoản', 'Đã chép: Số tiền', 'Đã chép: Nội dung chuyển khoản', 'Đã chép đường dẫn'])
        if (!reached.includes(wanted)) throw new Error(`never reached ${wanted}: ${reached.join(' | ')}`);
    }));

  await test('on a phone the bank apps stand first, the one used last before the others', () =>
    withPage({ viewport: phone, hasTouch: true, isMobile: true }, async (page, context) => {
      await context.route('https://**', (route) => route.abort());
      await page.goto(made.waiting.pay_url);
      const links = page.locator('#apps a');
      mustBe(await links.count(), 5, 'bank apps');
      const href = await links.filter({ hasText: 'MBBank' }).getAttribute('href');
      for (const part of ['app=mb&', `am=${made.waiting.amount}`, `tn=${made.waiting.reference}`])
        if (!href.includes(part)) throw new Error(`${href} lacks ${part}`);
      await page.evaluate(() => localStorage.setItem('app', 'mb'));
      await page.reload();
      mustBe(await page.locator('#apps a').first().innerText(), 'MBBank', 'the first');
      await shoot(page, 'pay-waiting-phone');
    }));

  await test('English by the browser’s own wish, and back', () =>
    withPage({ viewport: phone, locale: 'en-GB' }, async (page) => {
      await page.goto(made.paid.pay_url);
      await mustSee(page, 'Paid in full: 1.151.800 ₫', '#state');
      await page.getByRole('link', { name: 'Tiếng Việt' }).click();
      await mustSee(page, 'Đã nhận đủ 1.151.800 ₫', '#state');
    }));

  await test('no request leaves the house, scripts are small, the policy is strict', () =>
    withPage({ viewport: phone }, async (page) => {
      const asked = [];
      let scripts = 0;
      page.on('request', (request) => asked.push(request.url()));
      page.on('response', async (response) => {
        if (response.request().resourceType() === 'script') scripts += gzipSync(await response.body()).length;
      });
      const answer = await page.goto(made.waiting.pay_url);
      await page.waitForLoadState('networkidle').catch(() => {});
      for (const url of asked) if (!url.startsWith(baseUrl)) throw new Error(`asks ${url}`);
      if (scripts === 0 || scripts > script_bytes_max) throw new Error(`scripts of ${scripts} bytes, gzipped`);
      console.log(`pay page: scripts ${scripts} B gzipped, html ${gzipSync(await answer.body()).length} B gzipped`);
      const policy = answer.headers()['content-security-policy'];
      if (!policy.startsWith("default-src 'self'") || /unsafe|https?:|\*/.test(policy)) throw new Error(policy);
      mustBe(answer.headers()['x-robots-tag'], 'noindex', 'X-Robots-Tag');
      mustBe(answer.headers()['referrer-policy'], 'no-referrer', 'Referrer-Policy');
    }));

  await test('largest contentful paint on a slow line (told, not judged)', async () => {
    await tellLargestPaint('pay page', made.waiting.pay_url);
  });
}
