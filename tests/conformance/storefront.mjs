// What machines read of the shop: schema.org data (Adobe's checker with Google's rules, on the vocabulary that schema-dts holds),
// sitemaps against their schema, Google's feed against Google's list of fields, EPCIS against GS1's schema (CHOSO_CORPORA).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Validator from '@adobe/structured-data-validator';
import WebAutoExtractor from '@marbec/web-auto-extractor';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { baseUrl, demo, folder, startGateway, stopGateway } from '../browser/gateway.mjs';
import { finish, same, test } from './harness.mjs';

const here = createRequire(import.meta.url);
const page = async (path) => (await fetch(path.startsWith('http') ? path : baseUrl + path)).text();

/** Like test(), for what waits. */
async function testing(name, body) {
  let failure;
  await body().catch((error) => (failure = error));
  test(name, () => {
    if (failure) throw failure;
  });
}

/** schema.org's classes and properties as its own JSON-LD would name them, read from the types of schema-dts. */
function vocabulary() {
  const source = readFileSync(here.resolve('schema-dts').replace(/schema\.js$/, 'schema.d.ts'), 'utf8');
  const reference = (name) => ({ '@id': `schema:${name}` });
  const properties = new Map();
  const classes = new Map();
  let inside;
  for (const line of source.split('\n')) {
    const begins = line.match(/^(?:export )?interface (\w+?)(?:Base|Leaf)? extends (.+) \{$/);
    if (begins) {
      inside = begins[1];
      const parents = [...begins[2].matchAll(/(\w+?)Base\b/g)].map((it) => it[1]).filter((it) => it !== inside);
      classes.set(inside, [...(classes.get(inside) ?? []), ...parents]);
    }
    if (line === '}') inside = undefined;
    const property = inside && line.match(/^ {4}"(\w+)"\?:/);
    if (property) properties.set(property[1], [...(properties.get(property[1]) ?? []), inside]);
  }
  const graph = [...classes].map(([name, parents]) => ({ '@id': `schema:${name}`, '@type': 'rdfs:Class', 'rdfs:subClassOf': parents.map(reference) }));
  for (const [name, of] of properties) graph.push({ '@id': `schema:${name}`, '@type': 'rdf:Property', 'schema:domainIncludes': of.map(reference) });
  return { '@graph': graph };
}

const checker = new Validator(vocabulary());
/** Missing advice is a warning; so is, to this checker, a word that schema.org does not have, which here is an error. */
const wrongIn = async (html) =>
  (await checker.validate(new WebAutoExtractor({ addLocation: true, embedSource: ['rdfa', 'microdata'] }).parse(html))).filter((it) => it.severity === 'ERROR' || it.errorType === 'schemaOrg');
const ldPage = (data) => `<html><head><script type="application/ld+json">${JSON.stringify(data)}</script></head></html>`;

function validAgainst(schema, xml, name) {
  const file = `${folder}/${name}`;
  writeFileSync(file, xml);
  const read = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, file], { encoding: 'utf8' });
  if (read.status !== 0) throw new Error(read.stderr);
}
const locations = (xml) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((it) => it[1].replaceAll('&amp;', '&'));

/** GS1's schemas refer to each other by file. */
function epcisChecker(schemas) {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  for (const name of readdirSync(`${schemas}/schemas`)) ajv.addSchema(JSON.parse(readFileSync(`${schemas}/schemas/${name}`, 'utf8')));
  ajv.addSchema(JSON.parse(readFileSync(`${schemas}/EPCIS-Event-JSON-Schema.json`, 'utf8')));
  return ajv.compile(JSON.parse(readFileSync(`${schemas}/EPCIS-Document-JSON-Schema.json`, 'utf8')));
}

await startGateway();
try {
  const { data: products } = JSON.parse(await page('/api/v1/products?limit=24'));

  await testing('the checker finds what is wrong', async () => {
    const good = { '@context': 'https://schema.org', '@type': 'Product', name: 'Chè', image: 'https://x.example/1.jpg', offers: { '@type': 'Offer', price: '1000', priceCurrency: 'VND' } };
    same((await wrongIn(ldPage(good))).length, 0, 'a right one');
    for (const [what, bad] of Object.entries({
      'no name': { ...good, name: undefined },
      'no offer': { ...good, offers: undefined },
      'a word that schema.org has not': { ...good, farmer: 'Nhài' },
      'a price in words': { ...good, offers: { ...good.offers, price: 'rẻ' } },
    }))
      if ((await wrongIn(ldPage(bad))).length === 0) throw new Error(`${what} went unseen`);
  });

  await testing('products, breadcrumbs', async () => {
    for (const product of products) {
      const html = await page(`/cho/sp/${product.id}`);
      if (!html.includes('application/ld+json')) throw new Error(`${product.name} has no data`);
      same(await wrongIn(html), [], product.name);
    }
  });

  await testing('sitemaps', async () => {
    const index = await page('/sitemap.xml');
    validAgainst(new URL('siteindex.xsd', import.meta.url).pathname, index, 'sitemap-index.xml');
    const parts = locations(index);
    same(parts.length >= 2, true, 'parts');
    const schema = here.resolve('sitemap').replace(/dist\/.*$/, 'schema/sitemap.xsd');
    for (const [n, part] of parts.entries()) {
      const map = await page(part);
      validAgainst(schema, map, `sitemap-${n}.xml`);
      for (const location of locations(map)) same(location.startsWith(`${baseUrl}/cho`), true, location);
    }
  });

  await testing("Google's feed", async () => {
    const feed = await page((await page('/sitemap.xml?phan=0')).match(/\/cho\/ban\/[^<]+/)[0] + '/google.xml');
    const items = feed.split('<item>').slice(1);
    same(items.length > 0, true, 'items');
    const ids = new Set();
    for (const item of items) {
      const field = (name) => item.match(new RegExp(`<g:${name}>([^<]*)</g:${name}>`))?.[1];
      // https://support.google.com/merchants/answer/7052112: what a product of a feed must have, and how each is written.
      for (const [name, rule] of Object.entries({
        id: /^.{1,50}$/u, title: /^.{1,150}$/u, description: /^[^]{1,5000}$/u, link: /^https?:\/\/\S+$/, image_link: /^https?:\/\/\S+\.(jpg|jpeg|png|webp)$/,
        availability: /^(in_stock|out_of_stock|preorder|backorder)$/, price: /^\d+\.\d\d VND$/, condition: /^(new|refurbished|used)$/, brand: /^.{1,70}$/u,
      }))
        if (!rule.test(field(name) ?? '')) throw new Error(`${name}: ${field(name)}`);
      if (field('gtin') !== undefined) same(/^\d{8,14}$/.test(field('gtin')), true, 'gtin');
      same(ids.has(field('id')), false, `${field('id')} twice`);
      ids.add(field('id'));
      same((await fetch(field('link'))).status, 200, field('link'));
      same((await fetch(field('image_link'))).headers.get('content-type'), 'image/jpeg', field('image_link'));
    }
  });

  const schemas = `${process.env.CHOSO_CORPORA}/marketplace/gs1/epcis-schema`;
  if (!process.env.CHOSO_CORPORA) console.log('CHOSO_CORPORA is not set: EPCIS was not held against its schema');
  else
    await testing('EPCIS', async () => {
      const check = epcisChecker(schemas);
      const lot = (await page(`/cho/sp/${products[0].id}`)).match(/\/m\/([0-9A-Z]{16})/)?.[1];
      const document = await (await fetch(`${baseUrl}/m/${lot}`, { headers: { Accept: 'application/ld+json' } })).json();
      same(document.epcisBody.eventList.length > 0, true, 'events');
      if (!check(document)) throw new Error(JSON.stringify(check.errors, null, 1).slice(0, 2000));
      same(check({ ...document, schemaVersion: undefined }), false, 'the schema refuses what is wrong');
    });
} finally {
  await stopGateway();
}
finish();
