// real_pages.mjs - the gate of axe_run.mjs on the pages of a whole installation, signed in as each role.
// Run by run.py; arguments: the checks to run (all of them without one) and "few" for one page of each kind.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ABSENT, DESKTOP, done, expect, fact, open, signedIn, town } from './people.mjs';

const [checks = '', few = ''] = process.argv.slice(2);
const LOG = `/logg/${town.logs.blid.id}`;
const KINDS = ['level', 'attention', 'goal', 'measure', 'evaluation', 'meeting', 'resource'];
// An answer of 403 or 404 is a page too, but a browser tells of it in its console.
const ERROR_PAGE = 'axe,states,reflow,spacing,keys,motion,nontext,nojs,perf';
// The address of the first entry of the log that may be corrected, found when it is asked for.
const RETT = 'rett', HISTORY = 'historikk', UNIT = 'enhet', PROGRESS = 'measure_progress', MINUTES = 'minutes_write';
const ACTS = ['log_close', 'moved_record'].map(act => `${LOG}/handling/${act}`);
// The first pages of each stand for their kind.
const ROLES = [
  { who: null, few: 1, pages: [`/k/${town.number}`, '/', `/k/${town.number}/ny`, '/om/personvern', '/om/tilgjengelighet', '/om/lisenser',
    '/logget-ut'] },
  { who: null, few: 0, checks: ERROR_PAGE, pages: ['/mine', '/finnes-ikke'] },
  { who: 'Klok Elv', few: 0, checks: ERROR_PAGE, pages: [ABSENT] },
  { who: 'Klok Elv', few: 4, pages: [LOG, '/mine', `${LOG}/sett`, `${LOG}/ny/measure`, `${LOG}/eldre/note`, '/ny', `${LOG}/deltakere`, `${LOG}/deltakere/foresatt`,
    RETT, HISTORY, PROGRESS, MINUTES, ...ACTS, '/ny/avbrutt',
    ...KINDS.filter(k => k !== 'measure').map(k => `${LOG}/ny/${k}`)] },
  { who: 'Varm Bjørk', few: 1, pages: [LOG, `${LOG}/sett`] },
  { who: 'Rolig Vind', few: 0, pages: [LOG, '/mine'] },
  { who: 'Klar Fjord', few: 1, pages: ['/enheter', '/mine', LOG, '/enheter/ny', '/enheter/leder', UNIT, '/innstillinger', '/statistikk'] },
  { who: 'Bred Ås', few: 1, pages: ['/ansatte', '/mine', LOG, `${LOG}/handling/mistake_mark`] },
  { who: 'Mild Eng', few: 0, pages: ['/rolle'] },
  ...['nn', 'en'].flatMap(language => [
    { language, who: null, few: 0, pages: [`/k/${town.number}`] },
    { language, who: 'Klok Elv', few: 0, pages: ['/mine', LOG, `${LOG}/ny/measure`, PROGRESS, ...ACTS] },
    { language, who: 'Varm Bjørk', few: 0, pages: [LOG] },
  ]),
];

const gate = (pages, cookies, checks) => spawnSync(process.execPath, [path.join(path.dirname(process.argv[1]), 'axe_run.mjs'), town.origin, ...pages,
  '--insecure', `--modules=${town.modules}`, ...(checks ? [`--only=${checks}`] : []), ...cookies.map(c => `--cookie=${c.name}=${c.value}`)],
{ encoding: 'utf8' });

// The largest figures of the pages, for docs/accessibility.md.
const figures = out => {
  const pages = [...out.matchAll(/^\S+ (\{.*\})$/gm)].map(m => JSON.parse(m[1])).filter(page => page.kb);
  const most = name => Math.max(...pages.map(page => page[name]));
  if (pages.length) console.log(`# ${pages.length} pages: at most ${most('kb')} KB, LCP ${most('lcp')} ms, CLS ${most('cls')}, ${most('dom')} elements`);
};

const linkOf = async (page, from, part) => {
  await open(page, from);
  return page.locator(`main a[href*="${part}"]`).first().getAttribute('href');
};
const address = async (page, name) => {
  if (name === RETT) return linkOf(page, LOG, '/rett/');
  if (name === HISTORY) return (await linkOf(page, LOG, '/rett/')).replace('/rett/', '/historikk/');
  if (name === PROGRESS || name === MINUTES) return linkOf(page, LOG, `/${name}`);
  return name === UNIT ? linkOf(page, '/enheter', '/enheter/') : name;
};

const addresses = async (page, names) => {
  const found = [];
  for (const name of names) found.push(await address(page, name));
  return found;
};

for (const { who, language, checks: own, pages, few: count } of ROLES) {
  const chosen = few ? pages.slice(0, count) : pages;
  if (!chosen.length) continue;
  await fact(`${who ?? 'a visitor'}${language ? ` in ${language}` : ''}: ${chosen.length} pages pass the gate`, async () => {
    const page = who ? await signedIn(DESKTOP, who) : null;
    const cookies = page ? await page.context().cookies() : [];
    if (language) cookies.push({ name: '__Host-stafettlogg-language', value: language });
    const result = gate(await addresses(page, chosen), cookies, checks || own);
    figures(result.stdout);
    expect(result.status === 0, result.stdout.replaceAll(LOG, '/logg'), result.stderr);
    await page?.context().close();
  });
}

await done();
