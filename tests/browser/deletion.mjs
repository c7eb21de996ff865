// deletion.mjs - a log comes to its end: ordered by one at a desk, approved by another, the hours counted down on the guardian's phone, and
// stopped because they asked. Each page on the way is held to axe as it stands, and none is wider than the phone.
// Must not test rules: the scenarios do. Run by run.py. SHOTS: a folder for pictures of the pages.
import { DESKTOP, PHONE, accessible, done, expect, fact, fill, holds, link, open, press, send, signedIn, text, town } from './people.mjs';

const LOG = `/logg/${town.logs.modig.id}`;
const DATE = 'Loggen slettes innen 24 timer. Ordren kan stanses til slettingen begynner.';
const people = {};
let shots = 0;

// A page on which these words stand, which is no wider than its window, and on which axe finds nothing.
const stands = async (page, ...words) => {
  await holds(page, ...words);
  await accessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `${page.url()} is ${wide} pixels too wide`);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${++shots}.png`, fullPage: true });
};
const follow = async (page, words) => press(page, link(page, words).first());

await fact('an administrator decides about the archive and orders the deletion, with a page before what cannot be undone', async () => {
  const holder = await signedIn(DESKTOP, 'Klok Elv');
  await open(holder, `${LOG}/handling/log_close`);
  await fill(holder, { reason: '1' });
  await send(holder, '/handling/log_close');
  const page = people.admin = await signedIn(DESKTOP, 'Klar Fjord');
  await open(page, '/innstillinger');
  await stands(page, 'Ventetid før sletting (timer)', 'To personer må godkjenne sletting');
  await fill(page, { deletion_delay_hours: '2' });   // time enough to stop it
  await send(page, '/innstillinger');
  await open(page, LOG);
  await stands(page, 'Loggen kan ikke slettes ennå.');
  const all = await text(page);
  expect(all.indexOf('Avgjør om loggen skal arkiveres') < all.indexOf('Drøftet med'), 'what must be done stands beside it, before the content');
  await follow(page, 'Avgjør om loggen skal arkiveres');
  await stands(page, 'Avgjørelsen må være tatt før slettingen bestilles.');
  await fill(page, { archive: '2' });
  expect(await send(page, '/handling/archive_decide') === 422, 'no ground');
  await stands(page, 'Hvorfor skal det ikke arkiveres?');
  await fill(page, { ground: '1' });
  await send(page, '/handling/archive_decide');
  await stands(page, 'Avgjørelsen er lagret kl.');
  await follow(page, 'Bestill sletting av loggen');
  await stands(page, 'Dette kan ikke gjøres om.', 'Innholdet blir lukket for alle med en gang.');
  await fill(page, { reason: 'Alt er avklart med familien.' });
  expect(await send(page, '/bekreft/deletion_order') === 200, await text(page));
  await stands(page, 'Slettingen er bestilt kl.', 'Du har bestilt slettingen.', 'Alt er avklart med familien.');
});

await fact('the manager, where there is no other administrator, finds it in the list and approves it', async () => {
  const page = people.manager = await signedIn(DESKTOP, 'Bred Ås');
  await open(page, '/sletting');
  await stands(page, 'Venter på deg');
  await press(page, page.locator(`main a[href="${LOG}"]`).first());
  await stands(page, 'Din godkjenning er nummer to.');
  await follow(page, 'Godkjenn slettingen');
  await stands(page, 'Etterpå kan ingen hente den tilbake.');
  expect(await send(page, '/bekreft/deletion_approve') === 200, await text(page));
  await stands(page, 'Slettingen er godkjent kl.', DATE);
  await open(page, '/sletting');
  await stands(page, 'Slettes, tidligst');
});

await fact('on their phone the guardian sees the date and the hours left, and asks for the stop', async () => {
  const page = people.guardian = await signedIn(PHONE, 'Lys Lerke');
  await open(page, LOG);
  await stands(page, DATE, '24 timer igjen');
  await follow(page, 'Be om at slettingen stanses');
  await stands(page, 'De som kan stanse slettingen, får spørsmålet ditt med en gang.');
  await fill(page, { reason: 'Vi vil ha en kopi først.' });
  await send(page, '/handling/stop_ask');
  await stands(page, 'Spørsmålet ditt er sendt kl.', DATE);
  await open(page, '/varsler');
  await stands(page, 'Loggen slettes innen 24 timer.');
});

await fact('the administrator reads who asks and why, and stops it with a reason', async () => {
  const page = people.admin;
  await open(page, LOG);
  await stands(page, 'Noen ber om at slettingen stanses', 'Vi vil ha en kopi først.');
  await follow(page, 'Stans slettingen');
  expect(await send(page, '/handling/deletion_stop') === 422, 'a reason');
  await stands(page, 'Hvorfor stanser du slettingen?');
  await fill(page, { reason: 'Familien skal få en kopi.' });
  await send(page, '/handling/deletion_stop');
  await stands(page, 'Slettingen er stanset kl.');
  await open(people.guardian, LOG);
  expect(!(await text(people.guardian)).includes(DATE), 'no date any more');
  await stands(people.guardian, 'Passiv');
});

await fact('the same pages in nynorsk and English', async () => {
  for (const language of ['Nynorsk', 'English']) {
    const page = await signedIn(PHONE, 'Klar Fjord');
    await open(page, '/sletting');
    await press(page, page.locator('footer button', { hasText: language }).first());
    await stands(page, language === 'English' ? 'Deletion of logs' : 'Sletting av loggar');
  }
});

await done();
