// make.mjs OUT: the voice packs. Each is one recording with every word and phrase the stall's page says, and a map of where each
// stands. Spoken by Debian's espeak-ng, except what somebody has recorded: `recorded/<dialect>/<n>.wav`, n as in `clips.json`
// (22,050 Hz, mono, 16 bit); a file there takes the place of the machine's voice at the next build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [out] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
const { voices, words, phrases } = JSON.parse(readFileSync(path.join(here, 'clips.json'), 'utf8'));
const clips = [...words, ...phrases];
const RATE = 22_050;
/** Decoders add a little at the front: between two clips stands silence enough for none to hear the other. */
const GAP = Math.round(0.06 * RATE);
const QUIET = 300;

function run(program, args, input) {
  const done = spawnSync(program, args, { input, maxBuffer: 64 << 20 });
  if (done.error || done.status !== 0) throw new Error(`${program} failed: ${done.error ?? done.stderr}`);
  return done.stdout;
}

/** The samples of a WAV of 16 bit, mono, RATE; espeak-ng leaves the lengths of a pipe open. */
function samplesOf(wav, name) {
  if (wav.toString('latin1', 0, 4) !== 'RIFF' || wav.readUInt32LE(24) !== RATE || wav.readUInt16LE(22) !== 1 || wav.readUInt16LE(34) !== 16)
    throw new Error(`${name} must be a WAV of ${RATE} Hz, mono, 16 bit`);
  const data = wav.indexOf('data', 36, 'latin1') + 8;
  const length = Math.min(wav.readUInt32LE(data - 4), wav.length - data);
  return new Int16Array(wav.buffer.slice(wav.byteOffset + data, wav.byteOffset + data + (length & ~1)));
}

function trimmed(samples) {
  let from = 0;
  let to = samples.length;
  while (from < to && Math.abs(samples[from]) < QUIET) from += 1;
  while (to > from && Math.abs(samples[to - 1]) < QUIET) to -= 1;
  const pad = Math.round(0.008 * RATE);
  return samples.subarray(Math.max(0, from - pad), Math.min(samples.length, to + pad));
}

function clip(dialect, voice, text, n) {
  const recorded = path.join(here, 'recorded', dialect, `${n}.wav`);
  const wav = existsSync(recorded) ? readFileSync(recorded) : run('espeak-ng', ['-v', voice, '-s', '165', '-a', '170', '--stdout', text]);
  const samples = trimmed(samplesOf(wav, `${dialect}/${n}.wav`));
  if (samples.length === 0) throw new Error(`nothing is to be heard of “${text}” (${dialect})`);
  return samples;
}

function wavOf(samples) {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 8);
const maps = {};
for (const [dialect, voice] of Object.entries(voices)) {
  const parts = clips.map((text, n) => clip(dialect, voice, text, n));
  const all = new Int16Array(parts.reduce((sum, it) => sum + it.length + GAP, GAP));
  const at = {};
  let position = GAP;
  parts.forEach((part, n) => {
    all.set(part, position);
    at[clips[n]] = [Math.round((position * 1000) / RATE), Math.round((part.length * 1000) / RATE)];
    position += part.length + GAP;
  });
  const mp3 = run('lame', ['--quiet', '-m', 'm', '-b', '24', '--resample', '22.05', '-', '-'], wavOf(all));
  const sprite = `voice-${dialect}-${hashOf(mp3)}.mp3`;
  writeFileSync(path.join(out, sprite), mp3);
  const map = JSON.stringify({ dialect, sprite: `/assets/${sprite}`, clips: at });
  maps[dialect] = `voice-${dialect}-${hashOf(map)}.json`;
  writeFileSync(path.join(out, maps[dialect]), map);
}
writeFileSync(path.join(out, 'voices.json'), JSON.stringify(maps));
