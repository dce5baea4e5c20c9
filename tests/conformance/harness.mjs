// What the conformance scripts share: the program under test, a seeded generator, and a count of what passed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const program =
  process.env.CHOSO_BINARY ?? path.join(process.env.CHOSO_BUILD_DIR ?? path.join(top, 'build/dev'), 'gateway/choso');

/** Runs `choso` with these arguments; returns its stdout. Throws when it did not end with 0. */
export function choso(args, input = '') {
  const done = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`choso ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

/** mulberry32: small, good enough to pick test values, and the same everywhere. */
export function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  const pick = (from) => from[below(from.length)];
  return { next, below, pick, text: (symbols, length) => Array.from({ length }, () => pick(symbols)).join('') };
}

let passed = 0;
let failed = 0;

/** One test: a function that throws when it fails. */
export function test(name, body) {
  try {
    body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${String(error.message ?? error).replaceAll('\n', '\n  ')}`);
  }
}

export function same(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}\n  expected ${b}\n  actual   ${a}`);
}

/** The last line of a script. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
