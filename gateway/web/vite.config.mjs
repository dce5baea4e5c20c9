import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));
/** Every folder with a main file is an app of that name. */
const apps = Object.fromEntries(
  readdirSync(here, { withFileTypes: true })
    .filter((it) => it.isDirectory() && it.name !== 'node_modules')
    .flatMap((it) => ['main.jsx', 'main.js'].map((file) => [it.name, path.join(here, it.name, file)]))
    .filter(([, file]) => existsSync(file)),
);

export default defineConfig({
  root: here,
  base: '/assets/',
  clearScreen: false,
  logLevel: 'warn',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    outDir: process.env.WEB_OUT ?? path.join(here, '../../build/web'),
    emptyOutDir: true,
    assetsDir: '.',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2020',
    reportCompressedSize: false,
    rollupOptions: {
      input: apps,
      output: { entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js', assetFileNames: '[name]-[hash][extname]' },
    },
  },
});
