// vietqr.io's own client (npm vietqr 1.1.9, unmodified but for its apiUrl) and plain requests as pages embed them, against our
// routes; what is drawn is read back by zbar.
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { baseUrl, demo, folder, startGateway, stopGateway } from '../browser/gateway.mjs';
import { choso, finish, same, test } from './harness.mjs';

const { VietQR } = createRequire(import.meta.url)('vietqr');
const client = new VietQR({ clientID: 'any', apiKey: 'any' });
client.apiUrl = baseUrl;

/** The text of each QR in a picture. */
function scanned(bytes, name) {
  const file = `${folder}/${name}`;
  writeFileSync(file, bytes);
  let picture = file;
  if (name.endsWith('.svg')) {
    picture = `${file}.png`;
    const drawn = spawnSync('rsvg-convert', ['-o', picture, file]);
    if (drawn.status !== 0) throw new Error(`rsvg-convert: ${drawn.stderr}`);
  }
  const read = spawnSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', picture], { encoding: 'utf8' });
  return read.stdout.trimEnd();
}
const parsed = (payload) => JSON.parse(choso(['qr', 'parse'], `${payload}\n`));
async function picture(path, headers = {}) {
  const answer = await fetch(baseUrl + path, { headers });
  return { status: answer.status, type: answer.headers.get('content-type'), headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
const said = (it) => JSON.parse(it.bytes.toString());
const words = (svg) => svg.bytes.toString();

const account = demo.bank_account;
const known = '00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy Vac Xin63043ACF';

/** Like test(), for what waits. */
async function testing(name, body) {
  let failure;
  await body().catch((error) => (failure = error));
  test(name, () => {
    if (failure) throw failure;
  });
}

await startGateway();
try {
  await testing('vietqr: getBanks answers the list in its shape', async () => {
    const read = await client.getBanks();
    same(read.code, '00', 'code');
    same(read.desc, `Get Bank list successful! Total ${read.data.length} banks`, 'desc');
    const icb = read.data.find((bank) => bank.bin === '970415');
    same(icb, { id: 17, name: 'Ngân hàng TMCP Công thương Việt Nam', code: 'ICB', bin: '970415', shortName: 'VietinBank', logo: `${baseUrl}/img/970415.png`,
      transferSupported: 1, lookupSupported: 1, short_name: 'VietinBank', support: 3, isTransfer: 1, swift_code: 'ICBVVNVX' }, 'a bank');
    const logo = await picture('/img/970415.png');
    same([logo.status, logo.type], [200, 'image/png'], 'its name as a picture');
  });

  await testing('vietqr: getTemplate answers templates whose demos are there', async () => {
    const read = await client.getTemplate();
    same([read.code, read.desc], ['00', 'success'], 'code');
    same(read.data.map((it) => it.template), ['qr_only', 'compact', 'compact2', 'print'], 'templates');
    for (const it of read.data) same(scanned((await picture(it.demo.slice(baseUrl.length))).bytes, `${it.template}.png`), known, it.demo);
  });

  await testing('vietqr: genQRCodeBase64 answers payload and picture', async () => {
    for (const call of ['genQRCodeBase64', 'genQRCodeBase64V1']) {
      const { data } = await client[call]({ bank: '970415', accountName: 'QUY VAC XIN', accountNumber: '113366668888', amount: '79000', memo: 'Ung Ho Quy Vac Xin', template: 'compact', format: 'compact' });
      same([data.code, data.desc], ['00', 'Gen VietQR successful!'], 'code');
      same(data.data.acqId, 970415, 'acqId');
      same(data.data.qrCode, known, 'qrCode');
      const [head, body] = data.data.qrDataURL.split(',');
      same(head, 'data:image/png;base64', 'qrDataURL');
      same(scanned(Buffer.from(body, 'base64'), 'generated.png'), known, 'the picture');
    }
  });

  await testing('vietqr: genQuickLink names a picture that is there, as PNG and JPEG', async () => {
    for (const media of ['.png', '.jpg']) {
      const link = client.genQuickLink({ bank: '970415', accountName: 'QUY VAC XIN', accountNumber: '113366668888', amount: '79000', memo: 'Ung Ho Quy Vac Xin', template: 'compact2', media });
      const drawn = await picture(link.slice(baseUrl.length));
      same([drawn.status, drawn.type], [200, media === '.jpg' ? 'image/jpeg' : 'image/png'], link);
      same(scanned(drawn.bytes, `link${media}`), known, link);
    }
    const bare = client.genQuickLink({ bank: 'icb', accountNumber: '113366668888' });
    same(parsed(scanned((await picture(bare.slice(baseUrl.length))).bytes, 'bare.png')).amount, null, bare);
  });

  await testing('Quick Link: each template and format is read back', async () => {
    for (const bank of ['970415', 'ICB', 'vietinbank'])
      for (const [template, size] of Object.entries({ qr_only: [480, 480], compact: [540, 540], compact2: [540, 640], print: [600, 776] }))
        for (const format of ['png', 'jpg', 'svg']) {
          const drawn = await picture(`/image/${bank}-113366668888-${template}.${format}?amount=79000&addInfo=Ung+Ho+Quy%20Vac+Xin&accountName=x`);
          same(drawn.status, 200, template);
          same(scanned(drawn.bytes, `${bank}-${template}.${format}`), known, `${template}.${format}`);
          if (format === 'png') same([drawn.bytes.readUInt32BE(16), drawn.bytes.readUInt32BE(20)], size, `size of ${template}`);
        }
  });

  await testing('a registered account is drawn with its holder, whatever the caller says', async () => {
    const drawn = await picture(`/image/${account.bin}-${account.account}-compact2.svg?accountName=KE+GIAN`);
    if (!words(drawn).includes(account.holder)) throw new Error(`no ${account.holder} in ${words(drawn).slice(-900)}`);
    if (words(drawn).includes('KE GIAN') || words(drawn).includes('chưa đăng ký')) throw new Error(words(drawn).slice(-900));
  });

  await testing('any other account bears a warning, unless a key asks', async () => {
    const path = '/image/970415-113366668888-compact2.svg?accountName=QUY+VAC+XIN';
    for (const headers of [{}, { 'x-api-key': 'sk_test_unknown' }, { Authorization: 'Bearer nonsense' }]) {
      const drawn = await picture(path, headers);
      if (!words(drawn).includes('Tài khoản chưa đăng ký với Chợ Số') || words(drawn).includes('QUY VAC XIN')) throw new Error(words(drawn).slice(-900));
    }
    for (const template of ['qr_only', 'compact', 'print'])
      if (!words(await picture(`/image/970415-113366668888-${template}.svg`)).includes('Tài khoản chưa đăng ký với Chợ Số')) throw new Error(template);
    for (const headers of [{ 'x-client-id': 'any', 'x-api-key': demo.api_key }, { Authorization: `Bearer ${demo.api_key}` }]) {
      const drawn = await picture(path, headers);
      if (words(drawn).includes('chưa đăng ký') || !words(drawn).includes('QUY VAC XIN')) throw new Error(words(drawn).slice(-900));
      same(drawn.headers.get('cache-control'), 'private, max-age=3600', 'what a key makes us believe is private');
    }
  });

  await testing('a picture is asked for again by its tag', async () => {
    const path = '/image/970415-113366668888-compact.png';
    const first = await picture(path);
    same(first.headers.get('cache-control'), 'public, max-age=3600', 'Cache-Control');
    const again = await picture(path, { 'If-None-Match': `"other", ${first.headers.get('etag')}` });
    same([again.status, again.bytes.length, again.headers.get('etag')], [304, 0, first.headers.get('etag')], 'unchanged');
    const changed = await picture(`${path}?amount=1000`, { 'If-None-Match': first.headers.get('etag') });
    same(changed.status, 200, 'another picture has another tag');
  });

  await testing('SePay: /img', async () => {
    for (const template of ['', 'compact', 'qronly']) {
      const drawn = await picture(`/img?acc=113366668888&bank=VietinBank&amount=79000&des=Ung+Ho+Quy+Vac+Xin&template=${template}`);
      same([drawn.status, drawn.type], [200, 'image/png'], template);
      same(scanned(drawn.bytes, `sepay${template}.png`), known, template);
    }
    const saved = await picture('/img?acc=113366668888&bank=VietinBank&download=true');
    same(saved.headers.get('content-disposition'), 'attachment; filename="vietqr.png"', 'download');
  });

  await testing('what no bank takes is refused by field', async () => {
    for (const [path, param] of [
      ['/image/970499-1-compact.png', 'BANK_ID'],
      ['/image/970415-12%C4%90-compact.png', 'ACCOUNT_NO'],
      ['/image/970415-12345678901234567890-compact.png', 'ACCOUNT_NO'],
      ['/image/970415-1-compact.png?amount=-5', 'amount'],
      ['/image/970415-1-compact.png?amount=10.5', 'amount'],
      ['/image/970415-1-compact.png?amount=500000000', 'amount'],
      ['/image/970415-1-compact.png?addInfo=abcdefghijklmnopqrstuvwxyz', 'addInfo'],
      ['/img?acc=1&bank=lehman', 'bank'],
      ['/img?bank=VCB', 'acc'],
    ]) {
      const answer = await picture(path);
      same([answer.status, said(answer).param], [400, param], path);
    }
    for (const path of ['/image/x.png', '/image/970415-1.png', '/image/970415-1-compact.gif', '/khong/co/gi/o/day', '/970415/1/2/3/compact.gif'])
      same((await picture(path)).status, 404, path);
  });

  await testing('generate refuses in its own shape', async () => {
    const post = async (body) => {
      const answer = await fetch(`${baseUrl}/v2/generate`, { method: 'POST', body });
      return [answer.status, await answer.json()];
    };
    for (const [body, code, field] of [['{}', '01', 'acqId'], ['{"acqId":970415}', '01', 'accountNo'], ['nonsense', '01', undefined], ['[]', '01', undefined],
      ['{"acqId":"970499","accountNo":"1"}', '02', 'acqId'], ['{"acqId":970415,"accountNo":"1","amount":10.5}', '02', 'amount'],
      ['{"acqId":970415,"accountNo":"1","addInfo":"abcdefghijklmnopqrstuvwxyz"}', '02', 'addInfo']]) {
      const [status, read] = await post(body);
      same([status, read.code, read.field, read.data], [400, code, field, null], body);
    }
    const [status, read] = await post(JSON.stringify({ acqId: 970415, accountNo: 113366668888, amount: 79000, addInfo: 'Ủng Hộ Quỹ Vắc-Xin' }));
    same([status, read.data.qrCode, read.data.accountName], [200, known, 'Tài khoản chưa đăng ký với Chợ Số'], 'numbers, and letters with marks');
  });

  await testing('lookup: with a key, own payees only, masked', async () => {
    const ask = async (body, headers = {}) => {
      const answer = await fetch(`${baseUrl}/v2/lookup`, { method: 'POST', headers, body: JSON.stringify(body) });
      return [answer.status, await answer.json()];
    };
    const own = { bin: Number(account.bin), accountNumber: account.account };
    same((await ask(own))[0], 401, 'without a key');
    same((await ask(own, { 'x-api-key': 'sk_test_unknown' }))[0], 401, 'an unknown key');
    const keyed = { 'x-client-id': 'any', 'x-api-key': demo.api_key };
    const [status, read] = await ask(own, keyed);
    same([status, read.code, read.desc], [200, '00', 'Success - Thành công'], 'own');
    if (read.data.accountName === account.holder || !read.data.accountName.includes('•')) throw new Error(`not masked: ${read.data.accountName}`);
    same((await ask({ bin: 970415, accountNumber: '113366668888' }, keyed))[1].code, '42', "somebody else's");
    same((await ask({ bin: 970499, accountNumber: '1' }, keyed))[1].code, '41', 'no such bank');
  });
} finally {
  await stopGateway();
}
finish();
