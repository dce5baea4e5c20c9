// Amounts in words, against npm's read-vietnamese-number: every number up to 100,000 and 400,000 drawn from all 64 bits.
import { ReadingConfig, doReadNumber } from 'read-vietnamese-number';
import { choso, finish, generator, test } from './harness.mjs';

const seed = Number(process.env.SEED ?? 20261121);
const wanted = 500_000;
const largest = 2n ** 63n - 1n;

function numbers() {
  const out = [];
  for (let n = 0n; n <= 100_000n; n += 1n) out.push(n);
  for (let power = 1n; power <= largest; power *= 10n)
    for (const near of [power - 1n, power, power + 1n, power * 5n, power * 5n + 5n, power * 4n + 4n, power + 1000n])
      if (near <= largest) out.push(near, -near);
  out.push(largest, -largest - 1n);
  const random = generator(seed);
  while (out.length < wanted) {
    // As many of each length; a part of them with runs of zeros, where the rules are.
    let n = BigInt(1 + random.below(9));
    const digits = random.below(19);
    const holes = random.next() < 0.5;
    for (let i = 0; i < digits; i += 1) n = n * 10n + BigInt(holes && random.next() < 0.6 ? 0 : random.below(10));
    if (n > largest) continue;
    out.push(random.next() < 0.05 ? -n : n);
  }
  return out;
}

/** Their spelling of the same rules: which words are ours by dialect stands in base/vietnamese.hpp. */
const dialects = {
  north: { odd: 'linh', thousand: 'nghìn', four: 'tư' },
  central: { odd: 'lẻ', thousand: 'nghìn', four: 'tư' },
  south: { odd: 'lẻ', thousand: 'ngàn', four: 'bốn' },
};

function theirs(dialect) {
  const words = dialects[dialect];
  const config = new ReadingConfig();
  config.unit = [];
  config.oddText = words.odd;
  config.fourToneText = words.four;
  config.units = config.units.map((unit) => unit.map((word) => (word === 'nghìn' ? words.thousand : word)));
  return (n) => doReadNumber(n, config).trim();
}

// One word has two right spellings (tỉ, tỷ); all else must be equal.
const spelt = (text) => text.replaceAll('tỷ', 'tỉ').normalize('NFC');

const all = numbers();
for (const dialect of Object.keys(dialects)) {
  const asked = dialect === 'north' ? all : all.filter((_, i) => i % 10 === 0);
  test(`${dialect}: ${asked.length} numbers (seed ${seed})`, () => {
    const ours = choso(['say', '-', '--dialect', dialect], asked.join('\n') + '\n').split('\n');
    const read = theirs(dialect);
    const differing = [];
    asked.forEach((n, i) => {
      const expected = spelt(read(n));
      if (spelt(ours[i]) !== expected) differing.push(`${n}\n    ours   ${ours[i]}\n    theirs ${expected}`);
    });
    if (differing.length > 0) throw new Error(`${differing.length} of ${asked.length} differ:\n  ${differing.slice(0, 8).join('\n  ')}`);
  });
}
finish();
