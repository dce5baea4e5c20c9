// embed.mjs OUT: everything that was built, as one C++ file. Its text changes exactly when a file's content does.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [out] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
const types = {
  '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.mp3': 'audio/mpeg',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.woff2': 'font/woff2', '.wasm': 'application/wasm',
};
const manifest = JSON.parse(readFileSync(path.join(out, 'dist/manifest.json'), 'utf8'));
const voices = JSON.parse(readFileSync(path.join(out, 'voice/voices.json'), 'utf8'));

const entries = Object.values(manifest).filter((it) => it.isEntry).map((it) => ({ name: it.name, script: it.file, style: it.css?.[0] ?? '' }));
/** What an app needs before it has asked for anything lazy. */
const eager = (name) => {
  const seen = new Set();
  const take = (it) => {
    if (seen.has(it.file)) return;
    seen.add(it.file);
    for (const css of it.css ?? []) seen.add(css);
    for (const next of it.imports ?? []) take(manifest[next]);
  };
  Object.values(manifest).filter((it) => it.isEntry && it.name === name).forEach(take);
  return [...seen];
};
const lazy = (name) => {
  const found = new Set();
  const take = (it) => {
    for (const next of [...(it.imports ?? []), ...(it.dynamicImports ?? [])]) {
      if (found.has(manifest[next].file)) continue;
      found.add(manifest[next].file);
      for (const css of manifest[next].css ?? []) found.add(css);
      take(manifest[next]);
    }
  };
  Object.values(manifest).filter((it) => it.isEntry && it.name === name).forEach(take);
  return [...found];
};

const files = [];
for (const folder of ['dist', 'voice'])
  for (const name of readdirSync(path.join(out, folder)).sort()) {
    if (name === 'manifest.json' || name === 'voices.json') continue;
    const type = types[path.extname(name)];
    if (!type) throw new Error(`no content type for ${name}`);
    files.push({ name, type, file: path.join(out, folder, name) });
  }

// An app with a service worker names there what it keeps for a start without a network.
for (const { name } of entries) {
  const source = path.join(here, name, 'sw.js');
  if (!existsSync(source)) continue;
  const kept = [...new Set([...eager(name), ...lazy(name)])].map((it) => `/assets/${it}`);
  const packs = Object.values(voices).flatMap((it) => [`/assets/${it}`]);
  const text = readFileSync(source, 'utf8').replace('__KEPT__', JSON.stringify(kept)).replace('__VOICES__', JSON.stringify(packs));
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const made = path.join(out, `${name}.sw.js`);
  writeFileSync(made, text.replace('__VERSION__', version));
  files.push({ name: `${name}.sw.js`, type: types['.js'], file: made });
}

const literal = (text) => JSON.stringify(text);
const blocks = files.map(({ file }, i) => {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  return `asm(".pushsection .rodata\\n.global choso_web_${i}\\nchoso_web_${i}:\\n.incbin ${literal(file).replaceAll('"', '\\"')}\\n` +
    `.global choso_web_${i}_end\\nchoso_web_${i}_end:\\n.byte 0\\n.popsection\\n");  // ${hash}`;
});
const text = `// Made by gateway/web/embed.mjs.
#include "gateway/web/files.hpp"
${blocks.join('\n')}
extern "C" {
${files.map((_, i) => `extern char const choso_web_${i}[], choso_web_${i}_end[];`).join('\n')}
}
namespace choso::web {
std::vector<File> const& files() {
    static std::vector<File> const all{
${files.map((it, i) => `        {${literal(it.name)}, ${literal(it.type)}, {choso_web_${i}, static_cast<std::size_t>(choso_web_${i}_end - choso_web_${i})}},`).join('\n')}
    };
    return all;
}
std::vector<Entry> const& entries() {
    static std::vector<Entry> const all{
${entries.map((it) => `        {${literal(it.name)}, ${literal(it.script)}, ${literal(it.style)}},`).join('\n')}
    };
    return all;
}
std::vector<Voice> const& voices() {
    static std::vector<Voice> const all{
${Object.entries(voices).map(([name, it]) => `        {${literal(name)}, ${literal(it)}},`).join('\n')}
    };
    return all;
}
}  // namespace choso::web
`;
const target = path.join(out, 'web_files.cpp');
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
