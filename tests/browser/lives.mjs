// lives.mjs - a log lives and rests, as people do it at a desk and on a phone: consent renewed and withdrawn, the baton handed
// over, a log set passive and opened again, a task done. Each page on the way is held to axe as it stands, with its mistakes too.
// Must not test rules: the scenarios do. Run by run.py in the installation of `make demo`; a word as argument chooses one of the ways.
import { DESKTOP, PHONE, accessible, day, done, expect, fact, fill, holds, link, open, press, send, signedIn, text, town,
  visitor } from './people.mjs';

const WAYS = [
  { way: 'at a desk', options: DESKTOP, log: 'blid', guardian: 'Varm Bjørk', child: 'Blid Bjørk' },
  { way: 'on a phone', options: PHONE, log: 'kvikk', guardian: 'Stram Ørret', child: 'Kvikk Ørret' },
];
const HOLDER = 'Klok Elv', NEXT = 'Fersk Snø', MANAGER = 'Bred Ås';
const child = key => town.logs[key].child;

// A page on which these words stand, and on which axe finds nothing.
const stands = async (page, ...words) => {
  await holds(page, ...words);
  await accessible(page);
};
const follow = async (page, words) => press(page, link(page, words).first());
const carryOut = (page, act) => send(page, `/handling/${act}`);
// Whoever needs a reason for opening a log gives one.
const enter = async (page, log) => {
  await open(page, log);
  if (!await page.locator('main [name=grunn]').count()) return;
  await accessible(page);
  await fill(page, { grunn: 'supervision' });
  await press(page, page.locator('main form button[type=submit]').first());
};

const chosen = way => way.includes(process.argv[2] ?? '');

await fact('a page with a mistake is found', async () => {
  const page = await visitor(DESKTOP);
  await open(page, '/');
  await accessible(page);
  await page.evaluate(() => document.querySelector('main').append(document.createElement('img')));
  expect(await accessible(page).then(() => false, error => error.message.includes('image-alt')), 'an image without words');
  await page.context().close();
});

for (const { way, options, log: key, guardian, child: name } of WAYS.filter(w => chosen(w.way))) {
  const log = `/logg/${town.logs[key].id}`;
  const people = {};

  await fact(`${way}: a guardian renews the consent in two presses, and is told until when it holds`, async () => {
    people.guardian = await signedIn(options, guardian);
    await open(people.guardian, log);
    await follow(people.guardian, 'Gi eller forny samtykket');
    await stands(people.guardian, 'Du kan trekke samtykket når du vil.');
    await fill(people.guardian, { valid_to: day(-1) });
    expect(await carryOut(people.guardian, 'consent_give') === 422, 'a day that has passed');
    await accessible(people.guardian);
    await fill(people.guardian, { valid_to: day(200) });
    expect(await carryOut(people.guardian, 'consent_give') === 200, await text(people.guardian));
    await stands(people.guardian, 'Samtykket er gitt kl.');
    await follow(people.guardian, 'Samtykkehistorikk');
    await stands(people.guardian, guardian);
  });

  await fact(`${way}: the holder offers the baton, and another takes it without having seen whose log it is`, async () => {
    people.holder = await signedIn(options, HOLDER);
    await open(people.holder, `${log}/deltakere`);
    const choice = people.holder.locator('form[action$="/deltakere/stafettpinne"]');
    const value = await choice.locator('option', { hasText: NEXT }).getAttribute('value');
    await choice.locator('select').selectOption(value);
    await press(people.holder, choice.locator('button[type=submit]').first());
    await stands(people.holder, 'Stafettpinnen er tilbudt kl.', `Stafettpinnen er tilbudt ${NEXT}`);
    people.next = await signedIn(options, NEXT);
    await stands(people.next, 'Svar på tilbud om en stafettpinne', `Fra ${HOLDER}`);
    expect(!(await text(people.next)).includes(name), 'no name before it is taken');
    await press(people.next, people.next.locator(`main a[href^="${log}/"]`).first());
    await stands(people.next, 'Ta imot stafettpinnen');
    await carryOut(people.next, 'baton_accept');
    await stands(people.next, 'Du er stafettholder fra nå av kl.', name);
    await open(people.holder, log);
    await stands(people.holder, 'Du har ikke tilgang');
  });

  await fact(`${way}: the holder sets the log passive, sees no more of it, and the family reads that it rests`, async () => {
    await open(people.next, log);
    await follow(people.next, 'Sett loggen passiv');
    await stands(people.next, 'Ingen kan skrive mer i loggen.');
    expect(await carryOut(people.next, 'log_close') === 422, 'without a reason');
    await accessible(people.next);
    await fill(people.next, { reason: '1' });
    await carryOut(people.next, 'log_close');
    await stands(people.next, 'Loggen er satt passiv kl.');
    await open(people.guardian, log);
    await stands(people.guardian, 'Innholdet er stengt for deg. Status: Passiv.');
    expect(!(await text(people.guardian)).includes('Dette gjør vi'), 'nothing of its content');
  });

  await fact(`${way}: the manager opens it again, and the holder works in it`, async () => {
    people.manager = await signedIn(options, MANAGER);
    await enter(people.manager, log);
    await stands(people.manager, 'Passiv', name);
    await follow(people.manager, 'Åpne loggen igjen');
    await stands(people.manager, 'kan lese og skrive igjen');
    await carryOut(people.manager, 'log_reopen');
    await stands(people.manager, 'Loggen er åpnet igjen kl.');
    await open(people.next, log);
    await stands(people.next, name, 'Sett loggen passiv');
  });

  await fact(`${way}: a guardian withdraws the consent in two presses, nobody asks why, and the log is closed at once`, async () => {
    await open(people.guardian, log);
    await follow(people.guardian, 'Trekk samtykket');
    await stands(people.guardian, 'ingen spør hvorfor', 'Det får ingen følger for hjelpen barnet har rett til.');
    await fill(people.guardian, { of: '1' });
    await carryOut(people.guardian, 'consent_withdraw');
    await stands(people.guardian, 'Samtykket er trukket kl.');
    await open(people.next, log);
    await stands(people.next, 'Du har ikke tilgang');
  });

  for (const page of Object.values(people)) await page.context().close();
}

const confirms = async () => {
  const page = await signedIn(DESKTOP, HOLDER);
  const task = page.getByRole('listitem').filter({ hasText: 'Ingen har skrevet i loggen på lenge' }).filter({ hasText: child('quiet') });
  expect(await task.count() === 1, await text(page));
  await press(page, task.getByRole('link').first());
  await follow(page, 'Bekreft at loggen skal stå åpen');
  await stands(page, 'Du kan bekrefte to ganger på rad.');
  expect(await carryOut(page, 'activity_confirm') === 422, 'without a reason');
  await accessible(page);
  await fill(page, { reason: 'Vi møtes igjen etter jul.' });
  await carryOut(page, 'activity_confirm');
  await stands(page, 'Det er bekreftet at loggen skal stå åpen kl.');
  await open(page, '/mine');
  await accessible(page);
  expect(await task.count() === 0, 'it is done');
  await open(page, '/varsler');
  await stands(page, 'Varsler');
  await page.context().close();
};

const renews = async () => {
  const holder = await signedIn(PHONE, HOLDER), guardian = await signedIn(PHONE, 'Stø Brekke');
  const tasks = holder.getByRole('listitem').filter({ hasText: 'Forny samtykket' }).filter({ hasText: child('ending') });
  expect(await tasks.count() > 0, await text(holder));
  await stands(guardian, 'Varer til');
  await open(guardian, `/logg/${town.logs.ending.id}`);
  await follow(guardian, 'Gi eller forny samtykket');
  await accessible(guardian);
  await fill(guardian, { valid_to: day(300) });
  await carryOut(guardian, 'consent_give');
  await stands(guardian, 'Samtykket er gitt kl.');
  await open(holder, '/mine');
  await accessible(holder);
  expect(await tasks.count() === 0, 'it is done');
  for (const page of [holder, guardian]) await page.context().close();
};

if (chosen('at a desk')) await fact('at a desk: the holder confirms a quiet log, and the task is gone from what waits', confirms);
if (chosen('on a phone')) await fact('on a phone: a guardian renews a consent that ends, and nothing waits for the holder any more', renews);

await done();
