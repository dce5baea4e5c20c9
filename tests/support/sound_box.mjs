// A sound box as its maker would write it: connects, says what it gets, acknowledges what it has said, comes back after a cut.
// Node's own modules only (Node 18 has no WebSocket): the handshake and the few frames of RFC 6455 that a client needs.
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;

function frame(opcode, text) {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const head = payload.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | payload.length]) : Buffer.from([0x80 | opcode, 0xfe, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

/** Takes whole frames off the front of `bytes`: [[opcode, payload]…, rest]. */
function frames(bytes) {
  const out = [];
  for (;;) {
    if (bytes.length < 2) return [out, bytes];
    let length = bytes[1] & 0x7f;
    let start = 2;
    if (length === 126) {
      if (bytes.length < 4) return [out, bytes];
      length = bytes.readUInt16BE(2);
      start = 4;
    }
    if (bytes.length < start + length) return [out, bytes];
    out.push([bytes[0] & 0x0f, bytes.subarray(start, start + length)]);
    bytes = bytes.subarray(start + length);
  }
}

/**
 * One connection. `say(receipt)` is told each receipt in its turn; what it resolves to true for is acknowledged. Resolves to
 * {status, close, ended}; rejects nothing: a refused handshake has `status` other than 101.
 */
export function connect(baseUrl, token, say, { onPing = () => {} } = {}) {
  const url = new URL('/sound-box', baseUrl);
  const key = randomBytes(16).toString('base64');
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': key, Authorization: `Bearer ${token}` },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, close: () => {}, ended: Promise.resolve() });
    });
    asked.on('upgrade', (answer, socket, head) => {
      const right = createHash('sha1').update(key + GUID).digest('base64');
      if (answer.headers['sec-websocket-accept'] !== right) {
        socket.destroy();
        return reject(new Error('the handshake was answered wrongly'));
      }
      let rest = Buffer.alloc(0);
      let turn = Promise.resolve();
      const take = (bytes) => {
        const [whole, left] = frames(Buffer.concat([rest, bytes]));
        rest = left;
        for (const [opcode, payload] of whole) {
          if (opcode === PING) {
            onPing();
            socket.write(frame(PONG, payload));
          } else if (opcode === CLOSE) {
            socket.end();
          } else if (opcode === TEXT) {
            const receipt = JSON.parse(payload.toString());
            // One after the other; only what was said is acknowledged.
            turn = turn.then(() => say(receipt)).then((said) => said && !socket.destroyed && socket.write(frame(TEXT, JSON.stringify({ ack: receipt.id }))));
          }
        }
      };
      socket.on('data', take);
      socket.on('error', () => {});
      const ended = new Promise((gone) => socket.once('close', gone));
      if (head.length > 0) take(head);
      return resolve({ status: 101, close: () => socket.destroy(), ended, send: (opcode, text) => socket.write(frame(opcode, text)) });
    });
    asked.end();
  });
}

/** Stays connected: comes back a moment after each end, until `signal` aborts. A refused token throws. */
export async function listen(baseUrl, token, say, { signal, pause = 200 } = {}) {
  while (!signal?.aborted) {
    const line = await connect(baseUrl, token, say).catch(() => null); // the gateway is away: again in a moment
    if (line && line.status === 401) throw new Error('the token is not known any more');
    if (line?.status === 101) signal?.addEventListener('abort', line.close, { once: true });
    await line?.ended;
    if (!signal?.aborted) await new Promise((later) => setTimeout(later, pause));
  }
}

// node sound_box.mjs BASE_URL TOKEN [ACKS]: prints each receipt as a line of JSON and acknowledges the first ACKS, all without it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [baseUrl, token, acks = Infinity] = process.argv.slice(2);
  let said = 0;
  await listen(baseUrl, token, (receipt) => {
    process.stdout.write(`${JSON.stringify(receipt)}\n`);
    said += 1;
    return said <= Number(acks);
  });
}
