#!/usr/bin/env python3
"""main_job.py - what a log is for: holder, guardian, actor and administrators in one log, each with what they may see."""
from scenario import day, entries_of, expect, fact, main, same_but_for_tokens

ABSENT = '/logg/' + 'ab' * 16
made = {}


# ---- the relay holder writes ----

@fact
def the_relay_holder_finds_the_log_in_the_list_and_opens_it(town):
    made['holder'] = town.signed_in('Klok Elv')
    made['log'] = town.log('modig')
    page = made['holder'].open('/mine')
    expect('Modig Lerke' in page.text and page.link('Modig Lerke') == made['log'], page)
    page = made['holder'].open(made['log'])
    expect(page.heading == 'Modig Lerke' and 'Modig' not in page.title and '17521515' not in page.title, page.title)


@fact
def a_level_with_its_reason_stands_in_the_band_and_in_the_history(town):
    form = made['holder'].open(made['log'] + '/ny/level').form('/ny/level')
    page = made['holder'].save(form, level='2', reason='PPT skal gi råd om leseopplæringen.', date=day())
    expect('PPT skal gi råd om leseopplæringen.' in page.text, page)
    expect('Nivå 2 (nå)' in page.text, page)


@fact
def an_attention_is_written(town):
    page, made['attention'] = town.write(made['holder'], made['log'], 'attention', category='11', severity='2', date=day(-3),
                                         description='Mister linja når teksten er <lang> & tett.', discussed_guardians='1',
                                         discussed_guardians_on=day(-2))
    expect('Mister linja når teksten er <lang> & tett.' in page.text, page)
    expect(b'<lang>' not in page.body, 'what people write is text, never HTML')


@fact
def a_goal_is_tied_to_the_attention(town):
    page, made['goal'] = town.write(made['holder'], made['log'], 'goal', text='Leser en halv side uten å miste linja.',
                                    attention=made['attention'], target_date=day(40))
    expect('Leser en halv side uten å miste linja.' in page.text, page)


@fact
def a_measure_names_who_does_it_and_by_when(town):
    page = made['holder'].open(f'{made["log"]}/ny/measure?goal={made["goal"]}')
    form = page.form('/ny/measure')
    expect(form['goal'].sent() == [made['goal']], form['goal'].chosen)
    guardian, actor = form.option('responsible', 'Lys Lerke'), form.option('responsible', 'Modig Myr')
    page, made['measure'] = town.write(made['holder'], made['log'], 'measure', category='11', arena='1', goal=made['goal'],
                                       description='Leselinjal hjemme.', responsible=[guardian, actor], start=day(-1),
                                       deadline=day(20), state='2')
    expect('Leselinjal hjemme.' in page.text and 'Lys Lerke, Modig Myr' in page.text, page)


@fact
def an_evaluation_stands_at_its_measure(town):
    page, _ = town.write(made['holder'], made['log'], 'evaluation', measure=made['measure'], outcome='2', date=day(),
                         text='Linjalen hjelper, vi fortsetter.')
    expect('Linjalen hjelper, vi fortsetter.' in page.text, page)


@fact
def a_meeting_is_called_and_gets_its_summary_as_a_correction(town):
    form = made['holder'].open(made['log'] + '/ny/meeting').form('/ny/meeting')
    everybody = [value for value, _ in form['participants'].options]
    page, meeting = town.write(made['holder'], made['log'], 'meeting', time=day(5) + ' 08.30', place='Rom 12',
                               participants=everybody, agenda='Leselinjalen.')
    expect('Rom 12' in page.text and 'Leselinjalen.' in page.text and '08.30' in page.text, page)
    form = made['holder'].open(f'{made["log"]}/rett/{meeting}').form('/meeting')
    expect(form['place'].value == 'Rom 12' and form['time'].value.endswith('08.30'), form['time'].value)
    page = made['holder'].save(form, summary='Vi ble enige om å fortsette i seks uker.')
    expect('Vi ble enige om å fortsette i seks uker.' in page.text and 'Rom 12' in page.text, page)


@fact
def a_note_is_written_on_the_page_itself(town):
    page = made['holder'].open(made['log'])
    page = made['holder'].save(page.form('/ny/note'), text='Første linje\nandre linje med æøå og «anførsel».')
    expect('Første linje andre linje med æøå og «anførsel».' in page.text, page)


# ---- corrections ----

@fact
def a_correction_is_a_new_version_and_the_old_one_can_be_read(town):
    form = made['holder'].open(f'{made["log"]}/rett/{made["attention"]}').form('/attention')
    expect(form['description'].value == 'Mister linja når teksten er <lang> & tett.', form['description'].value)
    page = made['holder'].save(form, description='Mister linja i lange tekster.', severity='1')
    expect('Mister linja i lange tekster.' in page.text and 'Rettet, versjon 2' in page.text, page)
    expect('<lang> & tett' not in page.text, 'only the newest version stands in the log')
    page = made['holder'].open(f'{made["log"]}/historikk/{made["attention"]}')
    expect('Mister linja i lange tekster.' in page.text and 'Mister linja når teksten er <lang> & tett.' in page.text, page)
    expect('Versjon 2' in page.text and 'Versjon 1' in page.text and 'Klok Elv' in page.text, page)


@fact
def two_who_correct_at_once_see_both_texts_and_nothing_is_lost(town):
    first = made['holder'].open(f'{made["log"]}/rett/{made["goal"]}').form('/goal')
    second = made['holder'].open(f'{made["log"]}/rett/{made["goal"]}').form('/goal')
    made['holder'].save(first, text='Leser en hel side.')
    page = made['holder'].send(second, text='Leser to sider høyt.')
    expect(page.status == 409 and 'Leser en hel side.' in page.text and 'Noen andre har endret dette' in page.text, page)
    form = page.form('/goal')
    expect(form['text'].value == 'Leser to sider høyt.' and form['version'].value == '2', form['text'].value)
    page = made['holder'].save(form, text='Leser to hele sider høyt.')
    expect('Leser to hele sider høyt.' in page.text and 'Leser en hel side.' not in page.text, page)


@fact
def a_removed_entry_leaves_its_reason_and_its_history(town):
    page, note = town.write(made['holder'], made['log'], 'note', note_kind='1', text='Havnet i feil logg.')
    form = made['holder'].open(f'{made["log"]}/rett/{note}').form(f'/fjern/{note}')
    page = made['holder'].send(form, removal_reason='')
    expect(page.status == 422 and 'hvorfor' in page.errors['removal_reason'], page)
    page = made['holder'].save(form, removal_reason='Gjaldt et annet barn.')
    expect('Havnet i feil logg.' not in page.text and 'Gjaldt et annet barn.' in page.text, page)


# ---- the family ----

@fact
def a_guardian_reads_the_same_log(town):
    made['guardian'] = town.signed_in('Lys Lerke')
    page = made['guardian'].get('/mine')
    expect(page.status == 303 and page.location == made['log'], 'a family with one log comes straight to it', page)
    page = made['guardian'].open(made['log'])
    for text in ('Stafettloggen til Modig', 'Modig Lerke', 'Mister linja i lange tekster.', 'Leser to hele sider høyt.', 'Leselinjal hjemme.',
                 'Linjalen hjelper, vi fortsetter.', 'Vi ble enige om å fortsette i seks uker.', 'andre linje med æøå', 'Klok Elv'):
        expect(text in page.text, text, page.text)


@fact
def a_guardian_writes_a_note_and_the_holder_reads_it(town):
    page = made['guardian'].open(made['log'])
    page = made['guardian'].save(page.form('/ny/note'), text='Hjemme gikk det fint i går.')
    expect('Hjemme gikk det fint i går.' in page.text, page)
    expect('Hjemme gikk det fint i går.' in made['holder'].open(made['log']).text, 'the same log')


@fact
def a_guardian_may_write_notes_only(town):
    page = made['guardian'].open(made['log'])
    expect(not page.links('/ny/'), page.links('/ny/'))
    for kind in ('attention', 'goal', 'measure', 'evaluation', 'meeting', 'level', 'child'):
        expect(made['guardian'].get(f'{made["log"]}/ny/{kind}').status == 404, kind)
        pairs = [('form_token', page.form('/ny/note')['form_token'].value)]
        expect(made['guardian'].post(f'{made["log"]}/ny/{kind}', pairs).status == 403, 'refused, with the reason', kind)


@fact
def a_guardian_sees_who_has_opened_the_log_and_when(town):
    page = made['guardian'].open(made['log'])
    page = made['guardian'].open(page.link('Se alle'))
    expect('Klok Elv' in page.text and 'Stafettholder' in page.text and 'Leste loggen' in page.text, page)
    expect('Lys Lerke' in page.text and 'Foresatt' in page.text, page)


@fact
def the_child_number_is_shown_on_demand_only_and_stands_in_the_trail(town):
    page = made['holder'].open(made['log'])
    expect('27891653005' not in page.body.decode() and '278916' not in page.title, page)
    form = page.form('/nummer')
    page = made['holder'].send(form)
    expect(page.status == 200 and '27891653005' in page.text.replace(' ', ''), page)
    page = made['holder'].send(made['holder'].open(made['log']).form('/nummer'), headers={'Accept': 'text/plain'})
    expect(page.status == 200 and page.body == b'27891653005', 'for the script of the page', page.body)
    page = made['guardian'].open(made['log'] + '/sett')
    expect('Så hele fødselsnummeret' in page.text, page)


# ---- actors ----

@fact
def an_actor_of_a_consented_service_takes_part(town):
    actor = town.signed_in('Rolig Vind')
    log = town.log('blid')
    page = actor.open('/mine')
    expect('Blid Bjørk' in page.text and 'Kvikk Ørret' in page.text and 'Modig Lerke' not in page.text, page)
    page = actor.open(log)
    page = actor.save(page.form('/ny/note'), text='Synstesten er gjort om igjen.')
    expect('Synstesten er gjort om igjen.' in page.text, page)
    expect('Synstesten er gjort om igjen.' in made['holder'].open(log).text, 'the same log')


@fact
def an_actor_evaluates_a_measure_that_is_their_own_and_no_other(town):
    actor, log = town.signed_in('Modig Myr'), made['log']
    page = actor.open(f'{log}/ny/evaluation')
    mine = page.form('/ny/evaluation')['measure'].options
    page, _ = town.write(actor, log, 'evaluation', measure=made['measure'], outcome='1', date=day(), text='Nå går det av seg selv.')
    expect('Nå går det av seg selv.' in page.text, page)
    others = [value for value, _ in made['holder'].open(f'{log}/ny/evaluation').form('/ny/evaluation')['measure'].options
              if value and value != made['measure']]
    expect(others, 'the holder may evaluate another one')
    form = actor.open(f'{log}/ny/evaluation').form('/ny/evaluation')
    before = town.counts()
    page = actor.send(form, measure=others[0], outcome='1', date=day(), text='Ikke mitt.')
    expect(page.status == 403 and page.form('/ny/evaluation')['text'].value == 'Ikke mitt.', page, mine)
    expect(town.counts() == before, 'nothing is written')


@fact
def an_actor_may_not_write_what_the_holder_writes(town):
    actor = town.signed_in('Rolig Vind')
    log = town.log('blid')
    token = actor.open(log).form('/ny/note')['form_token'].value
    before = town.counts()
    for kind in ('attention', 'goal', 'measure', 'meeting', 'level', 'child'):
        expect(actor.get(f'{log}/ny/{kind}').status == 404, kind)
        fields = [('form_token', token)] + ([('text', 'x')] if kind == 'goal' else [])
        expect(actor.post(f'{log}/ny/{kind}', fields).status == 403, kind)
    expect(town.counts() == before, 'nothing is written')


@fact
def an_actor_corrects_their_own_words_and_nobody_elses(town):
    actor, log = town.signed_in('Rolig Vind'), town.log('blid')
    own = entries_of(actor.open(log))
    form = actor.open(f'{log}/rett/{own[-1]}').form('/note')
    theirs = [entry for entry in entries_of(made['holder'].open(log)) if entry not in own]
    expect(theirs, 'the holder wrote others')
    for entry in theirs:
        expect(actor.get(f'{log}/rett/{entry}').status == 404, entry)
    before = town.counts()
    page = actor.post(f'{log}/rett/{theirs[0]}/note', form.values())
    expect(page.status == 403 and town.counts() == before, page)


# ---- those who have no part in it ----

def answers(browser, log, entry, post=True):
    """What every address of a log says to this person."""
    page = browser.get('/mine')
    token = (browser.follow(page) if page.status == 303 else page).form('/logg-ut')['form_token'].value
    pages = [browser.get(f'{log}{rest}') for rest in
             ('', '/sett', '/deltakere', '/ny/note', '/ny/attention', f'/rett/{entry}', f'/historikk/{entry}', '?grunn=complaint',
              f'/samtykke/{entry}')]
    if not post:
        return pages
    for rest, fields in (('/ny/note', [('note_kind', '1'), ('text', 'Uvedkommende')]), ('/nummer', []),
                         (f'/rett/{entry}/note', [('version', '1'), ('note_kind', '1'), ('text', 'Uvedkommende')]),
                         (f'/fjern/{entry}', [('version', '1'), ('removal_reason', 'Uvedkommende')])):
        pages.append(browser.post(log + rest, [('form_token', token), *fields]))
    return pages


@fact
def a_person_without_relation_cannot_tell_whether_a_log_exists(town):
    before = town.counts()
    for name in ('Fersk Snø', 'Fjern Topp', 'Rolig Vind', 'Skjør Regnbue', 'Trygg Havn'):
        stranger = town.signed_in(name)
        there = answers(stranger, made['log'], made['attention'])
        absent = answers(stranger, ABSENT, 'cd' * 16)
        for one, other in zip(there, absent):
            expect(one.status == 404 and same_but_for_tokens(one, other), name, one, other)
            expect('Fant ikke siden' in one.text, one)
    expect(town.counts() == before, 'nothing is written')


@fact
def an_entry_of_another_log_is_not_found_under_this_one(town):
    for rest in (f'/rett/{made["attention"]}', f'/historikk/{made["attention"]}'):
        here = made['holder'].get(town.log('blid') + rest)
        nowhere = made['holder'].get(town.log('blid') + rest.replace(made['attention'], 'cd' * 16))
        expect(here.status == 404 and same_but_for_tokens(here, nowhere), here, nowhere)
    form = made['holder'].open(f'{made["log"]}/rett/{made["goal"]}').form('/goal')
    before = town.counts()
    page = made['holder'].post(f'{town.log("blid")}/rett/{made["goal"]}/goal', form.values(text='På feil sted.'))
    expect(page.status == 403 and 'finnes ikke lenger i loggen' in page.text and town.counts() == before, page)


@fact
def a_measure_of_one_log_cannot_be_evaluated_in_another(town):
    form = made['holder'].open(town.log('blid') + '/ny/evaluation').form('/ny/evaluation')
    before = town.counts()
    page = made['holder'].send(form, measure=made['measure'], outcome='1', date=day(), text='På feil sted.')
    expect(page.status == 422 and 'Velg på nytt' in page.errors['measure'] and town.counts() == before, page)
    expect(page.form('/ny/evaluation')['text'].value == 'På feil sted.', page)


# ---- administrators ----

@fact
def an_administrator_gives_a_reason_before_the_log_opens(town):
    for name, role, reason, words in (('Klar Fjord', (), 'complaint', 'Klage'),
                                      ('Bred Ås', (), 'holder_replacement', 'Bytte av stafettholder')):
        browser = town.signed_in(name, *role)
        page = browser.open(made['log'])
        expect(page.heading == 'Hvorfor trenger du å åpne loggen?' and 'Modig' not in page.text.replace('Modig Myr', ''), page)
        form = page.form('/grunn')
        answer = browser.send(form)
        expect(answer.status == 422 and answer.errors['grunn'] == 'Velg en grunn', answer)
        answer = browser.send(form, grunn='nysgjerrighet')
        expect(answer.status == 422, answer)
        page = browser.save(browser.open(made['log']).form('/grunn'), grunn=reason)
        expect('Modig Lerke' in page.text and words in page.text, page)
        expect(not page.links('/ny/') and not page.links('/rett/'), 'they read')


@fact
def a_manager_of_another_unit_is_a_stranger(town):
    browser = town.signed_in('Mild Eng', 'PPT')
    for rest in ('?grunn=holder_replacement', '?grunn=complaint'):
        there, absent = browser.get(made['log'] + rest), browser.get(ABSENT + rest)
        expect(there.status == 404 and same_but_for_tokens(there, absent), there, absent)
    there, absent = browser.get(made['log']), browser.get(ABSENT)
    there.body = there.body.replace(made['log'].encode(), b'')
    absent.body = absent.body.replace(ABSENT.encode(), b'')
    expect(same_but_for_tokens(there, absent), there, absent)


@fact
def an_administrator_finds_a_log_by_its_number_and_only_by_it(town):
    browser = town.signed_in('Klar Fjord')
    form = browser.open('/mine').form('/finn')
    page = browser.send(form, number=town.nordvaer.logs['modig']['display'])
    expect(page.status == 303 and page.location == made['log'], page)
    page = browser.send(browser.open('/mine').form('/finn'), number='00000001')
    expect(page.status == 422 and page.form('/finn')['number'].value == '00000001', page)


@fact
def a_number_tells_a_stranger_nothing(town):
    for name in ('Skjør Regnbue', 'Fersk Snø', 'Rolig Vind'):
        pages = []
        for number in (town.nordvaer.logs['modig']['display'], '00000001'):
            browser = town.signed_in(name)
            page = browser.get('/mine')
            page = browser.follow(page) if page.status == 303 else page
            page = browser.post('/finn', [('form_token', page.form('/logg-ut')['form_token'].value), ('number', number)])
            page.body = page.body.replace(number.encode(), b'')
            pages.append(page)
        expect(pages[0].status in (404, 422) and same_but_for_tokens(*pages), name, pages)


def seen_by(browser, log):
    """All that stands in "Hvem har sett loggen", page by page."""
    text, page = '', browser.open(log + '/sett')
    while True:
        text += page.text
        older = page.links('/sett?eldre=')
        if not older:
            return text
        page = browser.open(older[0])


@fact
def who_has_seen_the_log_holds_every_opening_and_the_reasons(town):
    text = seen_by(made['guardian'], made['log'])
    for words in ('Klar Fjord Kommuneadministrator Leste loggen Grunn: Klage', 'Bred Ås Enhetsleder Leste loggen Grunn: Bytte av stafe',
                  'Modig Myr Aktør', 'Skrev et notat', 'Rettet en oppføring', 'Fjernet en oppføring', 'Endret nivået',
                  'Klok Elv Stafettholder Leste loggen', 'Opprettet loggen'):
        expect(words in text, words, text)
    for stranger in ('Fersk Snø', 'Fjern Topp', 'Mild Eng', 'Skjør Regnbue'):
        expect(stranger not in text, stranger)
    before = text.count('Leste loggen')
    for rest in ('', '/ny/note', '/deltakere'):
        made['holder'].open(made['log'] + rest)
    expect(seen_by(made['guardian'], made['log']).count('Leste loggen') == before, 'the same opening', before)


@fact
def the_holder_and_the_family_see_the_same_list_of_openings(town):
    text = seen_by(made['holder'], made['log'])
    expect('Grunn: Klage' in text and 'Grunn: Bytte av stafettholder' in text, text)


@fact
def all_that_was_written_is_as_it_was_sealed(town):
    expect(not town.verify(), town.verify())


if __name__ == '__main__':
    main()
