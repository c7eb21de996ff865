// people.mjs - people at browsers, for the tests over a whole installation (run.py says in TOWN what there is).
// Every page that anybody opens is watched: a console error, a blocked resource, an answer of 500 or more fails the test.
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';

export const town = JSON.parse(process.env.TOWN);
const { chromium } = createRequire(town.modules + '/x.js')('playwright-core');

export const DESKTOP = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
export const ABSENT = '/logg/' + 'ab'.repeat(16);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'] });
const faults = [];
let told = 0;
let failed = 0;

export const expect = (holds, ...words) => {
  if (!holds) throw new Error(words.join(' | ') || 'it does not hold');
};

// Runs one fact and tells of it as TAP.
export const fact = async (sentence, act) => {
  const start = Date.now();
  try {
    await act();
    expect(!faults.length, faults.splice(0).join('\n'));
    console.log(`ok ${++told} - ${sentence} # ${((Date.now() - start) / 1000).toFixed(1)} s`);
  } catch (error) {
    failed++;
    faults.splice(0);
    console.log(`not ok ${++told} - ${sentence}\n# ${(error.stack || String(error)).replaceAll('\n', '\n# ')}`);
  }
};

export const done = async () => {
  await browser.close();
  console.log(`1..${told}`);
  process.exit(failed || !told ? 1 : 0);
};

// What a browser says when an answer is one that we meant: a page not found, a form with mistakes, a stale version.
const MEANT = /status of (403|404|409|413|422) /;

// A page in a browser of its own, watched.
export const visitor = async options => {
  const context = await browser.newContext({ locale: 'nb-NO', reducedMotion: 'reduce', ignoreHTTPSErrors: true, ...options });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  page.on('console', m => m.type() === 'error' && !MEANT.test(m.text()) && faults.push(`${page.url()}: ${m.text()}`));
  page.on('pageerror', e => faults.push(`${page.url()}: ${e.message}`));
  page.on('response', r => r.status() >= 500 && faults.push(`${r.url()}: ${r.status()}`));
  page.on('request', r => r.url().startsWith(town.origin) || r.url().startsWith('data:') || faults.push(`foreign host: ${r.url()}`));
  return page;
};

// Opens an address of ours; the status.
export const open = async (page, path) => (await page.goto(town.origin + path)).status();

// Presses something that leads to another page and waits until that one stands there.
export const press = async (page, what) => {
  const [answer] = await Promise.all([
    page.waitForResponse(r => r.request().isNavigationRequest() && (r.status() < 300 || r.status() >= 400)), what.click()]);
  await page.waitForLoadState();
  return answer.status();
};
export const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' });
export const link = (page, name) => page.getByRole('link', { name, exact: typeof name === 'string' });

// The button that carries out the form in main whose action ends so.
export const send = (page, action) => press(page, page.locator(`main form[action$="${action}"] .sl-btns button[type=submit]`).first());

// Fills the fields of the page by their names: text, one of several, all of several.
export const fill = async (page, fields) => {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main form [name="${name}"]`);
    const kind = await field.first().evaluate(e => e.type || e.tagName);
    if (kind === 'radio' || kind === 'checkbox') {
      for (const one of [value].flat()) await page.locator(`main form [name="${name}"][value="${one}"]`).check();
    } else if (kind === 'file') {
      await field.setInputFiles(value);
    } else if (kind.startsWith('select')) {
      await field.selectOption(value);
    } else {
      await field.fill(value);
    }
  }
};

// What axe finds on the page as it stands: nothing may; and it does not scroll sideways.
const AXE = fs.readFileSync(createRequire(town.modules + '/x.js').resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const accessible = async page => {
  await page.evaluate(AXE);
  const found = await page.evaluate(tags => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
  expect(!found.violations.length, page.url(), ...found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`));
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 1, `${page.url()} scrolls sideways by ${wide}`);
};

export const text = async page => (await page.locator('body').innerText()).replace(/\s+/g, ' ');
export const holds = async (page, ...words) => {
  const all = await text(page);
  for (const word of words) expect(all.includes(word), `${page.url()} does not say "${word}"`, all.slice(0, 1500));
};

// By one click in a demo; role: words of the button when the person has several.
export const demo = async (page, name, role) => {
  const person = town.people.find(p => p.name === name).id;
  await open(page, `/k/${town.number}`);
  await press(page, page.locator(`button[name=person][value="${person}"]`).first());
  if (role) await press(page, page.getByRole('button', { name: new RegExp(role) }).first());
  return page;
};
export const signedIn = async (options, name, role) => demo(await visitor(options), name, role);

// Needs no script: the menu of the header is a popover.
export const signOut = async page => {
  await page.locator('button[popovertarget=meny]').click();
  await press(page, page.locator('#meny form[action="/logg-ut"] button'));
};

// The six digits of an authenticator with this secret; steps of 30 s earlier or later (RFC 6238).
export const totp = (secret, steps = 0) => {
  const bits = [...secret.replace(/[\s=]/g, '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
};

// A date as people type it, some days from today in Oslo.
export const day = (days = 0) =>
  new Intl.DateTimeFormat('nb-NO', { timeZone: 'Europe/Oslo', day: '2-digit', month: '2-digit', year: 'numeric' })
    .format(Date.now() + days * 86400000);

// A synthetic national id (month + 80) of a child born 14.05.2016; number: 500..999 chooses another one.
export const nationalId = number => {
  const sum = (digits, weights) => (11 - weights.reduce((s, w, i) => s + w * digits[i], 0) % 11) % 11;
  for (;; number++) {
    const digits = [...`148516${number}`].map(Number);
    digits.push(sum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2]));
    digits.push(sum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]));
    if (digits.every(d => d < 10)) return digits.join('');
  }
};
