// screens.mjs - how the real pages behave: by keyboard alone, at 400 % zoom, on paper, and what the first one weighs.
// Must not test rules: main_job.mjs does. Run by run.py.
import fs from 'node:fs';
import http2 from 'node:http2';
import os from 'node:os';
import path from 'node:path';
import { DESKTOP, PHONE, done, expect, fact, fill, open, send, signedIn, text, town, visitor } from './people.mjs';

const LOG = `/logg/${town.logs.blid.id}`;
const PAGES = {
  'Klok Elv': ['/mine', '/ny', LOG, `${LOG}/sett`, `${LOG}/deltakere`, `${LOG}/ny/attention`, `${LOG}/ny/measure`, `${LOG}/ny/meeting`],
  'Varm Bjørk': [LOG, `${LOG}/sett`],
  'Rolig Vind': ['/mine', LOG],
  'Klar Fjord': ['/mine', '/enheter', '/enheter/ny', '/innstillinger', '/statistikk', LOG],
  'Bred Ås': ['/mine', '/ansatte'],
};
// Bytes over the network, and elements (rules: web 15).
const FIRST_LOAD = 60 * 1024;
const LATER_PAGE = 12 * 1024;
const ELEMENTS = 800;

// Goes on with the tabulator until something is reached, as one does who has no mouse.
const tabTo = async (page, selector) => {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(s => document.activeElement.matches(s), selector)) return;
  }
  throw new Error(`${selector} is not reached by the tabulator`);
};
const enter = page => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

await fact('by keyboard alone one signs in, opens a log, writes a note and signs out', async () => {
  const page = await visitor(DESKTOP);
  const person = town.people.find(p => p.name === 'Klok Elv').id;
  await open(page, `/k/${town.number}`);
  await tabTo(page, `button[name=person][value="${person}"]`);
  await enter(page);
  await tabTo(page, `main a[href="${LOG}"]`);
  await enter(page);
  await tabTo(page, 'textarea[name=text]');
  await page.keyboard.type('Skrevet uten mus.');
  await tabTo(page, 'form[action$="/ny/note"] button[type=submit]');
  await enter(page);
  expect((await text(page)).includes('Skrevet uten mus.'), page.url());
  await open(page, '/mine');
  await tabTo(page, 'button[popovertarget=meny]');
  await page.keyboard.press('Enter');
  await tabTo(page, '#meny form[action="/logg-ut"] button');
  await enter(page);
  expect(await open(page, '/mine') === 403, 'the session is over');
  await page.context().close();
});

for (const [name, paths] of Object.entries(PAGES)) {
  await fact(`at 400 % zoom no page of ${name} scrolls sideways`, async () => {
    const page = await signedIn({ viewport: { width: 320, height: 640 } }, name);
    for (const path of paths) {
      expect(await open(page, path) === 200, path);
      if (path === LOG && await page.locator('[name=grunn]').count()) {
        await fill(page, { grunn: 'complaint' });
        await send(page, '/grunn');
      }
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      expect(width <= 320, `${path} is ${width} px wide`);
    }
    await page.context().close();
  });
}

await fact('on a phone a guardian meets the plan first, then where to write, then who has seen; nothing agreed is folded away', async () => {
  const page = await signedIn(PHONE, 'Varm Bjørk');
  await open(page, LOG);
  const seen = await page.evaluate(() => ({
    tops: ['#moter', '.sl-next', '#mal', '#notater', '#h-sett', '#h-samtykke'].map(s => document.querySelector(s).getBoundingClientRect().top),
    folded: document.querySelectorAll('details .sl-measure, details .sl-goal, #notater > details form').length,
    height: document.scrollingElement.scrollHeight,
  }));
  expect(seen.tops.every((top, i) => !i || top > seen.tops[i - 1]) && !seen.folded && seen.height < 6000, JSON.stringify(seen));
  await page.context().close();
});

await fact('on paper a log is black on white and says that it is sensitive, also where the screen is dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await signedIn({ ...DESKTOP, colorScheme }, 'Klok Elv');
    await open(page, LOG);
    await page.emulateMedia({ media: 'print', colorScheme });
    const seen = await page.evaluate(() => {
      const colour = (e, name) => getComputedStyle(e)[name].match(/[\d.]+/g).map(Number);
      const dark = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
      const shown = [...document.querySelectorAll('h1,h2,h3,h4,p,dd,li')].filter(e => e.checkVisibility() && e.innerText.trim());
      return {
        lightText: shown.filter(e => !dark(colour(e, 'color'))).map(e => e.innerText.slice(0, 40)),
        paper: [document.documentElement, document.body, ...document.querySelectorAll('main,main section,main article')]
          .filter(e => { const c = colour(e, 'backgroundColor'); return (c[3] ?? 1) > 0.5 && dark(c); }).map(e => e.tagName),
        sensitive: document.querySelector('.sl-sensitive')?.checkVisibility() ?? false,
      };
    });
    expect(!seen.lightText.length && !seen.paper.length && seen.sensitive, colorScheme, JSON.stringify(seen));
    expect((await page.pdf({ format: 'A4' })).length > 10000, 'it prints');
    await page.context().close();
  }
});

await fact('the first page weighs at most 60 KB with its fonts, look and script', async () => {
  const page = await visitor(DESKTOP);
  await open(page, `/k/${town.number}`);
  await page.evaluate(() => document.fonts.ready.then(() => 0));
  const bytes = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, entry) => sum + entry.transferSize, 0));
  expect(bytes > 0 && bytes <= FIRST_LOAD, `${bytes} bytes`);
  await page.context().close();
});

for (const [name, paths] of Object.entries(PAGES)) {
  await fact(`a later page of ${name} weighs at most 12 KB and has at most 800 elements`, async () => {
    const page = await signedIn(DESKTOP, name);
    const logs = await page.evaluate(() => [...document.querySelectorAll('main a[href^="/logg/"]')]
      .map(a => a.getAttribute('href')).filter(href => /^\/logg\/[0-9a-f]{32}$/.test(href)));
    let heaviest = [0];
    for (const path of new Set([...paths, ...logs])) {
      await open(page, path);
      const [bytes, elements] = await page.evaluate(() =>
        [performance.getEntriesByType('navigation')[0].transferSize, document.querySelectorAll('*').length]);
      expect(bytes > 0 && bytes <= LATER_PAGE && elements <= ELEMENTS, `${path}: ${bytes} bytes, ${elements} elements`);
      if (bytes > heaviest[0]) heaviest = [bytes, elements, path.replaceAll(/[0-9a-f]{32}/g, '')];
    }
    console.log(`# heaviest: ${heaviest[2]} with ${heaviest[0]} bytes and ${heaviest[1]} elements`);
    await page.context().close();
  });
}

await fact('what is too large for the front is answered with our own page over HTTP/2 too', async () => {
  const session = http2.connect(town.origin, { rejectUnauthorized: false });
  const answer = await new Promise((resolve, reject) => {
    const stream = session.request({ ':method': 'POST', ':path': '/', 'content-length': 3 << 20 });
    let body = '';
    let head = {};
    stream.on('response', headers => { head = headers; });
    stream.on('data', part => { body += part; });
    stream.on('close', () => resolve({ status: head[':status'], head, body }));
    stream.on('error', error => body || reject(error));
    stream.write(Buffer.alloc(3 << 20));
  }).finally(() => session.close());
  expect(answer.status === 413 && answer.body.includes('<html lang="nb"') && !/nginx/i.test(answer.body), JSON.stringify(answer));
  expect(answer.head['content-security-policy'] && answer.head['cache-control'] === 'no-store', JSON.stringify(answer.head));
});

const LARGE = path.join(os.tmpdir(), `too-large-${process.pid}.pdf`);
const FAMILY = `${LOG}/deltakere/foresatt`;

await fact('a file that is too large is told at its field before it is sent, and nothing typed is lost', async () => {
  fs.writeFileSync(LARGE, Buffer.alloc(17 << 20, 'x'));
  const page = await signedIn(DESKTOP, 'Klok Elv');
  expect(await open(page, FAMILY) === 200, FAMILY);
  await fill(page, { name: 'Rask Kanari', document: LARGE });
  let sent = 0;
  page.on('request', r => { sent += r.method() === 'POST'; });
  await page.locator('main form').first().evaluate(form => { form.noValidate = true; });
  await page.locator(`main form[action$="${FAMILY}"] .sl-btns button[type=submit]`).first().click();
  await page.waitForTimeout(500);
  expect((await page.locator('[name=document]').evaluate(e => e.validationMessage)).includes('10 MB'), await text(page));
  expect(sent === 0 && await page.locator('main form [name=name]').inputValue() === 'Rask Kanari', sent);
  await page.context().close();
});

await fact('without a script the page of the front says that nothing is stored, and leads on', async () => {
  const page = await signedIn({ ...DESKTOP, javaScriptEnabled: false }, 'Klok Elv');
  expect(await open(page, FAMILY) === 200, FAMILY);
  await fill(page, { document: LARGE });
  await page.locator('main form').first().evaluate(form => { form.noValidate = true; });
  expect(await send(page, FAMILY) === 413, page.url());
  expect((await text(page)).includes('ingenting er lagret'), await text(page));
  await page.locator('main a').first().click();
  await page.waitForLoadState();
  expect((await text(page)).includes('Klok Elv'), page.url());
  await page.context().close();
  fs.unlinkSync(LARGE);
});

await done();
