#!/usr/bin/env python3
"""guardian_in_app.py - a second guardian who comes later says yes in the app, to a log that there is: asked by its holder, or by the
manager where a consent is missing; renewed in the app afterwards. A no changes nothing in the log."""
from hand import Hand
from invitations import CODE, asked, enrol, say_no, say_yes
from scenario import day, expect, fact, main

SELF = {'name': 'Trygg Tussmørke', 'relationship': '1', 'responsibility': '1'}
LATER = {'name': 'Rask Regnbue', 'relationship': '2', 'responsibility': '1'}
made = {}


def ask(browser, log):
    """The code for another guardian of this log."""
    page = browser.open(browser.open(log + '/deltakere').link('Spør en foresatt i appen'))
    page = browser.save(page.form('/deltakere/invitasjon'))
    return CODE.findall(page.text)[0][1]


def take_in(browser):
    page = browser.open('/invitasjoner')
    form = next(form for form in page.forms if form.action.startswith('/invitasjoner/inn/'))
    return browser.send(form)


def child_of(town, key):
    return {'name': town.nordvaer.logs[key]['child']}


def consents(town, log):
    hand = made.setdefault('hand', Hand(town))
    no = hand.rows('log', 'id={' + log.rsplit('/', 1)[1] + '}')[0]['no']
    return hand.rows('consent', f'log_no={no}')


@fact
def whoever_may_not_let_a_guardian_in_does_not_ask_one(town):
    for name in ('Varm Bjørk', 'Fjern Topp'):
        browser = town.signed_in(name)
        expect(browser.get(town.log('blid') + '/deltakere/invitasjon').status == 404, name)


@fact
def of_a_child_whose_address_is_protected_no_guardian_is_asked_in_the_app(town):
    holder, log = town.signed_in('Klok Elv'), town.log('modig')
    forms = [form for address in holder.open(log).links('/rett/') for form in holder.open(address).forms]
    holder.save(next(form for form in forms if 'protection' in form.fields), protection='2', address='')
    page = holder.open(log + '/deltakere/invitasjon')
    page = holder.send(page.form('/deltakere/invitasjon'))
    expect(page.status == 422 and 'beskyttet' in page.text, page)
    expect(not made.setdefault('hand', Hand(town)).rows('invitation'))


@fact
def the_guardian_is_asked_without_a_word_about_the_child(town):
    made['holder'], made['log'] = town.signed_in('Klok Elv'), town.log('blid')
    made['before'] = len(consents(town, made['log']))
    made['one'] = enrol(town, ask(made['holder'], made['log']), 'trygg.t')
    page = made['one'].open(asked(made['one']))
    expect('Blid' not in page.text and 'samtykker til en stafettlogg' in page.text, page)
    expect(made['one'].get(made['log']).status == 404, 'they see nothing of the log')


@fact
def their_yes_about_another_child_lets_nobody_in(town):
    say_yes(made['one'], asked(made['one']), {'name': 'Helt Annen'}, SELF)
    expect('sagt ja til en invitasjon' in made['holder'].open('/mine').text)
    page = take_in(made['holder'])
    expect(page.status == 422 and 'et annet barn' in page.text, page)
    expect(len(consents(town, made['log'])) == made['before'] and made['one'].get(made['log']).status == 404)


@fact
def their_no_takes_the_answer_back_and_changes_nothing_in_the_log(town):
    page = say_no(made['one'], made['one'].open('/invitasjon').links('/invitasjon/')[0])
    expect('Takk for svaret' in page.text and not made['hand'].rows('invited'), page)
    expect(len(consents(town, made['log'])) == made['before'])
    expect('Blid' in made['holder'].open(made['log']).text)


@fact
def their_yes_lets_them_in_with_a_consent_of_their_own(town):
    made['one'] = enrol(town, ask(made['holder'], made['log']), 'trygg.to')
    say_yes(made['one'], asked(made['one']), child_of(town, 'blid'), SELF)
    page = made['holder'].follow(take_in(made['holder']))
    expect(page.path == made['log'] + '/deltakere' and SELF['name'] in page.text, page)
    rows = consents(town, made['log'])
    expect(len(rows) == made['before'] + 1 and [row['method'] for row in rows].count('2') == 1, rows)
    page = made['one'].open(made['log'])
    expect('Blid' in page.text, page)
    expect(SELF['name'] in made['holder'].open(made['log'] + '/samtykke').text)


@fact
def they_renew_it_in_the_app(town):
    page = made['one'].open(made['log'] + '/handling/consent_give')
    form = page.form('consent_give')
    page = made['one'].save(form, valid_to=day(100))
    expect('Samtykket er gitt' in page.text and len(consents(town, made['log'])) == made['before'] + 2, page)


@fact
def a_save_that_was_open_when_they_withdrew_is_refused_with_its_text_given_back(town):
    form = made['holder'].open(made['log'] + '/ny/note').form('/ny/note')
    page = made['one'].open(made['log'] + '/handling/consent_withdraw')
    expect(made['one'].send(page.form('consent_withdraw'), of='1').status == 303)
    page = made['holder'].send(form, text='Skrevet mens samtykket ble trukket.')
    expect(page.status in (403, 404, 409, 422) and 'Skrevet mens samtykket ble trukket.' in page.body.decode(), page)


@fact
def where_a_consent_is_missing_the_manager_asks_and_the_log_may_go_on(town):
    manager = town.signed_in('Bred Ås', 'Enhetsleder')
    made['two'] = enrol(town, ask(manager, made['log']), 'rask.r')
    say_yes(made['two'], asked(made['two']), child_of(town, 'blid'), LATER)
    expect('sagt ja til en invitasjon' in manager.open('/mine').text)
    page = manager.follow(take_in(manager))
    expect(LATER['name'] in page.text, page)
    page = made['two'].open(made['log'])
    expect('passiv' in page.text.lower(), page)


@fact
def the_one_who_withdrew_gives_it_again_from_the_stub_and_the_manager_opens_the_log(town):
    page = made['one'].open(made['log'])
    page = made['one'].open(page.links('consent_give')[0])
    page = made['one'].save(page.form('consent_give'), valid_to=day(100))
    manager = town.signed_in('Bred Ås', 'Enhetsleder')
    page = manager.open(made['log'] + '/handling/log_reopen')
    manager.save(page.form('log_reopen'))
    for browser in (made['one'], made['two'], made['holder']):
        expect('Blid' in browser.open(made['log']).text)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
