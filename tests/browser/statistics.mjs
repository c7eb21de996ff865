// statistics.mjs - the statistics of `make demo` as people read them: at a desk, on a phone, by keyboard, without a script, on paper and
// in the colours that a reader has chosen. A masked number is understood without colour everywhere.
// Must not test rules: the scenarios do. Run by run.py.
import { DESKTOP, PHONE, accessible, done, expect, fact, fill, holds, link, open, press, signedIn, text, town } from './people.mjs';

const ADMIN = 'Klar Fjord', MANAGER = 'Bred Ås', PAGE = '/statistikk';
const VIEWS = ['attentions', 'measures', 'outcomes'];
const show = page => press(page, page.locator('.sl-filter button[type=submit]'));
const masked = page => page.locator('.sl-mask', { hasText: 'skjult' });

for (const [way, options] of [['at a desk', DESKTOP], ['on a phone', PHONE]]) {
  await fact(`${way} each subject stands, with what is hidden in words and hatched, and nothing scrolls sideways`, async () => {
    const page = await signedIn(options, ADMIN);
    for (const view of VIEWS) {
      expect(await open(page, `${PAGE}?view=${view}`) === 200, view);
      await holds(page, 'Statistikk', 'Publisering', 'Neste publisering kommer', 'Slik leser du tallene');
      await accessible(page);
    }
    expect(await masked(page).count() > 0, 'something is hidden');
    expect(await page.locator('rect.hb[fill="url(#skjult)"]').count() > 0, 'and hatched');
    await page.context().close();
  });

  await fact(`${way} a manager sees their unit beside the municipality`, async () => {
    const page = await signedIn(options, MANAGER);
    expect(await open(page, PAGE) === 200);
    await holds(page, 'Bjørkelia skole', 'Hele kommunen');
    await accessible(page);
    await page.context().close();
  });
}

await fact('a filter is chosen, a row leads to itself alone, and a wrong one is told beside its field', async () => {
  const page = await signedIn(DESKTOP, ADMIN);
  await open(page, `${PAGE}?view=measures`);
  await fill(page, { by: 'unit', period: 'all' });
  await show(page);
  await holds(page, 'Tiltak etter enhet');
  await press(page, page.locator('table a').first());
  expect(new URL(page.url()).searchParams.get('by').startsWith('unit-'), page.url());
  await press(page, link(page, 'Virkning'));
  await holds(page, 'Virkning etter type tiltak', 'har ønsket virkning');
  expect(await open(page, `${PAGE}?period=1999`) === 422, 'a period that is none');
  await holds(page, 'Velg en periode fra listen');
  await accessible(page);
  await page.context().close();
});

await fact('by keyboard alone a period is chosen and shown', async () => {
  const page = await signedIn(DESKTOP, ADMIN);
  const reach = async selector => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(s => document.activeElement.matches(s), selector)) return;
    }
    throw new Error(`${selector} is not reached`);
  };
  await open(page, PAGE);
  await reach('select[name=period]');
  await page.keyboard.press('ArrowDown');
  await reach('.sl-filter button[type=submit]');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  expect(/period=\d{4}/.test(page.url()), page.url());
  await page.context().close();
});

await fact('without a script the filter, the files and the text below work', async () => {
  const page = await signedIn({ ...PHONE, javaScriptEnabled: false }, ADMIN);
  await open(page, PAGE);
  await page.locator('select[name=category]').selectOption('50');
  await show(page);
  expect(new URL(page.url()).searchParams.get('category') === '50', page.url());
  await page.locator('details summary').click();
  await page.getByText('Et tall teller registreringer, ikke barn.').waitFor();
  const file = page.waitForEvent('download');
  await link(page, 'Last ned som CSV').click();
  expect((await file).suggestedFilename() === 'statistikk.csv');
  await page.context().close();
});

await fact('in chosen colours and on paper what is hidden is told by its word and by lines', async () => {
  const page = await signedIn({ ...DESKTOP, forcedColors: 'active' }, ADMIN);
  await open(page, `${PAGE}?view=outcomes`);
  const lines = await page.evaluate(() => {
    const colour = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
    return { hatched: colour('.hx', 'stroke'), edge: colour('rect.hb', 'stroke'), paper: getComputedStyle(document.body).backgroundColor };
  });
  expect(lines.hatched !== lines.paper && lines.edge !== lines.paper && lines.hatched !== 'none', JSON.stringify(lines));
  expect(await masked(page).first().isVisible());
  await page.emulateMedia({ media: 'print', forcedColors: 'none' });
  expect(await masked(page).first().isVisible() && !await page.locator('.sl-filter').isVisible(), 'on paper without the form');
  expect((await text(page)).includes('Skravert felt betyr skjult.'), 'with what it means');
  await page.context().close();
});

await fact('in each language the page stands', async () => {
  for (const [language, words] of [['nn', 'Slik les du tala'], ['en', 'How to read this']]) {
    const page = await signedIn(DESKTOP, ADMIN);
    await page.context().addCookies([{ name: '__Host-stafettlogg-language', value: language, url: town.origin, secure: true }]);
    await open(page, `${PAGE}?view=outcomes`);
    await holds(page, words);
    await accessible(page);
    await page.context().close();
  }
});

await done();
