#!/usr/bin/env python3
"""s03_guardian_asks.py - a guardian asks that the log be deleted: an opinion, a decision within a month, and nothing lost by asking;
with the decision a copy for fourteen days; and a consent that is withdrawn by the same form."""
import json

import ending
from documents import Api
from scenario import DATABASE, day, expect, fact, main

made = {}
ASK, SPEAK, DECIDE = 'Be om at loggen slettes', 'Uttal deg om kravet om sletting', 'Avgjør kravet om sletting'


def act(log, name):
    return f'{log}/handling/{name}'


def texts(page):
    return [words for _, words in page.reader.links]


SUPPORTED, COPY_AWAITED = 1 << 13, 1 << 30   # domain/states.h
PASSIVE, CONSENT_WITHDRAWN = 2, 5            # domain/states.h, domain/lifecycle.h


def stored(town, log, column='flags'):
    """A column of a log's row."""
    return int(town.asked(f"SELECT {column} FROM log WHERE id={{{log.split('/')[-1]}}}")[0][0])


def passes(town, how_long):
    """Days pass, and everybody signs in anew."""
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    for key, name in (('guardian', 'Lys Lerke'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)


def copies(browser, log, form='document'):
    """The file that somebody takes, or the refusal."""
    page = browser.get(f'{log}/kopi')
    if page.status != 200:
        return page
    return browser.send(next(f for f in page.forms if 'format' in f.fields and f['format'].value == form))


def asks(log, guardian, reason='Vi ønsker ikke loggen mer.'):
    page = guardian.open(guardian.open(log).link(ASK))
    return guardian.follow(guardian.send(page.form('claim_file'), reason=reason))


def newest(api, kind):
    """The id of the newest entry of a kind, for an act that says what it is about."""
    path = made['log'].replace('/logg/', '/api/v1/logs/') + '?reason=family_request'
    return next(e['id'] for e in reversed(api.get(path).document['entries']) if e['values']['kind'] == kind)


def speaks(log, opinion, reason):
    form = made['manager'].open(act(log, 'claim_opinion')).form('claim_opinion')
    return made['manager'].send(form, grunn='family_request', opinion=opinion, reason=reason)


def decides(log, decision, reason='Vi har vurdert det.', **fields):
    form = made['admin'].open(act(log, 'claim_decide')).form('claim_decide')
    return made['admin'].send(form, grunn='family_request', decision=decision, reason=reason, **fields)


@fact
def a_guardian_asks_and_nobody_loses_access_by_it(town):
    made['log'] = town.log('modig')
    for key, name in (('guardian', 'Lys Lerke'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)
    for name in ('holder', 'manager', 'admin'):
        expect(made[name].get(act(made['log'], 'claim_file')).status == 404, name)
    page = made['guardian'].open(made['guardian'].open(made['log']).link(ASK))
    expect('Ingenting slettes nå, og ingen mister tilgang.' in page.text and 'Dette kan ikke gjøres om.' in page.text, page)
    made['form'] = page.form('claim_file')
    before = town.counts()
    page = made['guardian'].follow(made['guardian'].send(made['form'], reason='Vi ønsker ikke loggen mer.'))
    expect('Kommunen har fått kravet om sletting kl.' in page.text and 'Vi ønsker ikke loggen mer.' in page.text, page)
    after = town.counts()
    expect(after['entry'] == before['entry'] + 1 and after['consent'] == before['consent'], 'one statement, and nothing gone')
    for browser, rest in ((made['holder'], ''), (made['guardian'], ''), (made['manager'], '?grunn=family_request')):
        page = browser.open(made['log'] + rest)
        expect('Noen har bedt om at loggen slettes. Kommunen svarer senest' in page.text and 'Modig' in page.text, page)


@fact
def it_is_asked_once_and_a_second_time_is_refused_with_words(town):
    before = town.counts()['entry']
    expect(made['guardian'].send(made['form'], reason='Vi ønsker ikke loggen mer.').status == 303, 'the same form')
    expect(ASK not in texts(made['guardian'].open(made['log'])), 'it is not offered again')
    page = made['guardian'].send(made['guardian'].open(act(made['log'], 'claim_file')).form('claim_file'), reason='Igjen')
    expect(page.status == 422 and 'Noen har allerede bedt om at loggen slettes' in page.text, page)
    expect(town.counts()['entry'] == before, 'nothing is written')


@fact
def only_the_manager_gives_an_opinion_and_only_the_administrator_decides(town):
    for name in ('guardian', 'holder', 'admin'):
        expect(made[name].get(act(made['log'], 'claim_opinion')).status == 404, name)
    for name in ('guardian', 'holder', 'manager'):
        expect(made[name].get(act(made['log'], 'claim_decide')).status == 404, name)
    expect(SPEAK in texts(made['manager'].open(made['log'] + '?grunn=family_request')))
    expect(DECIDE in texts(made['admin'].open(made['log'] + '?grunn=family_request')))
    other = town.log('kvikk')
    expect(made['admin'].get(act(other, 'claim_decide')).status == 404, 'where nobody has asked there is nothing to decide')


@fact
def without_the_opinion_of_the_manager_it_does_not_go_on_to_deletion(town):
    page = decides(made['log'], '4')
    expect(page.status == 422 and 'må enhetslederen først ha uttalt seg for det' in page.text, page)
    saved = speaks(made['log'], '2', 'Skolen trenger planen ut året.')
    expect('Uttalelsen er lagret kl.' in made['manager'].follow(saved).text)
    expect(decides(made['log'], '4').status == 422, 'nor against it')
    api = Api(town, made['admin'])
    answer = api.send('POST', act(made['log'], 'claim_decide').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/') +
                      '?reason=family_request', {'decision': '4', 'reason': 'Nei', 'about': newest(api, 'claim')})
    expect(answer.status == 422, answer.status)


@fact
def a_refusal_names_its_ground_and_the_family_reads_it_and_how_to_complain(town):
    expect(decides(made['log'], '1').status == 422, 'no ground')
    expect(decides(made['log'], '2', ground='1').status == 422, 'a ground of nothing')
    page = made['admin'].follow(decides(made['log'], '1', 'Planen brukes fortsatt.', ground='5'))
    expect('Kravet om sletting er avgjort kl.' in page.text, page)
    page = made['guardian'].open(made['log'])
    expect('Kravet om sletting er avslått' in page.text and 'Datatilsynet' in page.text, page)
    said = [page.text.index(words) for words in ('Vi ønsker ikke loggen mer.', 'Skolen trenger planen ut året.', 'Planen brukes fortsatt.')]
    expect(said == sorted(said) and 'Grunn for avslag: Det er best for barnet' in page.text, 'in their order', page)
    expect(made['admin'].get(act(made['log'], 'claim_decide')).status == 404, 'it is decided')
    expect('svarer senest' not in page.text and ASK in texts(page), 'and it may be asked anew')


@fact
def a_form_about_a_claim_that_is_decided_meanwhile_decides_no_other(town):
    asks(made['log'], made['guardian'], 'Først dette.')
    old = {'admin': made['admin'].open(act(made['log'], 'claim_decide')).form('claim_decide'),
           'manager': made['manager'].open(act(made['log'], 'claim_opinion')).form('claim_opinion')}
    expect(decides(made['log'], '1', 'Planen brukes.', ground='5').status == 303)
    asks(made['log'], made['guardian'], 'Så noe annet.')
    before = town.counts()['entry']
    for name, said in (('admin', {'decision': '1', 'ground': '5'}), ('manager', {'opinion': '1'})):
        page = made[name].send(old[name], grunn='family_request', reason='Om det første.', **said)
        expect(page.status == 409 and 'gjelder nå noe nyere' in page.text, 'told', page.status, page)
        old[name] = page.form(old[name].action)
        expect(old[name]['reason'].value == 'Om det første.', 'what was typed is kept')
    expect(town.counts()['entry'] == before, 'nothing is decided about what nobody was shown')
    api = Api(town, made['admin'])
    path = act(made['log'], 'claim_decide').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/') + '?reason=family_request'
    document = {'decision': '1', 'ground': '5', 'reason': 'Om det første.'}
    expect(api.send('POST', path, document).status == 422, 'it must say what it is about')
    expect(api.send('POST', path, document | {'about': '0' * 32}).status == 409, 'and that is the newest')
    wrong = made['admin'].send(old['admin'], decision='2', ground='5')
    expect(wrong.status == 422 and wrong.form('claim_decide')['about'].value == old['admin']['about'].value, wrong)
    expect(made['admin'].send(old['admin'], decision='1', ground='5').status == 303, 'about the one that is there')


@fact
def while_a_claim_is_open_a_passive_log_is_not_opened_again_and_its_stub_tells_until_when_it_is_answered(town):
    asks(made['log'], made['guardian'])
    form = made['holder'].open(act(made['log'], 'log_close')).form('log_close')
    expect(made['holder'].send(form, reason='2').status == 303)
    expect(made['manager'].get(act(made['log'], 'log_reopen')).status == 404, 'not while it is open')
    page = made['guardian'].open(made['log'])
    expect('Kommunen svarer senest' in page.text and 'Modig' not in page.text, page)


@fact
def with_both_agreed_it_goes_on_and_nothing_is_deleted_by_the_decision_alone(town):
    before = town.counts()
    speaks(made['log'], '1', 'Vi er enige.')
    page = made['admin'].follow(decides(made['log'], '4', 'Vi er enige.'))
    expect('Kravet om sletting er avgjort kl.' in page.text, page)
    after = town.counts()
    expect(after['entry'] == before['entry'] + 2 and after['log'] == before['log'], 'two statements more')
    page = made['guardian'].open(made['log'])
    expect('Loggen skal slettes' in page.text and 'Modig' not in page.text, page)
    expect(town.verify() == '', town.verify())


@fact
def the_family_may_take_a_copy_as_a_document_or_as_data_and_whoever_works_with_the_log_may_not(town):
    expect(stored(town, made['log']) & COPY_AWAITED, 'the deletion waits for them')
    expect('Du kan ta en kopi av loggen før den slettes' in made['guardian'].open('/varsler').text, 'they are told')
    for name in ('holder', 'manager'):
        expect('Du kan ta en kopi' not in made[name].open('/varsler').text, name)
    for name in ('holder', 'manager', 'admin'):
        expect(made[name].get(f'{made["log"]}/kopi').status == 404, name)
    stranger = town.signed_in('Stram Ørret')
    expect(stranger.get(f'{made["log"]}/kopi').status == 404, 'nor a guardian of another child')
    page = made['guardian'].open(made['guardian'].open(made['log']).link('Ta en kopi av loggen'))
    expect('Du kan ta en kopi til og med' in page.text and 'hvem som har sett loggen' in page.text, page)
    before = town.counts()['entry']
    file = copies(made['guardian'], made['log'])
    words = file.body.decode()
    expect(file.status == 200 and file.headers['content-disposition'] == 'attachment; filename="logg.html"', file.headers)
    expect('Modig Lerke' in words and 'Modig var tålmodig' in words and 'Vi ønsker ikke loggen mer.' in words, 'all that is written')
    expect('27891653005' not in words and '/logg/' not in words, 'no number, and no way back in')
    expect(town.counts()['entry'] == before + 1, 'that it was taken stands in the log')
    file = copies(made['guardian'], made['log'], 'data')
    document = json.loads(file.body)
    expect(file.headers['content-disposition'] == 'attachment; filename="logg.json"', file.headers)
    expect(document['child']['name'] == 'Modig Lerke' and 'national_id' not in document['child'], document['child'])
    expect('copy' in [entry['kind'] for entry in document['entries']], 'with the first copy in it')
    expect(town.counts()['entry'] == before + 1, 'once: a second file is no second answer')
    expect(town.verify() == '', town.verify())


@fact
def a_copy_stands_in_the_list_of_who_has_seen_and_in_the_life_of_the_log(town):
    page = made['admin'].open(f'{made["log"]}/sett?grunn=family_request')
    expect('Hentet sin egen kopi' in page.text and 'Lys Lerke' in page.text, page)
    page = made['manager'].open(made['log'])
    expect('Kopi av loggen' in page.text and 'Tok en kopi' in page.text, page)


@fact
def one_guardian_does_not_answer_for_the_other_and_after_fourteen_days_nobody_is_waited_for(town):
    expect(stored(town, made['log']) & COPY_AWAITED, 'the other guardian has not answered')
    if stored(town, made['log'], 'state') != PASSIVE:
        expect(ending.sends(made['holder'], made['log'], 'log_close', reason='2').status == 303)
    expect(ending.decides(made['admin'], made['log']).status == 303)
    expect(ending.orders(made['admin'], made['log']).status == 404, 'without the time of the copy')
    page = made['guardian'].send(made['guardian'].open(act(made['log'], 'copy_waive')).form('copy_waive'))
    expect(page.status == 422 and 'Du har allerede tatt en kopi' in page.text, page)
    passes(town, '13d')
    expect(copies(made['guardian'], made['log']).status == 200, 'the last day')
    expect(ending.orders(made['admin'], made['log']).status == 404, 'the day before')
    passes(town, '1d')
    expect('Ta en kopi' not in made['guardian'].open(made['log']).text, 'it is offered no longer')
    for address in ('/kopi', '/handling/copy_waive'):
        expect(made['guardian'].get(made['log'] + address).status == 404, address)
    answer = Api(town, made['guardian']).send('POST', made['log'].replace('/logg/', '/api/v1/logs/') + '/copy', {})
    expect(answer.status == 404, answer.status)


@fact
def the_familys_claim_is_ordered_by_one_approved_by_another_and_stopped_until_the_purge(town):
    ending.may_be_stopped(made['admin'])
    page = made['admin'].follow(ending.orders(made['admin'], made['log']))
    expect('Familien har bedt om sletting' in page.text and 'Modig' not in page.text, page)
    expect(ending.approves(made['guardian'], made['log']).status == 404, 'who asked for it')
    expect(ending.approves(made['admin'], made['log']).status == 404, 'who ordered it')
    expect(made['guardian'].get(act(made['log'], 'claim_file')).status == 404, 'no claim against an order')
    expect(ending.approves(made['manager'], made['log']).status == 303)
    expect(ending.DATE in made['guardian'].open(made['log']).text)
    expect(ending.stops(made['manager'], made['log']).status == 303 and stored(town, made['log'], 'state') == PASSIVE)
    expect(town.verify() == '', town.verify())


@fact
def whoever_reads_an_active_log_may_always_take_a_copy_and_a_program_too(town):
    made['other'] = town.log('blid')
    guardian = town.signed_in('Varm Bjørk')
    before = town.counts()['entry']
    page = guardian.open(guardian.open(made['other']).link('Ta en kopi av loggen'))
    expect('til og med' not in page.text and 'Jeg trenger ingen kopi' not in page.text, 'nothing is offered, so nothing is waived')
    expect('Blid Bjørk' in copies(guardian, made['other']).body.decode())
    path = made['other'].replace('/logg/', '/api/v1/logs/')
    api = Api(town, guardian)
    answer = api.send('POST', path + '/copy', {})
    expect(answer.status == 200 and answer.document['child']['name'] == 'Blid Bjørk', answer.document)
    expect(town.counts()['entry'] == before, 'reading it changes nothing')
    seen = api.open(path + '/seen')['seen']
    expect(any('export_own' in opening['acts'] for opening in seen), seen[:2])
    answer = Api(town, town.signed_in('Rolig Vind')).send('POST', path + '/copy', {})
    expect(answer.status == 403, 'an actor may not', answer.status, answer.document)


@fact
def a_claim_is_filed_from_the_stub_too_and_may_end_with_a_log_that_rests(town):
    log = town.log('kvikk')
    guardian = town.signed_in('Stram Ørret')
    expect(made['holder'].send(made['holder'].open(act(log, 'log_close')).form('log_close'), reason='1').status == 303)
    page = asks(log, guardian, 'Det som står der er ikke sant.')
    expect('Kommunen har fått kravet om sletting kl.' in page.text and 'Kommunen svarer senest' in page.text, page)
    expect('ikke sant' not in page.text, 'a stub has no content')
    page = made['admin'].follow(decides(log, '3', 'Vi undersøker det.'))
    expect('Behandlingen er begrenset' in page.text and 'Hvem ba om det? En foresatt' in page.text, page)
    page = guardian.open(log)
    expect('Behandlingen av loggen begrenses' in page.text, page)
    page = made['admin'].send(made['admin'].open(act(log, 'restrict_lift')).form('restrict_lift'), reason='Rettet.', told_on=day(0))
    expect(page.status == 303, page)
    expect(town.verify() == '', town.verify())


@fact
def a_claim_that_is_refused_takes_back_what_an_earlier_decision_opened(town):
    log = town.log('stille')
    guardian = town.signed_in('Dyp Måne')
    for decision, rest in (('4', {}), ('1', {'ground': '5'})):
        asks(log, guardian)
        speaks(log, '1', 'Vi er enige.')
        expect(decides(log, decision, **rest).status == 303)
        wanted = SUPPORTED | COPY_AWAITED if decision == '4' else 0
        expect(stored(town, log) & (SUPPORTED | COPY_AWAITED) == wanted, decision, stored(town, log))
    expect(town.verify() == '', town.verify())


@fact
def one_form_asks_for_the_deletion_and_withdraws_the_consent_and_the_log_is_passive_by_it(town):
    log = made['other']
    guardian = town.signed_in('Varm Bjørk')
    open_form = made['holder'].open(f'{log}/ny/note').form('/ny/note')
    page = guardian.open(guardian.open(log).link(ASK))
    expect('Vil du også trekke samtykket ditt?' in page.text and 'Da blir loggen passiv med en gang' in page.text, page)
    form = page.form('claim_file')
    before = town.counts()
    page = guardian.follow(guardian.send(form, reason='Vi vil ikke mer.', withdrawn='1'))
    expect('Kommunen har fått kravet om sletting kl.' in page.text and 'Kommunen svarer senest' in page.text, page)
    expect('Blid' not in page.text, 'the stub')
    expect((stored(town, log, 'state'), stored(town, log, 'closed_reason')) == (PASSIVE, CONSENT_WITHDRAWN), 'passive at once')
    expect(town.counts()['entry'] == before['entry'] + 2, 'the claim and the withdrawal')
    refused = made['holder'].send(open_form, text='Skrevet rett før.')
    expect(refused.status in (403, 404) and refused.form('/ny/note')['text'].value == 'Skrevet rett før.', refused)
    expect(guardian.send(form, reason='Vi vil ikke mer.', withdrawn='1').status == 303, 'twice is once')
    expect(town.counts()['entry'] == before['entry'] + 2, 'and changes nothing')
    page = made['admin'].open(f'{log}/sett?grunn=family_request')
    expect('Sendte et krav' in page.text and 'Trakk samtykket' in page.text, 'both have a line', page)
    expect(town.verify() == '', town.verify())


@fact
def whoever_has_no_consent_is_not_asked_whether_they_withdraw_it(town):
    guardian = town.signed_in('Varm Bjørk')
    form = made['manager'].open(act(made['other'], 'claim_opinion')).form('claim_opinion')
    expect(made['manager'].send(form, opinion='2', reason='Nei.').status == 303)
    form = made['admin'].open(act(made['other'], 'claim_decide')).form('claim_decide')
    expect(made['admin'].send(form, decision='1', ground='5', reason='Nei.').status == 303)
    form = guardian.open(act(made['other'], 'claim_file')).form('claim_file')
    expect('withdrawn' not in form.fields, 'it is withdrawn already', list(form.fields))
    answer = Api(town, guardian).send('POST', act(made['other'], 'claim_file').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/'),
                                      {'reason': 'Igjen', 'withdrawn': '1'})
    expect(answer.status == 422 and answer.document['errors'][0]['field'] == 'withdrawn', answer.document)
    expect(not stored(town, made['other']) & (1 << 7), 'and no claim is filed by half')


@fact
def the_family_says_what_is_wrong_and_the_holder_or_the_manager_answers_where_all_read_it(town):
    log = town.log('varsom')
    guardian, holder, manager = town.signed_in('Frodig Hare'), town.signed_in('Trygg Havn'), town.signed_in('Bred Ås')
    expect(holder.get(act(log, 'correction_ask')).status == 404, 'whoever works with the log corrects it')
    answer_link = 'Svar på det familien sier er feil'
    expect(answer_link not in texts(holder.open(log)), 'where nobody has said anything there is nothing to answer')
    page = guardian.open(guardian.open(log).link('Be om at noe blir rettet'))
    wrong = guardian.send(page.form('correction_ask'))
    expect(wrong.status == 422 and 'wrong' in wrong.errors, wrong)
    page = guardian.follow(guardian.send(wrong.form('correction_ask'), wrong='Det var i mars, ikke i mai.'))
    expect('Det er registrert at noe er feil kl.' in page.text and 'Det var i mars, ikke i mai.' in page.text, page)
    expect(guardian.get(act(log, 'correction_answer')).status == 404, 'nobody answers themselves')
    expect('Familien sier at noe i loggen er feil' in holder.open('/varsler').text, 'the holder is told')
    expect(manager.get(act(log, 'correction_answer')).status == 404, 'nor the manager of another unit')
    page = holder.open(holder.open(log).link(answer_link))
    expect(holder.send(page.form('correction_answer'), answer='1').status == 422, 'without words')
    page = holder.follow(holder.send(page.form('correction_answer'), answer='1', reason='Måneden er rettet.'))
    expect('Svaret er lagret kl.' in page.text and answer_link not in texts(page), 'once')
    page = guardian.open(log)
    expect('Det er rettet' in page.text and 'Måneden er rettet.' in page.text, page)
    expect('Det er kommet svar om det som er feil i loggen' in guardian.open('/varsler').text)
    expect(town.verify() == '', town.verify())


@fact
def ordered_again_the_familys_claim_goes_to_its_end(town):
    passes(town, '1m')
    expect(ending.orders(made['admin'], made['log']).status == 303 and ending.approves(made['manager'], made['log']).status == 303)
    ending.to_the_end(town, made['log'], 3, 'Modig', ('Klok Elv', 'Bred Ås', 'Lys Lerke'))


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
