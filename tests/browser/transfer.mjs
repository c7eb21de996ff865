// transfer.mjs - a log goes to another unit, as people do it at a desk and on a phone: proposed, said yes to by the family, decided, taken by
// the other unit's manager, and read by the former one. Each page on the way is held to axe as it stands, with its mistakes too.
// Must not test rules: the scenarios do. Run by run.py; a word as argument chooses one of the ways.
import { DESKTOP, PHONE, accessible, day, done, expect, fact, fill, holds, link, open, press, send, signedIn, text, town } from './people.mjs';

const WAYS = [
  { way: 'at a desk', options: DESKTOP, log: 'modig', guardian: 'Lys Lerke', child: 'Modig Lerke' },
  { way: 'on a phone', options: PHONE, log: 'kvikk', guardian: 'Stram Ørret', child: 'Kvikk Ørret' },
];
const HOLDER = 'Klok Elv', MANAGER = 'Bred Ås', OTHER = 'Mild Eng', NEXT = 'Trygg Havn';
const SCHOOL = 'Bjørkelia skole', NURSERY = 'Regnbuen barnehage';

// A page on which these words stand, and on which axe finds nothing.
const stands = async (page, ...words) => {
  await holds(page, ...words);
  await accessible(page);
};
const follow = async (page, words) => press(page, link(page, words).first());
const carryOut = (page, act) => send(page, `/handling/${act}`);
// The value of the choice whose label says so.
const choice = async (page, name, label) => {
  const select = page.locator(`main select[name="${name}"]`);
  if (await select.count()) return select.locator('option', { hasText: label }).first().getAttribute('value');
  const id = await page.locator('main label', { hasText: label }).first().getAttribute('for');
  return page.locator(`main [id="${id}"]`).getAttribute('value');
};

for (const { way, options, log: key, guardian, child } of WAYS.filter(w => w.way.includes(process.argv[2] ?? ''))) {
  const log = `/logg/${town.logs[key].id}`;
  const people = {};

  await fact(`${way}: the holder proposes the transfer from the page of the log, and what is wrong stands at its field`, async () => {
    people.holder = await signedIn(options, HOLDER);
    await open(people.holder, log);
    await follow(people.holder, 'Foreslå overføring til en annen enhet');
    await stands(people.holder, 'Loggen følger barnet hvis familien vil det.');
    await fill(people.holder, { on: day(-1) });
    expect(await carryOut(people.holder, 'transfer_propose') === 422, 'no unit, and a day that has passed');
    await accessible(people.holder);
    await fill(people.holder, { unit: await choice(people.holder, 'unit', NURSERY), on: day(14) });
    expect(await carryOut(people.holder, 'transfer_propose') === 200, await text(people.holder));
    await stands(people.holder, 'Overføringen er foreslått kl.', NURSERY);
  });

  await fact(`${way}: a guardian reads what they say yes to, and the other's yes is recorded`, async () => {
    people.guardian = await signedIn(options, guardian);
    await open(people.guardian, log);
    await follow(people.guardian, 'Si ja til at loggen overføres');
    await stands(people.guardian, NURSERY, SCHOOL, 'Frist for svar');
    await carryOut(people.guardian, 'transfer_consent');
    await stands(people.guardian, 'Du har sagt ja til overføringen kl.');
    await open(people.holder, `${log}/handling/transfer_consent_record`);
    await stands(people.holder, 'Registrer samtykke til overføringen');
    expect(await carryOut(people.holder, 'transfer_consent_record') === 422, 'nobody is named');
    await accessible(people.holder);
    for (const one of await people.holder.locator('main [name=giver]').evaluateAll(all =>
      all.flatMap(e => (e.options ? [...e.options].map(o => o.value) : [e.value])).filter(v => v))) {
      await fill(people.holder, { giver: one, given_on: day(), method: '3', witness: MANAGER });
      if (await carryOut(people.holder, 'transfer_consent_record') === 200) break;
      await stands(people.holder, 'har sagt ja allerede');
    }
    await stands(people.holder, 'Samtykket til overføringen er registrert kl.');
  });

  await fact(`${way}: the manager decides, and the other unit's manager takes it without having seen whose log it is`, async () => {
    people.manager = await signedIn(options, MANAGER);
    await open(people.manager, `${log}/handling/transfer_decide`);
    await stands(people.manager, 'Avgjør før overføringen', NURSERY);
    await fill(people.manager, { grunn: 'transfer' });
    await carryOut(people.manager, 'transfer_decide');
    await stands(people.manager, 'Det er avgjort, og den nye enheten er spurt kl.');
    people.other = await signedIn(options, OTHER, NURSERY);
    await follow(people.other, 'Overføringer til og fra enheten');
    await stands(people.other, `${SCHOOL} vil overføre en logg`);
    await follow(people.other, `${SCHOOL} vil overføre en logg`);
    await stands(people.other, 'Vil enheten din ta imot loggen?', SCHOOL);
    expect(!(await text(people.other)).includes(child), 'no name before it is taken');
    expect(await carryOut(people.other, 'transfer_accept') === 422, 'a holder is named');
    await accessible(people.other);
    await fill(people.other, { holder: await choice(people.other, 'holder', NEXT) });
    await carryOut(people.other, 'transfer_accept');
    await stands(people.other, 'Loggen er tatt imot kl.');
  });

  await fact(`${way}: the new holder has the log, and the former one reads the part that they wrote`, async () => {
    people.next = await signedIn(options, NEXT);
    await open(people.next, log);
    await stands(people.next, child, 'Overført', 'Kontrollsum');
    await open(people.holder, '/overforinger');
    await stands(people.holder, 'Gitt videre', `til ${NURSERY}`);
    await press(people.holder, people.holder.locator(`main a[href="${log}"]`).first());
    await stands(people.holder, child, 'Dette er den delen dere skrev.', 'Kontrollsum for delen');
    expect(!await people.holder.locator('main a[href*="/handling/"]').count(), 'nothing is done to it');
  });

  for (const page of Object.values(people)) await page.context().close();
}

await done();
