#!/usr/bin/env python3
"""s11_consent_invalid.py - consent becomes invalid: withdrawn by any one who must consent, in the app or by paper and word, whole or
for one service; always taken, and nothing is written afterwards."""
import sqlite3

from documents import Api, iso
from new_log import PDF
from scenario import day, expect, fact, main

made = {}
WHOLE, SERVICE = '1', '2'
PASSIVE, CONSENT_WITHDRAWN = 2, 5   # domain/states.h, domain/lifecycle.h


def act(log, name):
    return f'{log}/handling/{name}'


def asked(form):
    return sorted(name for name in form.fields if name != 'form_token')


def stored(town, log):
    """State and reason of a log as they stand in its row, and how many of its consents are withdrawn."""
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute('SELECT state,closed_reason,(SELECT count(*) FROM consent c WHERE c.log_no=log.no AND '
                                'c.withdrawn_at>0) FROM log WHERE id=?', (bytes.fromhex(log.split('/')[-1]),)).fetchone()
    finally:
        database.close()


def api_of(log):
    return log.replace('/logg/', '/api/v1/logs/')


@fact
def the_page_says_beforehand_what_follows_and_that_help_does_not_change(town):
    made['log'] = town.log('blid')
    made['holder'], made['guardian'] = town.signed_in('Klok Elv', 'Stafettholder'), town.signed_in('Varm Bjørk')
    page = made['guardian'].open(made['log'])
    page = made['guardian'].open(page.link('Trekk samtykket'))
    expect('Det får ingen følger for hjelpen barnet har rett til' in page.text and 'ingen spør hvorfor' in page.text, page)
    expect('Loggen lukkes med en gang' in page.text, page)
    form = page.form('consent_withdraw')
    expect(asked(form) == ['of', 'unit'], 'whose it is is not asked, nor why', asked(form))
    expect('Bjørkelia skole' not in [label for _, label in form['unit'].options], 'without the owning unit it is the whole')
    wrong = made['guardian'].send(form)
    expect(wrong.status == 422 and 'of' in wrong.errors, 'nothing is chosen for anybody', wrong)
    wrong = made['guardian'].send(wrong.form('consent_withdraw'), of=SERVICE)
    expect(wrong.status == 422 and 'unit' in wrong.errors, 'one service, and none is named', wrong)


@fact
def nobody_withdraws_for_somebody_else(town):
    actor, stranger = town.signed_in('Rolig Vind'), town.signed_in('Stram Ørret')
    for browser in (actor, stranger, made['holder']):
        page = browser.get(act(made['log'], 'consent_withdraw'))
        expect(page.status == 404, page)
    for browser in (actor, stranger, made['guardian']):
        page = browser.get(act(made['log'], 'withdrawal_record'))
        expect(page.status == 404, page)


@fact
def withdrawn_for_one_service_its_people_are_out_at_the_next_request_and_the_log_stays(town):
    actor, stays = town.signed_in('Våken Sjø'), town.signed_in('Rolig Vind')
    open_form = actor.open(f'{made["log"]}/ny/note').form('/ny/note')
    form = made['guardian'].open(act(made['log'], 'consent_withdraw')).form('consent_withdraw')
    unit = form.option('unit', 'Nordvær PPT')
    made['replayed'] = form
    page = made['guardian'].follow(made['guardian'].send(form, of=SERVICE, unit=unit))
    expect('Samtykket er trukket kl.' in page.text and page.heading.startswith('Stafettloggen'), 'the family reads on', page)
    refused = actor.get(made['log'])
    expect(refused.status == 404, 'out at the next request', refused)
    refused = actor.send(open_form, text='Skrevet rett før.')
    expect(refused.status in (403, 404) and 'Skrevet rett før.' not in made['holder'].open(made['log']).text, refused)
    expect(made['holder'].open(made['log']).heading == 'Blid Bjørk', 'the log stays')
    expect(stays.open(made['log']).heading == 'Blid Bjørk', 'for the other services too')
    expect('PPT' not in made['holder'].open(made['log']).text.split('Gjelder:')[1][:200], 'what all have said yes to is less')
    expect(made['guardian'].send(made['replayed'], of=SERVICE, unit=unit).status == 303, 'twice is once')
    again = made['guardian'].open(act(made['log'], 'consent_withdraw')).form('consent_withdraw')
    expect(unit not in [value for value, _ in again['unit'].options], 'what is withdrawn is not offered')
    stale = made['guardian'].send(again, of=SERVICE, unit=unit)
    expect(stale.status == 422, 'a service that is not in the consent is not withdrawn', stale)


@fact
def the_holder_records_a_withdrawal_with_the_day_and_how_it_was_said(town):
    made['other'] = town.log('modig')
    family = made['family'] = town.signed_in('Lys Lerke')
    page = made['holder'].open(made['holder'].open(made['other']).link('Registrer at samtykket er trukket'))
    form = page.form('withdrawal_record')
    lys = form.option('giver', 'Lys Lerke')
    expect(made['holder'].send(form, on=day(), method='3', of=WHOLE).errors.keys() == {'giver'}, 'of two nobody is chosen')
    for fields, field in (({'on': day(1)}, 'on'), ({'on': ''}, 'on'), ({'method': ''}, 'method'), ({'method': '2'}, 'method')):
        wrong = made['holder'].send(page.form('withdrawal_record'), **{'giver': lys, 'on': day(), 'method': '3', 'of': WHOLE, **fields})
        expect(wrong.status == 422 and field in wrong.errors, fields, wrong)
    early = made['holder'].send(page.form('withdrawal_record'), giver=lys, on=day(-3000), method='3', of=WHOLE)
    expect(early.status == 422, 'nobody withdraws a consent before giving it', early)
    made['save'] = made['holder'].open(f'{made["other"]}/ny/note').form('/ny/note')
    made['note'] = family.open(made['other']).form('/ny/note')
    saved = made['holder'].send(page.form('withdrawal_record'), giver=lys, on=day(), method='3', of=WHOLE)
    expect(saved.status == 303 and saved.location == '/mine', 'the holder sees it no more', saved)
    expect('Det er registrert at samtykket er trukket kl.' in made['holder'].follow(saved).text)


@fact
def a_save_that_was_open_when_consent_went_is_refused_with_its_text_given_back(town):
    before = town.count('entry')
    refused = made['holder'].send(made['save'], text='Dette skrev jeg mens samtykket ble trukket.')
    expect(refused.status == 404 and 'Du har ikke tilgang til denne loggen' in refused.text, refused)
    expect(refused.form('/ny/note')['text'].value == 'Dette skrev jeg mens samtykket ble trukket.', refused)
    expect('tjenesten er tilbake' not in refused.text, 'it is no fault of the service', refused)
    expect('Lerke' not in refused.text, 'and shows nothing of the log', refused)
    family = made['family']
    refused = family.send(made['note'], text='Vi lurte på noe.')
    expect(refused.status in (403, 404) and refused.form('/ny/note')['text'].value == 'Vi lurte på noe.', refused)
    page = family.open(made['other'])
    expect('passiv' in page.text.lower() and 'Les' not in page.heading, 'a stub for the family', page)
    expect(town.count('entry') == before, 'nothing was written')


@fact
def after_it_the_manager_and_the_administrator_read_and_nobody_else(town):
    made['manager'] = town.signed_in('Bred Ås')
    expect(made['manager'].open(made['other']).heading == 'Modig Lerke', 'without a reason: it is passive')
    expect(made['holder'].get(made['other']).status == 404)
    expect(made['manager'].get(act(made['other'], 'log_reopen')).status == 404, 'no consent, no reopening')
    admin = town.signed_in('Klar Fjord')
    expect(admin.open(made['other']).heading == 'Modig Lerke')


@fact
def what_is_withdrawn_once_is_not_withdrawn_again_and_who_may_still_is_shown_nothing_of_the_log(town):
    family = town.signed_in('Lys Lerke')
    page = family.open(act(made['other'], 'consent_withdraw'))
    expect('Lerke' not in page.heading and 'Modig' not in page.text and asked(page.form('consent_withdraw')) == ['of'], page)
    again = family.send(page.form('consent_withdraw'))
    expect(again.status == 422 and 'Loggen tar ikke imot dette' in again.text, again)


@fact
def given_again_it_does_not_open_the_log_by_itself_and_its_manager_does(town):
    family = made['family']
    page = family.open(made['other'])
    page = family.open(page.link('Gi eller forny samtykket'))
    form = page.form('consent_give')
    expect('Modig' not in page.text and asked(form) == ['units', 'valid_to'], 'it shows the services, and nothing of the log', page)
    expect(made['holder'].get(act(made['other'], 'consent_give')).status == 404, 'nobody gives it for somebody else')
    long = family.send(form, valid_to=day(400))
    expect(long.status == 422 and 'valid_to' in long.errors, long)
    gone = family.send(form, valid_to=day(-1))
    expect(gone.status == 422 and 'valid_to' in gone.errors, gone)
    record = act(made['other'], 'consent_record')
    form_of_manager = made['manager'].open(record).form('consent_record')
    older = {'giver': form_of_manager.option('giver', 'Lys Lerke'), 'method': '3', 'given_on': day(-1), 'witness': 'Bred Ås'}
    refused = made['manager'].send(form_of_manager, **older)
    expect(refused.status == 422 and 'given_on' in refused.errors, 'an older yes does not overrule a withdrawal', refused)
    document = {**older, 'given_on': iso(-1), 'valid_to': iso(90)}
    refused = Api(town, made['manager']).send('POST', f'{api_of(made["other"])}/acts/consent_record', document)
    told = [(fault['field'], fault['code']) for fault in refused.document.get('errors', [])]
    expect(refused.status == 422 and told == [('given_on', 'said_later')], refused.document)
    made['given'] = form
    page = family.follow(family.send(form))
    expect('Samtykket er gitt kl.' in page.text and 'passiv' in page.text.lower(), 'still passive', page)
    expect(family.send(form).status == 303, 'a form that was carried out gets its first answer')
    expect(stored(town, made['other']) == (PASSIVE, CONSENT_WITHDRAWN, 1), 'what was withdrawn stays in the history')
    page = made['manager'].open(act(made['other'], 'log_reopen'))
    expect(made['manager'].send(page.form('log_reopen')).status == 303)
    expect(made['holder'].open(made['other']).heading == 'Modig Lerke', 'the holder works in it again')


@fact
def the_holder_records_a_narrower_consent_and_the_people_of_the_service_left_out_are_out(town):
    log = made['narrow'] = town.log('stille')
    actor = town.signed_in('Våken Sjø')
    expect(actor.open(log).status == 200)
    page = made['holder'].open(made['holder'].open(log).link('Registrer nytt samtykke'))
    form = page.form('consent_record')
    giver = form.option('giver', 'Dyp Måne')
    health = form.option('units', 'Nordvær skolehelsetjeneste')
    good = {'giver': giver, 'method': '3', 'given_on': day(), 'witness': 'Bred Ås', 'units': [health]}
    for wrong, field in (({'witness': ''}, 'witness'), ({'method': '1'}, 'document'), ({'given_on': day(1)}, 'given_on'),
                         ({'given_on': day(-400)}, 'given_on'), ({'valid_to': day(-1)}, 'valid_to'),
                         ({'valid_to': day(370)}, 'valid_to'), ({'giver': ''}, 'giver')):
        refused = made['holder'].send(form, **{**good, **wrong})
        expect(refused.status == 422 and field in refused.errors, wrong, refused)
    before = town.count('consent')
    page = made['holder'].follow(made['holder'].send(form, **good))
    expect('Samtykket er registrert kl.' in page.text and town.count('consent') == before + 1, 'it only grows', page)
    expect(actor.get(log).status == 404, 'out at the next request')
    again = made['holder'].open(act(log, 'consent_record')).form('consent_record')
    units = [value for value, label in again['units'].options if value]
    wide = made['holder'].send(again, **{**good, 'units': units})
    expect(wide.status == 303, wide)
    expect(actor.get(log).status == 404, 'a wider consent lets nobody in by itself')
    early = made['holder'].send(made['holder'].open(act(log, 'consent_record')).form('consent_record'), **{**good, 'given_on': day(-1)})
    expect(early.status == 422 and 'given_on' in early.errors, 'what was said before the newest is not said last', early)


@fact
def a_signed_renewal_comes_with_its_paper(town):
    page = made['holder'].open(act(made['narrow'], 'consent_record'))
    form = page.form('consent_record')
    expect(form.multipart, page)
    paper = {'document': ('samtykke.pdf', 'application/pdf', PDF)}
    saved = made['holder'].send(form, files=paper, giver=form.option('giver', 'Dyp Måne'), method='1', given_on=day())
    expect(saved.status == 303, saved)
    page = made['holder'].follow(saved)
    expect(page.link('Se samtykkedokumentet'), page)
    document = made['holder'].get(page.link('Se samtykkedokumentet'))
    expect(document.status == 200 and document.body == PDF, 'it is read as it was given')


@fact
def whoever_reads_the_log_reads_the_history_of_its_consents_which_only_grows(town):
    page = made['holder'].open(made['other'])
    page = made['holder'].open(page.link('Samtykkehistorikk'))
    expect('Lys Lerke trakk hele samtykket' in page.text and 'Registrert av' in page.text and 'Klok Elv' in page.text, page)
    expect(page.text.index('Lys Lerke sa ja') < page.text.index('Lys Lerke trakk'), 'the newest first, on one day too', page)
    expect(page.text.count('Lys Lerke sa ja') == 2 and page.text.count('gjelder nå') == 2, 'what was given first stays', page)
    page = town.signed_in('Varm Bjørk').open(f'{made["log"]}/samtykke')
    expect('Varm Bjørk trakk samtykket for Nordvær PPT' in page.text, page)
    expect('Nordvær PPT' in page.text.split('Varm Bjørk sa ja')[1], 'and what it named then', page)
    for browser in (town.signed_in('Stram Ørret'), town.signed_in('Våken Sjø')):
        expect(browser.get(f'{made["log"]}/samtykke').status == 404)
    answer = Api(town, made['holder']).open(f'{api_of(made["log"])}/consents')
    expect([item['unit'] for item in answer['withdrawals']] == ['Nordvær PPT'] and answer['withdrawals'][0]['by'] == 'Varm Bjørk', answer)
    given = next(item for item in answer['given'] if item['guardian'] == 'Varm Bjørk')
    expect(given['good'] and 'Nordvær PPT' in given['named'] and 'Nordvær PPT' not in given['units'], given)
    expect(Api(town, made['holder']).open(api_of(made['log']))['entries'], 'the log as a document holds to its shape')
    expect(made['manager'].get(f'{made["log"]}/samtykke').heading == made['manager'].get(made['log']).heading, 'a reason first')


@fact
def from_a_passive_log_it_is_taken_and_recorded_by_the_manager(town):
    log = town.log('kvikk')
    family = town.signed_in('Stram Ørret')
    page = made['holder'].open(act(log, 'log_close'))
    expect(made['holder'].send(page.form('log_close'), reason='1').status == 303)
    page = family.open(log)
    page = family.open(page.link('Trekk samtykket'))
    expect('Kvikk' not in page.text, 'the page shows nothing of the log', page)
    saved = family.send(page.form('consent_withdraw'))
    expect(saved.status == 303 and saved.location == log, saved)
    page = family.follow(saved)
    expect('Samtykket er trukket kl.' in page.text, page)
    expect(made['manager'].get(act(log, 'log_reopen')).status == 404, 'a log without consent is not reopened')
    expect(made['manager'].open(log).status == 200)


@fact
def by_the_api_it_is_the_same_act(town):
    api = Api(town, made['guardian'])
    path = f'{api_of(made["log"])}/acts/consent_withdraw'
    expect(api.send('POST', path, {}).status == 422)
    expect(api.send('POST', path, {'of': '3'}).status == 422)
    expect(api.send('POST', path, {'of': SERVICE}).status == 422)
    refused = api.send('POST', path, {'of': SERVICE, 'unit': '0' * 32})
    told = [(fault['field'], fault['code']) for fault in refused.document.get('errors', [])]
    expect(refused.status == 422 and told == [('unit', 'bad_reference')], 'no service is not the whole', refused.document)
    expect(Api(town, made['holder']).send('POST', path, {'of': WHOLE}).status == 403, 'not for the holder')
    answer = api.send('POST', path, {'of': WHOLE})
    expect(answer.status == 200, answer.document)
    expect(made['holder'].get(made['log']).status == 404)
    expect(api.send('POST', path, {'of': WHOLE}).status == 422, 'once')
    expect(town.verify() == '', town.verify())


@fact
def when_a_guardian_has_left_it_is_settled_who_must_consent_now_and_the_log_goes_on(town):
    log, holder, manager = made['other'], made['holder'], made['manager']
    expect(holder.send(holder.open(act(log, 'consenters_record')).form('consenters_record')).status == 422, 'nobody has left')
    page = holder.open(f'{log}/deltakere')
    leave = next(asks for asks in map(holder.open, page.links('/deltakere/slutt/')) if 'Høy Lerke' in asks.heading)
    expect(holder.send(leave.form(leave.path)).status == 303)
    expect(holder.get(log).status == 404, 'passive with the one who left')
    expect(manager.get(act(log, 'log_reopen')).status == 404, 'a consent is missing')
    expect(holder.get(act(log, 'consenters_record')).status == 404, 'not for the holder of a passive log')
    form = manager.open(f'{log}/deltakere/foresatt').form('/deltakere/foresatt')
    joined = manager.send(form, given_on=day(), method='3', witness='Bred Ås', name='Ny Lerke', relationship='9', responsibility='1')
    expect(joined.status == 303, 'where a consent is missing the manager adds a guardian, with theirs', joined)
    expect(manager.get(act(log, 'log_reopen')).status == 404, 'the one who left is missing still')
    page = manager.open(manager.open(log).link('Registrer hvem som må samtykke nå'))
    page = manager.follow(manager.send(page.form('consenters_record')))
    expect('Det er registrert hvem som må samtykke nå kl.' in page.text, page)
    expect('Høy Lerke har trukket' not in page.text, 'whoever left has withdrawn nothing', page)
    expect(holder.get(log).status == 404, 'it opens nothing by itself')
    expect(manager.send(manager.open(act(log, 'log_reopen')).form('log_reopen')).status == 303)
    expect(holder.open(log).status == 200, 'and then it goes on')
    again = manager.get(act(log, 'consenters_record'))
    expect(again.status == 404, 'the log is active: the holder would', again)


@fact
def from_a_log_that_is_held_it_is_taken_and_the_log_stays_held(town):
    log = town.log('glad')
    family = town.signed_in('Myk Rype')
    form = family.open(act(log, 'consent_withdraw')).form('consent_withdraw')
    database = sqlite3.connect(town.database(), timeout=10)
    with database:
        database.execute("UPDATE entry SET at=at+1 WHERE no=(SELECT min(e.no) FROM entry e JOIN log l ON l.no=e.log_no WHERE "
                         "l.id=?)", (bytes.fromhex(log.split('/')[-1]),))
    database.close()
    expect(made['holder'].get(log).status == 503, 'it is held')
    page = family.get(log)
    expect(page.status == 503, page)
    page = family.open(page.link('Trekk samtykket'))
    expect('Glad' not in page.text and asked(page.form('consent_withdraw')) == ['of'], page)
    service = family.send(form, of=SERVICE, unit=form['unit'].options[0][0])
    expect(service.status == 422, 'of a held log the whole is withdrawn', service)
    saved = family.send(page.form('consent_withdraw'))
    expect(saved.status == 303 and saved.location == '/mine', saved)
    expect(family.send(family.open(act(log, 'consent_withdraw')).form('consent_withdraw')).status == 422, 'once')
    expect(family.get(log).status == 503 and made['manager'].get(log).status == 503, 'it stays held')
    rows = stored(town, log)
    expect(rows == (PASSIVE, CONSENT_WITHDRAWN, 1), rows)
    told = town.verify()
    expect('entry' in told and 'consent' not in told, 'verify names the row that was forged, and no other', told)


if __name__ == '__main__':
    main()
