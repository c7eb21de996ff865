#!/usr/bin/env python3
"""s01_of_age.py - the child turns 18: announced, at 00:00 passive and without guardians; the adult is told and may take a copy, and goes
on by their own consent where the municipality's highest age allows it. What nobody keeps is decided about, ordered, approved and purged."""
from documents import Api
from ending import DATE, approves, decides, may_be_stopped, orders, stops, to_the_end
from scenario import DATABASE, expect, fact, main
from young import act, begin, birthday, lets_in, links, passes, someone, stored, told

made = {}
GIVE, REOPEN, COPY = 'Gi eller forny samtykket', 'Åpne loggen igjen', 'Ta en kopi av loggen'
ACTIVE, PASSIVE, OF_AGE = 1, 2, 8   # domain/states.h, domain/lifecycle.h


def people(town):
    for key, name in (('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)


def begins(town, name, in_days):
    """The log of somebody who is 17, who has been let in."""
    log = begin(town, made['holder'], name, birthday(town, 18, in_days=in_days))
    lets_in(made['holder'], log)
    return log


@fact
def administrator_manager_and_holder_are_told_90_and_30_days_before_and_the_family_is_not(town):
    people(town)
    made['log'], made['other'] = begins(town, 'Rask Kanari', 95), begins(town, 'Stille Kanari', 95)
    for passed, words in ((5, '90 dager'), (60, '30 dager')):
        expect(f'fyller 18 år om {words}' not in made['holder'].open('/varsler').text, 'the day before')
        passes(town, passed)
        people(town)
        for name in ('holder', 'manager', 'admin'):
            expect(f'fyller 18 år om {words}' in made[name].open('/varsler').text, name, words)
    for who in ('Gul Rasksen', 'Rask Kanari'):
        expect('fyller 18 år' not in someone(town, who).open('/varsler').text, who)


@fact
def the_day_before_everything_is_as_it_was(town):
    passes(town, 29)
    people(town)
    expect(stored(town, made['log']) == (ACTIVE, 0))
    guardian = someone(town, 'Gul Rasksen')
    expect(guardian.open(made['log']).status == 200 and 'Innholdet er stengt' not in guardian.open(made['log']).text)
    expect(made['holder'].open(made['log']).heading == 'Rask Kanari')
    expect(COPY in links(someone(town, 'Rask Kanari').open(made['log'])), 'whoever reads it may take a copy')


@fact
def at_midnight_the_log_is_passive_and_guardians_have_nothing_on_any_path(town):
    form = made['holder'].open(f'{made["log"]}/ny/note').form('/ny/note')
    passes(town, 1)
    people(town)
    expect(stored(town, made['log']) == (PASSIVE, OF_AGE), stored(town, made['log']))
    for who in ('Gul Rasksen', 'Blå Rasksen'):
        guardian = someone(town, who)
        for path in ('', '/sett', '/samtykke', '/kopi', '/deltakere', '/handling/claim_file', '/handling/consent_give',
                     '/handling/consent_withdraw', '/handling/copy_waive', '/handling/correction_ask'):
            expect(guardian.get(made['log'] + path).status == 404, who, path)
        expect('Rask Kanari' not in guardian.get('/mine').text, 'nor a line in a list')
        api = Api(town, guardian)
        for path in ('', '/seen', '/consents'):
            answer = api.get(made['log'].replace('/logg/', '/api/v1/logs/') + path)
            expect(answer.status in (403, 404) and 'Rask Kanari' not in str(answer.document), path, answer.document)
    expect(made['holder'].get(made['log']).status == 404, 'the holder reads it no more')
    for name in ('manager', 'admin'):
        expect('Rask Kanari' in made[name].open(made['log']).text, name)
    made['form'] = form


@fact
def the_adult_is_told_and_takes_a_copy_for_fourteen_days_and_the_deletion_waits_for_it(town):
    adult = someone(town, 'Rask Kanari')
    expect('Barnet har fylt 18 år' in adult.open('/varsler').text or '18 år' in adult.open('/varsler').text, adult.open('/varsler'))
    page = adult.open(made['log'])
    expect('Innholdet er stengt for deg' in page.text and 'Du kan ta en kopi til og med' in page.text, page)
    page = adult.open(page.link(COPY))
    file = adult.send(next(f for f in page.forms if 'format' in f.fields))
    expect(file.status == 200 and 'Rask Kanari' in file.body.decode())
    expect('Hentet sin egen kopi' in made['admin'].open(f'{made["log"]}/sett?grunn=family_request').text)
    expect('Tok en kopi' in made['manager'].open(made['log']).text)
    expect(decides(made['admin'], made['other']).status == 303 and orders(made['admin'], made['other']).status == 404, 'the first day')
    passes(town, 13)
    people(town)
    expect(orders(made['admin'], made['other']).status == 404, 'the day before')
    adult = someone(town, 'Stille Kanari')
    page = adult.open(act(made['other'], 'copy_waive'))
    expect(adult.send(page.form('copy_waive')).status == 303, 'the last day')
    passes(town, 1)
    people(town)
    adult = someone(town, 'Rask Kanari')
    expect(COPY not in links(adult.open(made['log'])) and adult.get(f'{made["log"]}/kopi').status == 404, 'the day after')
    expect('18 år for 14 dager siden' in made['admin'].open('/varsler').text, 'the administrator is reminded')


@fact
def the_order_of_a_grown_ups_log_is_approved_by_another_and_only_the_adult_sees_the_date(town):
    log, reminded = made['other'], '18 år for 14 dager siden'
    may_be_stopped(made['admin'])
    page = made['admin'].follow(orders(made['admin'], log))
    expect('Ungdommen har fylt 18 år' in page.text and 'Stille Kanari' not in page.text, page)
    tasks = made['admin'].open('/mine').text.count(reminded)
    expect(approves(made['admin'], log).status == 404 and approves(made['manager'], log).status == 303)
    expect(tasks == 1, 'what is ordered reminds nobody any more', tasks)
    expect(DATE in someone(town, 'Stille Kanari').open(log).text)
    for who in ('Gul Stillesen', 'Blå Stillesen'):
        expect(someone(town, who).get(log).status == 404 and DATE not in someone(town, who).open('/mine').text, who)
    expect(stops(made['manager'], log).status == 303 and stored(town, log)[0] == PASSIVE, 'the manager who may approve stops it')


@fact
def without_the_highest_age_the_adults_own_consent_opens_nothing(town):
    adult = someone(town, 'Rask Kanari')
    form = adult.open(act(made['log'], 'consent_give')).form('consent_give')
    expect(adult.send(form, valid_to=told(town, 200)).status == 303, 'it is taken')
    expect(REOPEN not in links(made['manager'].open(made['log'])), 'and opens nothing')


@fact
def where_the_highest_age_is_23_the_manager_opens_it_again_by_the_adults_own_consent_and_guardians_stay_out(town):
    saved = made['admin'].send(made['admin'].open('/innstillinger').form('/innstillinger'), highest_age_years='23')
    expect(saved.status == 303, saved)
    stille = someone(town, 'Stille Kanari')
    withdrawn = stille.send(stille.open(act(made['other'], 'consent_withdraw')).form('consent_withdraw'), of='1')
    expect(withdrawn.status == 303, 'what the young person said at the beginning is taken back', withdrawn)
    expect(REOPEN not in links(made['manager'].open(made['other'])), 'not without their consent')
    form = made['manager'].open(made['manager'].open(made['log']).link(REOPEN)).form('log_reopen')
    expect(made['manager'].send(form).status == 303)
    expect(stored(town, made['log']) == (ACTIVE, 0))
    expect(made['holder'].open(made['log']).heading == 'Rask Kanari')
    adult = someone(town, 'Rask Kanari')
    expect(adult.open(made['log']).status == 200 and 'Innholdet er stengt' not in adult.open(made['log']).text, 'the adult reads it')
    expect(someone(town, 'Gul Rasksen').get(made['log']).status == 404, 'guardians do not')
    passes(town, 2)
    people(town)
    expect(stored(town, made['log']) == (ACTIVE, 0), 'no night closes it again')
    form = adult = someone(town, 'Rask Kanari')
    form = adult.open(act(made['log'], 'consent_withdraw')).form('consent_withdraw')
    expect(adult.send(form, of='1').status == 303 and stored(town, made['log'])[0] == PASSIVE, 'the adult ends it')


@fact
def a_consent_given_before_the_birthday_keeps_the_log_open_through_it(town):
    people(town)
    log = begins(town, 'Sterk Kanari', 20)
    child = someone(town, 'Sterk Kanari')
    form = child.open(act(log, 'consent_give')).form('consent_give')
    expect(child.send(form, valid_to=told(town, 60)).status == 303)
    passes(town, 20)
    people(town)
    expect(stored(town, log) == (ACTIVE, 0) and made['holder'].open(log).heading == 'Sterk Kanari')
    expect(someone(town, 'Gul Sterksen').get(log).status == 404, 'guardians are out')
    passes(town, 41)
    people(town)
    expect(stored(town, log)[0] == PASSIVE, 'when it is over, so is the log')
    expect(town.verify() == '', town.verify())


@fact
def what_nobody_keeps_is_ordered_again_and_goes_to_its_end(town):
    log = made['other']
    expect(decides(made['admin'], log).status == 303 and orders(made['admin'], log).status == 303)
    expect(approves(made['manager'], log).status == 303)
    to_the_end(town, log, 1, 'Stille Kanari', ('Klok Elv', 'Bred Ås', 'Stille Kanari', 'Gul Stillesen', 'Blå Stillesen'))


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
