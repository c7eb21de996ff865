#!/usr/bin/env python3
"""young_person.py - the age of consent: the young person is asked 90, 30 and 7 days before and at the birthday, answers in that time, and
without an answer the log is passive, or in the grace (rules: consent 10, 11)."""
from documents import Api
from new_log import NewLog
from scenario import expect, fact, main
from young import act, begin, birthday, iso, lets_in, links, passes, someone, stored, told

made = {}
GIVE, WITHDRAW, REOPEN = 'Gi eller forny samtykket', 'Trekk samtykket', 'Åpne loggen igjen'
ACTIVE, PASSIVE, CONSENT_WITHDRAWN, CONSENT_AGE = 1, 2, 5, 11   # domain/states.h, domain/lifecycle.h


def people(town):
    for key, name in (('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)


def answers(child, log, until):
    form = child.open(act(log, 'consent_give')).form('consent_give')
    return child.send(form, valid_to=until)


@fact
def before_the_ninety_days_the_young_person_is_not_asked(town):
    people(town)
    made['log'] = begin(town, made['holder'], 'Rask Kanari', birthday(town, 16, in_days=100))
    made['other'] = begin(town, made['holder'], 'Stille Kanari', birthday(town, 16, in_days=100))
    for log in (made['log'], made['other']):
        lets_in(made['holder'], log)
    child = someone(town, 'Rask Kanari')
    page = child.open(made['log'])
    expect(GIVE not in links(page) and WITHDRAW not in links(page), links(page))
    for name in ('consent_give', 'consent_withdraw'):
        expect(child.get(act(made['log'], name)).status == 404, name)


@fact
def the_young_person_has_a_page_of_their_own_and_says_there_what_they_think(town):
    child = someone(town, 'Rask Kanari')
    page = child.open(made['log'])
    expect(page.heading == 'Hei, Rask!' and 'Er det noe du vil si?' in page.text and '116 111' in page.text, page)
    form = page.form('/ny/note')
    expect(form['note_kind'].value == '3', 'in their own voice')
    expect([words for _, words in form['mood'].options] == ['Bra', 'Sånn passe', 'Ikke bra'], form['mood'].options)
    expect(child.send(form).status == 422, 'nothing was said')
    page = child.follow(child.send(child.open(made['log']).form('/ny/note'), mood='3'))
    said = 'Hvordan går det? Ikke bra.'
    expect(said in page.text and said in made['holder'].open(made['log']).text, 'a press is enough', page)
    expect(child.send(page.form('/ny/note'), mood='4').status == 400, 'what no form offers')
    page = child.follow(child.send(page.form('/ny/note'), mood='2', text='Jeg vil sitte ved vinduet.'))
    expect('Jeg vil sitte ved vinduet.' in page.text and 'Jeg vil sitte ved vinduet.' in made['holder'].open(made['log']).text, page)
    expect(someone(town, 'Gul Rasksen').open(made['log']).heading.startswith('Stafettloggen til'), 'the guardian has another')


@fact
def how_it_is_going_is_said_once_when_the_form_has_come_back(town):
    child = someone(town, 'Rask Kanari')
    said = 'Hvordan går det? Sånn passe.'
    form = child.open(made['log']).form('/ny/note')
    back = child.send(form, mood='2', text='Jeg vil sitte ved døra. ' * 100)
    expect(back.status == 422, 'it is too long', back)
    form = back.form('/ny/note')
    expect(form['text'].value.count(said) == 1, 'the answer stands in what comes back', form['text'].value)
    before = child.open(made['log']).text.count(said)
    page = child.follow(child.send(form, text=form['text'].value[:200]))
    expect(page.text.count(said) == before + 1, page.text.count(said), before)

    form = page.form('/ny/note')
    expect(child.send(form, mood='2', text='Takk.').status == 303)
    back = child.send(form, mood='2', text='Takk for det.')
    expect(back.status == 409, 'the same form with something else', back)
    before = child.open(made['log']).text.count(said)
    page = child.follow(child.send(back.form('/ny/note')))
    expect('Takk for det.' in page.text and page.text.count(said) == before + 1, page.text.count(said), before)


@fact
def holder_and_young_person_are_told_90_30_and_7_days_before_and_nobody_else(town):
    for days, words in ((10, '90 dager'), (60, '30 dager'), (23, '7 dager')):
        passes(town, days)
        people(town)
        child = someone(town, 'Rask Kanari')
        for browser in (made['holder'], child):
            expect(f'samtykkealderen om {words}' in browser.open('/varsler').text, words, browser.open('/varsler'))
        for name in ('manager', 'admin'):
            expect('samtykkealderen' not in made[name].open('/varsler').text, name)
    expect('samtykkealderen' not in someone(town, 'Gul Rasksen').open('/varsler').text, 'nor the guardians')


@fact
def the_answer_is_given_in_that_time_and_holds_on_the_birthday(town):
    child = someone(town, 'Rask Kanari')
    page = child.open(made['log'])
    expect(GIVE in links(page), links(page))
    wrong = answers(child, made['log'], told(town, 3))
    expect(wrong.status == 422 and 'valid_to' in wrong.errors, 'not one that is over before it counts', wrong)
    saved = answers(child, made['log'], told(town, 300))
    expect(saved.status == 303 and 'Samtykket er gitt kl.' in child.follow(saved).text, saved)
    expect('Rask Kanari sa ja' in made['holder'].open(f'{made["log"]}/samtykke').text)
    stranger = someone(town, 'Stille Kanari')
    expect(stranger.get(act(made['log'], 'consent_give')).status == 404, 'nobody answers for another child')
    for name in ('manager', 'admin'):
        expect(made[name].get(act(made['log'], 'consent_give')).status == 404, name)


@fact
def until_the_birthday_the_answer_may_be_taken_back_and_closes_nothing(town):
    child = someone(town, 'Rask Kanari')
    form = child.open(act(made['log'], 'consent_withdraw')).form('consent_withdraw')
    page = child.follow(child.send(form, of='1'))
    expect('Samtykket er trukket kl.' in page.text and stored(town, made['log']) == (ACTIVE, 0), stored(town, made['log']))
    expect(made['holder'].open(made['log']).heading == 'Rask Kanari', 'the guardians decide until then')
    expect('loggen er fortsatt åpen' in made['holder'].open('/varsler').text and
           'loggen er passiv' not in made['holder'].open('/varsler').text, 'told as it is')
    expect(answers(child, made['log'], told(town, 300)).status == 303, 'and given again')


@fact
def on_the_birthday_the_log_with_an_answer_goes_on_and_the_one_without_is_passive(town):
    passes(town, 6)
    people(town)
    expect(made['holder'].open(made['other']).heading == 'Stille Kanari', 'the day before')
    passes(town, 1)
    people(town)
    expect(stored(town, made['log']) == (ACTIVE, 0) and made['holder'].open(made['log']).heading == 'Rask Kanari', 'goes on')
    expect(stored(town, made['other']) == (PASSIVE, CONSENT_AGE), stored(town, made['other']))
    expect(made['holder'].get(made['other']).status == 404, 'the holder does not read it')
    for who in ('Gul Stillesen', 'Stille Kanari'):
        expect('Ungdommen har ikke samtykket selv' in someone(town, who).open('/varsler').text, who)
    expect('Ungdommen har ikke samtykket selv' in made['manager'].open('/varsler').text)


@fact
def a_late_answer_is_taken_from_the_stub_and_the_manager_opens_the_log_again_and_not_before(town):
    child = someone(town, 'Stille Kanari')
    expect(REOPEN not in links(made['manager'].open(made['other'])), 'not without the answer')
    form = made['manager'].get(act(made['other'], 'log_reopen')).form('log_reopen')
    expect(made['manager'].send(form).status in (403, 404) and stored(town, made['other']) == (PASSIVE, CONSENT_AGE), 'nor by the form')
    page = child.open(made['other'])
    expect('Innholdet er stengt for deg' in page.text and GIVE in links(page), page)
    expect(answers(child, made['other'], told(town, 200)).status == 303)
    expect(stored(town, made['other']) == (PASSIVE, CONSENT_AGE), 'a consent opens no passive log')
    form = made['manager'].open(made['manager'].open(made['other']).link(REOPEN)).form('log_reopen')
    expect(made['manager'].send(form).status == 303)
    expect(made['holder'].open(made['other']).heading == 'Stille Kanari')


@fact
def together_one_no_is_enough_the_young_persons_too(town):
    child = someone(town, 'Stille Kanari')
    form = child.open(act(made['other'], 'consent_withdraw')).form('consent_withdraw')
    expect(child.send(form, of='1').status == 303)
    expect(stored(town, made['other']) == (PASSIVE, CONSENT_WITHDRAWN), stored(town, made['other']))
    expect(made['holder'].get(made['other']).status == 404)


@fact
def where_the_young_person_decides_alone_a_guardian_who_withdraws_closes_nothing(town):
    saved = made['admin'].send(made['admin'].open('/innstillinger').form('/innstillinger'), child_decides='1')
    expect(saved.status == 303, saved)
    guardian = someone(town, 'Gul Rasksen')
    form = guardian.open(act(made['log'], 'consent_withdraw')).form('consent_withdraw')
    expect(guardian.send(form, of='1').status == 303, 'it is taken all the same')
    expect(stored(town, made['log']) == (ACTIVE, 0) and made['holder'].open(made['log']).heading == 'Rask Kanari')
    child = someone(town, 'Rask Kanari')
    expect(child.open(made['log']).status == 200)
    form = child.open(act(made['log'], 'consent_withdraw')).form('consent_withdraw')
    expect(child.send(form, of='1').status == 303)
    expect(stored(town, made['log']) == (PASSIVE, CONSENT_WITHDRAWN), 'the young person does')
    expect(town.verify() == '', town.verify())


@fact
def from_that_age_a_reason_is_needed_to_keep_the_young_person_out(town):
    log = begin(town, made['holder'], 'Sterk Kanari', birthday(town, 16, in_days=-20))
    lets_in(made['holder'], log)
    expect(someone(town, 'Sterk Kanari').open(log).status == 200)
    page = made['holder'].open(f'{log}/deltakere')
    wrong = made['holder'].send(page.form('/deltakere/barn_ut'), reason=' ')
    expect(wrong.status == 422, wrong)
    expect(made['holder'].send(wrong.form('/deltakere/barn_ut'), reason='Etter råd fra BUP.').status == 303)
    child = someone(town, 'Sterk Kanari')
    page = child.get(log)
    expect(page.status == 404 and 'Du har ikke tilgang til denne loggen' in page.text and 'BUP' not in page.text, page)
    expect(child.get(act(log, 'consent_give')).status == 200, 'and may answer for themselves still')


@fact
def a_log_of_one_who_has_the_age_begins_with_their_own_yes_and_one_no_is_enough(town):
    family = {'child': {'name': 'Egen Kanari', 'birth_date': birthday(town, 16, in_days=-20), 'living': '1'},
              'guardians': ({'name': 'Gul Egensen', 'relationship': '1', 'responsibility': '1'},)}
    before = town.counts()
    walk = NewLog(made['holder'])
    walk.scope(required_persons='1')
    walk.consent(given_on=told(town))
    page = walk.child(**family['child'])
    expect(page.heading == 'Hva sier ungdommen selv?' and 'Egen' not in page.heading, page)
    page = walk.young(status=422, given_on=told(town), witness='')
    expect('witness' in page.errors, page)
    page = walk.young(status=303, given_on=told(town), answer='0')
    expect(town.counts() == before and 'Egen' not in made['holder'].follow(page).text, 'a no leaves nothing')
    walk = NewLog(made['holder']).to_check(family, consent={'given_on': told(town)})
    expect('Samtykke fra ungdommen' in walk.page.text and 'Egen Kanari' in walk.page.text, walk.page)
    walk.create()
    log = next(address for address, words in made['holder'].open('/mine').reader.links if 'Egen Kanari' in words).split('?')[0]
    page = made['holder'].open(log + '/samtykke')
    expect('Egen Kanari sa ja' in page.text and 'Gul Egensen sa ja' in page.text, page)
    lets_in(made['holder'], log)
    child = someone(town, 'Egen Kanari')
    expect(child.open(log).heading == 'Hei, Egen!')
    expect(child.send(child.open(act(log, 'consent_withdraw')).form('consent_withdraw'), of='1').status == 303)
    expect(stored(town, log) == (PASSIVE, CONSENT_WITHDRAWN), 'together: theirs is needed too')
    younger = {'child': {**family['child'], 'name': 'Yngre Kanari', 'birth_date': birthday(town, 16, in_days=1)}, 'guardians': family['guardians']}
    walk = NewLog(made['holder']).to_check(younger, consent={'given_on': told(town)})
    expect('Samtykke fra ungdommen' not in walk.page.text, 'nobody younger is asked', walk.page)
    walk.press('stop')


@fact
def a_program_lets_the_child_in_and_keeps_it_out_by_the_same_rules(town):
    log = begin(town, made['holder'], 'Kvass Kanari', birthday(town, 16, in_days=-20))
    path = log.replace('/logg/', '/api/v1/logs/')
    manager, holder = Api(town, made['manager']), Api(town, made['holder'])
    expect(manager.send('POST', path + '/child/in', {}).status in (403, 404), 'not for the manager')
    let_in = holder.send('POST', path + '/child/in', {})
    expect(let_in.status == 200 and len(let_in.document['code']) > 20, let_in.document)
    expect(holder.send('POST', path + '/child/in', {}).status == 409, 'it is in')
    expect(someone(town, 'Kvass Kanari').open(log).heading == 'Hei, Kvass!')
    for reason in ({}, {'reason': ' '}):
        expect(holder.send('POST', path + '/child/out', reason).status == 422, 'from that age a reason is needed', reason)
    expect(holder.send('POST', path + '/child/out', {'reason': 'Etter råd fra BUP.'}).status == 200)
    expect(holder.send('POST', path + '/child/out', {'reason': 'Etter råd fra BUP.'}).status == 409, 'it is out')
    expect('Du har ikke tilgang' in someone(town, 'Kvass Kanari').get(log).text)


@fact
def the_holder_records_the_answer_from_word_in_the_same_time_and_of_nobody_younger(town):
    log, early = (begin(town, made['holder'], name, birthday(town, 16, in_days=days)) for name, days in (('Lys Kanari', 30), ('Liten Kanari', 120)))
    for one in (log, early):
        lets_in(made['holder'], one)
    form = made['holder'].open(act(early, 'consent_record')).form('consent_record')
    expect('Liten Kanari' not in [label for _, label in form['giver'].options], 'not yet', form['giver'].options)
    form = made['holder'].open(act(log, 'consent_record')).form('consent_record')
    child = form.option('giver', 'Lys Kanari')
    saved = made['holder'].send(form, giver=child, given_on=told(town), method='3', witness='Bred Ås', valid_to=told(town, 200))
    expect(saved.status == 303 and 'Lys Kanari sa ja' in made['holder'].open(f'{log}/samtykke').text, saved)
    api = Api(town, someone(town, 'Liten Kanari'))
    answer = api.send('POST', act(early, 'consent_give').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/'),
                      {'valid_to': iso(town, 300), 'units': []})
    expect(answer.status in (403, 404), 'nor through the other door', answer.status)
    passes(town, 30)
    people(town)
    expect(stored(town, log) == (ACTIVE, 0) and made['holder'].open(log).heading == 'Lys Kanari', 'it holds on the birthday')


@fact
def the_answer_of_one_who_was_never_let_in_is_recorded_and_lets_nobody_in(town):
    log, late, early = (begin(town, made['holder'], name, birthday(town, 16, in_days=days))
                        for name, days in (('Stor Kanari', 20), ('Sen Kanari', 20), ('Ung Kanari', 200)))
    expect('Ung Kanari' not in [words for _, words in made['holder'].open(act(early, 'consent_record')).form('consent_record')['giver'].options])
    form = made['holder'].open(act(log, 'consent_record')).form('consent_record')
    before = town.counts()
    wrong = made['holder'].send(form, giver=form.option('giver', 'Stor Kanari'), given_on=told(town), method='3', witness='', valid_to=told(town, 200))
    expect(wrong.status == 422 and 'witness' in wrong.errors and town.counts() == before, wrong)
    saved = made['holder'].send(wrong.form('consent_record'), witness='Bred Ås')
    expect(saved.status == 303 and 'Stor Kanari sa ja' in made['holder'].open(f'{log}/samtykke').text, saved)
    now = town.counts()
    expect(now['enrolment'] == before['enrolment'] and now['participant'] == before['participant'] + 1, 'no code', now)
    api = Api(town, made['holder'])
    expect('child' not in [person['role'] for person in api.open(log.replace('/logg/', '/api/v1/logs/'))['people']], 'takes no part')
    page = made['holder'].open(log + '/deltakere')
    expect(not page.links('/deltakere/barn_ut') and page.form('/deltakere/barn'), page)
    record = lambda one: api.send('POST', act(one, 'consent_record').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/'),
                                  {'giver': one.split('/')[-1], 'given_on': iso(town), 'method': '3', 'witness': 'Bred Ås',
                                   'valid_to': iso(town, 250), 'units': []})
    expect(record(early).status == 422, 'nor of one who is too young')
    expect(record(log).status == 422, 'who has a part by now goes by that')
    passes(town, 20)
    people(town)
    expect(stored(town, log) == (ACTIVE, 0) and made['holder'].open(log).heading == 'Stor Kanari', 'it holds on the birthday')
    expect(stored(town, late) == (PASSIVE, CONSENT_AGE), stored(town, late))
    api = Api(town, made['manager'])
    expect(record(late).status == 200, 'the manager records it of a passive log, and a program does')
    form = made['manager'].open(act(late, 'log_reopen')).form('log_reopen')
    expect(made['manager'].send(form).status == 303 and stored(town, late) == (ACTIVE, 0), stored(town, late))
    people(town)
    for one in (log, late):
        lets_in(made['holder'], one)
    child = someone(town, 'Stor Kanari')
    expect(child.open(log).heading == 'Hei, Stor!', 'let in later it is the same person')
    form = child.open(act(log, 'consent_withdraw')).form('consent_withdraw')
    expect(child.send(form, of='1').status == 303 and stored(town, log) == (PASSIVE, CONSENT_WITHDRAWN), 'and takes back what was recorded')
    expect(town.verify() == '', town.verify())


@fact
def in_the_grace_nobody_but_the_office_reads(town):
    saved = made['admin'].send(made['admin'].open('/innstillinger').form('/innstillinger'), child_decides='0', consent_grace_days='10')
    expect(saved.status == 303, saved)
    log = begin(town, made['holder'], 'Modig Kanari', birthday(town, 16, in_days=3))
    lets_in(made['holder'], log)
    passes(town, 3)
    people(town)
    expect(stored(town, log) == (ACTIVE, 0), 'the grace')
    page = made['holder'].open(log)
    expect('Modig Kanari' not in page.heading and 'lukket til samtykket er fornyet' in page.text, page)
    expect('Ungdommen må samtykke selv' in made['holder'].open('/varsler').text)
    passes(town, 9)
    people(town)
    expect(stored(town, log) == (ACTIVE, 0), 'its last day')
    child = someone(town, 'Modig Kanari')
    expect(answers(child, log, told(town, 100)).status == 303)
    expect(made['holder'].open(log).heading == 'Modig Kanari', 'at once')
    passes(town, 1)
    people(town)
    expect(stored(town, log) == (ACTIVE, 0), 'and the end of the grace closes nothing')
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test')
