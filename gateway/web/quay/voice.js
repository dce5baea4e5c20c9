// Tones and words. Words are cut from one recording (a voice pack, gateway/web/voice) and set one behind the other on the
// audio clock; nothing is fetched from elsewhere and no voice of the phone is needed.

/** [frequency, start ms, length ms, wave]: each kind of money has a tone of its own. */
export const TONES = {
  exact: [[880, 0, 140, 'sine'], [1320, 140, 220, 'sine']],
  received: [[880, 0, 180, 'sine']],
  over: [[880, 0, 120, 'triangle'], [1320, 120, 120, 'triangle'], [990, 240, 180, 'triangle']],
  twice: [[990, 0, 110, 'triangle'], [990, 190, 110, 'triangle'], [1480, 380, 160, 'triangle']],
  late: [[520, 0, 220, 'sine'], [660, 240, 220, 'sine']],
  short: [[620, 0, 160, 'square'], [420, 180, 160, 'square'], [620, 360, 160, 'square'], [420, 540, 220, 'square']],
  small: [[740, 0, 80, 'square'], [740, 120, 80, 'square'], [740, 240, 80, 'square'], [520, 360, 240, 'square']],
  reversed: [[700, 0, 180, 'sawtooth'], [560, 190, 180, 'sawtooth'], [440, 380, 180, 'sawtooth'], [330, 570, 320, 'sawtooth']],
  unreferenced: [[600, 0, 120, 'sine'], [600, 220, 120, 'sine']],
  tiny_run: [[820, 0, 90, 'square'], [820, 130, 90, 'square'], [820, 260, 90, 'square'], [820, 390, 90, 'square']],
  lost: [[300, 0, 260, 'square'], [240, 300, 420, 'square']],
  ready: [[660, 0, 120, 'sine'], [880, 130, 180, 'sine']],
  sticker_right: [[660, 0, 120, 'sine'], [880, 130, 180, 'sine']],
  sticker_wrong: [[500, 0, 200, 'sawtooth'], [380, 220, 200, 'sawtooth'], [500, 440, 200, 'sawtooth'], [380, 660, 260, 'sawtooth']],
};
const GAIN = { sine: 0.5, triangle: 0.5, square: 0.22, sawtooth: 0.25 };
/** Between two words, so that neither is cut. */
const JOIN_MS = 15;

let audio = null;
let pack = null;
let sprite = null;
let wanted = null;

/** What of a pack says the sentence, longest phrases first: ['đã nhận đủ', 'năm', …]. Throws for a word it does not have. */
export function clipsOf(sentence, clips) {
  const words = sentence.toLowerCase().replace(/[.,]/g, ' ').trim().split(/\s+/);
  const out = [];
  for (let at = 0; at < words.length; ) {
    let length = Math.min(9, words.length - at);
    while (length > 0 && !(words.slice(at, at + length).join(' ') in clips)) length -= 1;
    if (length === 0) throw new Error(`the voice pack does not have “${words[at]}”`);
    out.push(words.slice(at, at + length).join(' '));
    at += length;
  }
  return out;
}

export const unlocked = () => audio?.state === 'running';

/** Must be called by a tap: browsers let nothing sound before one. */
export async function unlock() {
  audio ??= new AudioContext();
  await audio.resume();
}

/** Loads the voice at that address, once; sound without words until then. */
export async function load(address) {
  if (wanted === address) return;
  wanted = address;
  const map = await fetch(address).then((answer) => answer.json());
  const bytes = await fetch(map.sprite).then((answer) => answer.arrayBuffer());
  audio ??= new AudioContext();
  const decoded = await audio.decodeAudioData(bytes);
  if (wanted !== address) return;
  [pack, sprite] = [map, decoded];
}

function playTone(tone, at) {
  let end = at;
  for (const [frequency, start, length, type] of TONES[tone] ?? []) {
    const [from, to] = [at + start / 1000, at + (start + length) / 1000];
    const source = new OscillatorNode(audio, { type, frequency });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(GAIN[type], from + 0.012);
    gain.gain.setValueAtTime(GAIN[type], Math.max(from + 0.012, to - 0.03));
    gain.gain.linearRampToValueAtTime(0, to);
    source.connect(gain).connect(audio.destination);
    source.start(from);
    source.stop(to);
    end = Math.max(end, to);
  }
  return end;
}

function playWords(sentence, at) {
  let end = at;
  for (const name of clipsOf(sentence, pack.clips)) {
    const [start, length] = pack.clips[name];
    const source = new AudioBufferSourceNode(audio, { buffer: sprite });
    source.connect(audio.destination);
    source.start(end, start / 1000, length / 1000);
    end += (length + JOIN_MS) / 1000;
  }
  return end;
}

/** The tone, then the words; resolves when both have sounded. `onScheduled` when the first of it stands on the clock. */
export async function say(tone, sentence, onScheduled = () => {}) {
  if (!unlocked()) {
    onScheduled(false);
    return;
  }
  const from = audio.currentTime + 0.02;
  let end = playTone(tone, from);
  if (sentence && sprite) end = playWords(sentence, end + 0.06);
  onScheduled(true);
  await new Promise((resolve) => setTimeout(resolve, (end - audio.currentTime) * 1000 + 80));
}
