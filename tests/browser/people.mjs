// People who sign in, as they see it: second steps, passkeys, forms, without JavaScript too. The last line is `N passed, N failed`.
import { closeBrowser, desk, mustBe, mustBeUsable, mustSee, openBrowser, phone, shoot, withPage } from './browser.mjs';
import { baseUrl, choso, eventually, startGateway, stopGateway } from './gateway.mjs';
import { login, signIn, totp } from './sign_in.mjs';

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

await openBrowser();
await startGateway();

await test('signing in leads where one wanted to go, with and without JavaScript', async () => {
  for (const javaScriptEnabled of [true, false])
    await withPage({ javaScriptEnabled }, async (page, context) => {
      await page.goto(`${baseUrl}/nhat-ky`);
      mustBe(new URL(page.url()).pathname, '/dang-nhap', 'who is not signed in is led to');
      if (javaScriptEnabled) await mustBeUsable(page, 'sign-in');
      await shoot(page, 'dang-nhap-320');
      await signIn(page, 'van-hanh', '/nhat-ky');
      await mustSee(page, 'Nhật ký');
      mustBe(new URL(page.url()).pathname, '/nhat-ky', 'then led to');
      const cookie = (await context.cookies()).find((it) => it.name === 'phien');
      mustBe(`${cookie.httpOnly} ${cookie.sameSite}`, 'true Strict', 'the cookie');
    });
});

await test('a wrong password and a wrong code are said at their form', () =>
  withPage({ errorsExpected: true }, async (page) => {
    await page.goto(`${baseUrl}/dang-nhap`);
    await page.getByLabel('Tên đăng nhập').fill('duyet-chi');
    await page.getByLabel('Mật khẩu').fill('không phải mật khẩu này');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await mustSee(page, 'không đúng');
    await mustBeUsable(page, 'a wrong password');
    await shoot(page, 'dang-nhap-sai-320');
    await page.getByLabel('Mật khẩu').fill(login('duyet-chi').password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByLabel('Mã 6 số').fill('000000');
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    await mustSee(page, 'Mã không đúng');
    await mustBeUsable(page, 'a wrong code');
  }));

await test('an app is set up by its picture, and recovery codes open once', () =>
  withPage({ errorsExpected: true }, async (page) => {
    await signIn(page, 'nguoi-xem');
    await page.getByRole('link', { name: 'Thiết lập ứng dụng tạo mã' }).click();
    await page.getByRole('button', { name: 'Bắt đầu' }).click();
    const secret = (await page.locator('#secret').innerText()).replaceAll(' ', '');
    const { scan } = await import('./browser.mjs');
    const read = await scan(page, 'xac-thuc');
    mustBe(new URL(read).searchParams.get('secret'), secret, 'what a camera reads');
    await mustBeUsable(page, 'the app’s page');
    await shoot(page, 'xac-thuc-320');
    await page.getByLabel('Mã 6 số').fill(totp(secret));
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    await mustSee(page, 'Mã dự phòng');
    const codes = await page.locator('.codes code').allInnerTexts();
    mustBe(new Set(codes).size, 10, 'recovery codes');
    await shoot(page, 'ma-du-phong-320');
    for (const [attempt, expected] of [['first', '/tai-khoan'], ['second', '/dang-nhap/buoc-2']]) {
      await page.context().clearCookies();
      await page.goto(`${baseUrl}/dang-nhap`);
      await page.getByLabel('Tên đăng nhập').fill('nguoi-xem');
      await page.getByLabel('Mật khẩu').fill(login('nguoi-xem').password);
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.getByLabel('Mã 6 số').fill(codes[0]);
      await page.getByRole('button', { name: 'Xác nhận' }).click();
      await eventually(`the ${attempt} use ends on ${expected}`, () => new URL(page.url()).pathname === expected);
    }
  }));

await test('a passkey is added, is the second step, and a copy of an old answer is not', () =>
  withPage({ errorsExpected: true }, async (page, context) => {
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    await signIn(page, 'duyet-chi-2');
    await mustSee(page, 'Tài khoản');
    await page.getByRole('button', { name: 'Thêm khoá hoặc vân tay' }).click();
    await mustSee(page, 'Gỡ khoá này');
    await mustBeUsable(page, 'the account with a passkey');
    await shoot(page, 'tai-khoan-320');
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByLabel('Tên đăng nhập').fill('duyet-chi-2');
    await page.getByLabel('Mật khẩu').fill(login('duyet-chi-2').password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    const sent = page.waitForRequest((request) => request.url().endsWith('/dang-nhap/khoa'));
    await page.getByRole('button', { name: 'Dùng khoá hoặc vân tay' }).click();
    const body = (await sent).postData();
    await mustSee(page, 'Tài khoản');
    const again = await page.evaluate(async (text) => {
      const csrf = document.querySelector('input[name=csrf]').value;
      const answer = await fetch('/dang-nhap/khoa', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: text });
      return answer.status;
    }, body);
    mustBe(again, 401, 'the same answer once more');
  }));

await test('an operator adds somebody, who must change the password first', () =>
  withPage({ errorsExpected: true }, async (page, context) => {
    await signIn(page, 'van-hanh', '/nguoi-dung');
    await mustSee(page, 'Người dùng');
    await page.getByText('Thêm người').click();
    const form = page.locator('form[action="/nguoi-dung"]');
    await form.getByLabel('Tên đăng nhập').fill('moi-vao');
    await form.getByLabel('Họ tên').fill('Người Mới Vào');
    await form.getByLabel('Vai trò').selectOption('viewer');
    await form.getByRole('button', { name: 'Thêm' }).click();
    const password = await page.locator('#password').innerText();
    for (const [size, viewport] of Object.entries({ 320: phone, 1280: desk })) {
      await page.setViewportSize(viewport);
      await page.goto(`${baseUrl}/nguoi-dung`);
      await mustBeUsable(page, `people at ${size}`);
      await shoot(page, `nguoi-dung-${size}`);
      await page.goto(`${baseUrl}/nhat-ky`);
      await mustBeUsable(page, `the trail at ${size}`);
      await shoot(page, `nhat-ky-${size}`);
    }
    await context.clearCookies();
    await page.goto(`${baseUrl}/dang-nhap`);
    await page.getByLabel('Tên đăng nhập').fill('moi-vao');
    await page.getByLabel('Mật khẩu').fill(password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await mustSee(page, 'Đổi mật khẩu');
    await page.getByLabel('Mật khẩu hiện tại').fill(password);
    await page.getByLabel('Mật khẩu mới').fill('matkhau123456789');
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    await mustSee(page, 'dễ bị đoán');
    await mustBeUsable(page, 'a refused password');
    await page.getByLabel('Mật khẩu hiện tại').fill(password);
    await page.getByLabel('Mật khẩu mới').fill('con mèo trèo lên cây cau');
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    await mustSee(page, 'Tài khoản');
  }));

await test('another’s page does not open, and a session ended elsewhere is over', () =>
  withPage({ errorsExpected: true }, async (page) => {
    await signIn(page, 'kiem-duyet');
    mustBe((await page.goto(`${baseUrl}/nguoi-dung`)).status(), 403, 'people, to a moderator');
    await mustBeUsable(page, 'refused');
    choso('admin', 'staff', 'revoke', 'kiem-duyet');
    await page.goto(`${baseUrl}/tai-khoan`);
    mustBe(new URL(page.url()).pathname, '/dang-nhap', 'a revoked person is led to');
  }));

await test('approving money: the page waits for somebody else’s yes', () =>
  withPage({}, async (page) => {
    await signIn(page, 'duyet-chi', '/duyet');
    await mustSee(page, 'Duyệt chi');
    await mustBeUsable(page, 'approvals');
    await shoot(page, 'duyet-320');
  }));

await closeBrowser();
await stopGateway();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
