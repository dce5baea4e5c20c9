// One Chromium for all tests; pages that tell of their own errors; what may be said of any page.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const shots = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../build/screenshots');
mkdirSync(shots, { recursive: true });

export const phone = { width: 320, height: 640 };
export const desk = { width: 1280, height: 800 };

let browser;
export async function openBrowser() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}
export const closeBrowser = () => browser?.close();

/** Runs `use` with a page of a fresh profile; fails if the page met an error of its own: a script's, a refused load. */
export async function withPage(options, use) {
  const context = await browser.newContext({ viewport: phone, locale: 'vi-VN', ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !options.errorsExpected) errors.push(message.text());
  });
  try {
    await use(page, context);
    if (errors.length > 0) throw new Error(`the page's own errors: ${errors.join('; ')}`);
  } finally {
    await context.close();
  }
}

/** The picture as PNG, kept under that name. Chromium on a busy machine now and then cannot draw a whole page at once: then once more. */
export async function shoot(page, name) {
  const picture = { path: `${shots}/${name}.png`, fullPage: true };
  return page.screenshot(picture).catch((error) => {
    if (!String(error).includes('Unable to capture')) throw error;
    return page.screenshot(picture);
  });
}

/** No violation of axe's rules, and nothing to scroll sideways. */
export async function mustBeUsable(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const told = violations.map((it) => `${it.id}: ${it.help} (${it.nodes.map((node) => node.html.slice(0, 120)).join(' | ')})`);
  if (told.length > 0) throw new Error(`axe on ${name}: ${told.join('\n')}`);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (width[0] > width[1]) throw new Error(`${name} is ${width[0]} wide in a window of ${width[1]}`);
}

/** What a phone's camera reads off the page. */
export async function scan(page, name) {
  const file = `${shots}/${name}-qr.png`;
  await page.locator('.qr').screenshot({ path: file });
  const read = spawnSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8' });
  return (read.stdout ?? '').trimEnd();
}

export async function mustSee(page, text, where = 'main') {
  try {
    await page.locator(where).filter({ hasText: text }).first().waitFor();
  } catch {
    throw new Error(`never saw “${text}” in ${where}; it shows: ${(await page.locator('main').innerText()).slice(0, 600)}`);
  }
}

export function mustBe(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: expected ${expected}, is ${actual}`);
}
