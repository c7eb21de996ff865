// main_job.mjs - what stafettlogg is for, as people do it: at a desk, on a phone, and with scripts switched off.
// Must not know how a page is made: it reads words, fills fields by name and presses buttons.
// Run by run.py; a word as argument chooses one of the ways.
import { ABSENT, DESKTOP, PHONE, day, done, expect, fact, fill, holds, link, nationalId, open, press, send, signOut, signedIn,
  text, totp, town, visitor } from './people.mjs';

const PASSWORD = 'tre hvite svaner på isen';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const WAYS = [
  { way: 'at a desk', options: DESKTOP, child: 'Rask Kanari', guardians: ['Gul Kanari', 'Blå Kanari'], enrols: 'Fersk Snø', number: 510 },
  { way: 'on a phone', options: PHONE, child: 'Lun Vipe', guardians: ['Grå Vipe', 'Hvit Vipe'], enrols: 'Trygg Havn', number: 620 },
  { way: 'without scripts', options: { ...DESKTOP, javaScriptEnabled: false }, child: 'Snar Svale', guardians: ['Blank Svale', 'Sølv Svale'],
    enrols: 'Våken Sjø', number: 730 },
];

// First sign-in with a code: the authenticator's key is read from the page as a person would.
const enrol = async (page, code, userName) => {
  await open(page, `/k/${town.number}`);
  await press(page, link(page, /engangskode/i));
  await fill(page, { enrolment: code });
  await send(page, '/ny');
  const secret = await page.locator('.sl-code').innerText();
  await fill(page, { user_name: userName, password: PASSWORD, code: totp(secret, -1) });
  await send(page, '/konto');
  await holds(page, 'Kontoen er klar');
  await fill(page, { user_name: userName, password: PASSWORD, code: totp(secret) });
  await send(page, `/k/${town.number}`);
};

const startLog = async (page, units) => {
  await open(page, '/mine');
  await press(page, link(page, /ny.*logg/i).first());
  await send(page, '/ny/information');
  await fill(page, { required_persons: '2', units });
  await send(page, '/ny/consent');
};

const write = async (page, log, kind, fields, query = '') => {
  await open(page, `${log}/ny/${kind}${query}`);
  await fill(page, fields);
  expect(await send(page, `/ny/${kind}`) === 200, `${kind} was not taken`, await text(page));
};

for (const { way, options, child, guardians, enrols, number } of WAYS.filter(w => w.way.includes(process.argv[2] ?? ''))) {
  const health = town.units.find(u => u.name.includes('skolehelse')).id;
  const made = {};

  await fact(`${way}: somebody new takes a code into use, signs in with the authenticator and signs out`, async () => {
    const page = await visitor(options);
    await enrol(page, town.codes[enrols], `ny.${number}`);
    await holds(page, enrols);
    await signOut(page);
    expect(await open(page, '/mine') === 403, 'the session is over');
    await page.context().close();
  });

  await fact(`${way}: one guardian's no ends the wizard`, async () => {
    made.holder = await signedIn(options, 'Klok Elv');
    await startLog(made.holder, [health]);
    await fill(made.holder, { answer: '0' });
    await send(made.holder, '/ny/consent');
    await holds(made.holder, 'Ingenting er lagret');
  });

  await fact(`${way}: a log is made with one consent on paper and one oral with a witness`, async () => {
    const page = made.holder;
    await startLog(page, [health]);
    await fill(page, { answer: '1', given_on: day(-1), method: '1' });
    await send(page, '/ny/consent');
    await fill(page, { answer: '1', given_on: day(), method: '3' });
    expect(await send(page, '/ny/consent') === 422, 'a witness is missing');
    await holds(page, 'Skriv hvem som var vitne');
    await fill(page, { witness: 'Bred Ås' });
    await send(page, '/ny/consent');
    await fill(page, { name: child, birth_date: '14.05.2016', national_id: nationalId(number), living: '2' });
    await send(page, '/ny/child');
    for (const [i, name] of guardians.entries()) {
      await fill(page, { name, relationship: String(i + 1), responsibility: '1' });
      await send(page, '/ny/guardian');
    }
    await holds(page, child, ...guardians, 'Bred Ås');
    expect(!(await text(page)).includes(nationalId(number)), 'the number is masked');
    await fill(page, { document: { name: 'samtykke.pdf', mimeType: 'application/pdf', buffer: PDF } });
    await send(page, '/ny/create');
    const codes = await page.locator('.sl-code').allInnerTexts();
    expect(codes.length === 2, 'a code for each guardian', await text(page));
    made.code = codes[0];
    await press(page, page.locator('main a[href^="/logg/"]').first());
    made.log = new URL(page.url()).pathname;
    await holds(page, child);
  });

  await fact(`${way}: level, attention, goal, measure, evaluation, meeting with summary and note are written`, async () => {
    const page = made.holder, { log } = made;
    await write(page, log, 'level', { level: '1', reason: 'Skolen prøver egne tiltak først.', date: day() });
    await write(page, log, 'attention', { category: '11', severity: '2', date: day(-1), description: 'Mister linja i lange tekster.',
      discussed_guardians: '1', discussed_guardians_on: day(-1) });
    await write(page, log, 'goal', { text: 'Leser en hel side med glede.', target_date: day(40) });
    await press(page, page.locator('.sl-goal a[href*="/ny/measure"]').first());
    await fill(page, { category: '11', arena: '3', description: 'Leselinjal i alle timer.', start: day(), deadline: day(30), state: '2' });
    await page.getByRole('group', { name: 'Ansvarlig' }).getByLabel(guardians[0]).check();
    await send(page, '/ny/measure');
    await holds(page, 'Leselinjal i alle timer.', guardians[0]);
    await press(page, page.locator('a[href*="/ny/evaluation"]').first());
    await fill(page, { outcome: '2', date: day(), text: 'Linjalen hjelper.' });
    await send(page, '/ny/evaluation');
    await holds(page, 'Linjalen hjelper.');
    await write(page, log, 'meeting', { time: `${day(5)} 08.30`, place: 'Rom 12', agenda: 'Hvordan går det?' });
    await press(page, page.locator('.sl-box a[href*="/rett/"]').first());
    await fill(page, { summary: 'Vi fortsetter i seks uker.' });
    await send(page, '/meeting');
    await holds(page, 'Vi fortsetter i seks uker.', 'Rom 12');
    await fill(page, { text: 'Fin start på uka.' });
    await send(page, '/ny/note');
    await holds(page, 'Fin start på uka.');
  });

  await fact(`${way}: a correction is a new version and the former one can be read`, async () => {
    const page = made.holder;
    await press(page, page.locator('#oppmerksomhet').getByRole('link', { name: 'Rett' }).first());
    await fill(page, { description: 'Mister linja når skriften er liten.' });
    await send(page, '/attention');
    await holds(page, 'Mister linja når skriften er liten.', 'versjon 2');
    await press(page, page.locator('#oppmerksomhet').getByRole('link', { name: 'Historikk' }).first());
    await holds(page, 'Mister linja i lange tekster.', 'Mister linja når skriften er liten.', 'Klok Elv');
  });

  await fact(`${way}: the guardian enrols, reads the same log, writes a note and sees who has opened it`, async () => {
    const page = made.guardian = await visitor({ ...PHONE, javaScriptEnabled: options.javaScriptEnabled });
    await enrol(page, made.code, `foresatt.${number}`);
    expect(new URL(page.url()).pathname === made.log, 'a family with one log comes straight to it', page.url());
    await holds(page, child.split(' ')[0], 'Leselinjal i alle timer.', 'Vi fortsetter i seks uker.');
    await page.locator('#oppmerksomhet > summary').click();
    await holds(page, 'Mister linja når skriften er liten.');
    await fill(page, { text: 'Hjemme gikk det fint.' });
    await send(page, '/ny/note');
    await holds(page, 'Hjemme gikk det fint.');
    await press(page, link(page, /Se alle/).first());
    await holds(page, 'Klok Elv', guardians[0], 'Leste loggen', 'Skrev et notat');
  });

  await fact(`${way}: only what the consent names may take part; all others find nothing`, async () => {
    for (const [name, role] of options === DESKTOP ? [['Fjern Topp'], ['Skjør Regnbue'], ['Mild Eng', 'PPT']] : [['Fjern Topp']]) {
      const stranger = await signedIn(options, name, role);
      expect(await open(stranger, `${made.log}/sett`) === 404, name);
      const there = await text(stranger);
      await open(stranger, `${ABSENT}/sett`);
      expect(there === await text(stranger) && there.includes('Fant ikke siden'), name, there);
      await stranger.context().close();
    }
    const actor = await signedIn(options, 'Rolig Vind');
    expect(await open(actor, `/logg/${town.logs.blid.id}`) === 200, 'the unit stands in the consent');
    await fill(actor, { text: `Synet er prøvd igjen, ${way}.` });
    await send(actor, '/ny/note');
    await holds(actor, `Synet er prøvd igjen, ${way}.`);
    await actor.context().close();
  });

  await fact(`${way}: administrators open with a reason, and it stands in who has seen the log`, async () => {
    for (const [name, reason] of [['Klar Fjord', 'complaint'], ['Bred Ås', 'holder_replacement']]) {
      const page = await signedIn(options, name);
      await open(page, made.log);
      await holds(page, 'Hvorfor trenger du å åpne loggen?');
      await fill(page, { grunn: reason });
      await send(page, '/grunn');
      await holds(page, child);
      await page.context().close();
    }
    await open(made.guardian, `${made.log}/sett`);
    await holds(made.guardian, 'Klar Fjord', 'Grunn: Klage', 'Bred Ås', 'Grunn: Bytte av stafettholder');
    await made.guardian.context().close();
    await made.holder.context().close();
  });
}

await done();
