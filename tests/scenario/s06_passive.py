#!/usr/bin/env python3
"""s06_passive.py - a passive log is kept, read only: an administrator prolongs its time with a reason, and a death is recorded."""
from scenario import day, expect, fact, main

made = {}


def act(name):
    return f'{made["log"]}/handling/{name}'


@fact
def an_administrator_prolongs_the_time_of_a_passive_log_with_a_reason_and_nobody_else_does(town):
    made['log'] = town.log('kvikk')
    for key, name in (('guardian', 'Stram Ørret'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)
    expect(made['admin'].get(act('passive_prolong')).status == 404, 'an active log has no such time')
    form = made['holder'].open(act('log_close')).form('log_close')
    expect(made['holder'].send(form, reason='1').status == 303)
    for name in ('guardian', 'holder', 'manager'):
        expect(made[name].get(act('passive_prolong')).status == 404, name)
    page = made['admin'].open(made['admin'].open(made['log']).link('Forleng den passive tiden'))
    wrong = made['admin'].send(page.form('passive_prolong'))
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    form = wrong.form('passive_prolong')
    page = made['admin'].follow(made['admin'].send(form, reason='Saken ankes.'))
    expect('Den passive tiden er forlenget kl.' in page.text and 'Saken ankes.' in page.text, page)
    before = town.counts()['entry']
    expect(made['admin'].send(form, reason='Saken ankes.').status == 303 and town.counts()['entry'] == before, 'twice is once')
    expect('Saken ankes.' in made['manager'].open(made['log']).text, 'the manager reads why, and who: ')
    expect('Klar Fjord' in made['manager'].open(made['log']).text)


@fact
def a_passive_log_is_read_only(town):
    for name in ('ny/note', 'ny/attention'):
        for who in ('manager', 'admin', 'holder', 'guardian'):
            expect(made[who].get(f'{made["log"]}/{name}').status == 404, name, who)


@fact
def a_death_is_recorded_once_by_holder_or_manager_and_changes_nothing_else(town):
    made['log'] = town.log('modig')
    for name in ('guardian', 'admin'):
        expect(made[name].get(act('death_record')).status == 404, name)
    made['family'] = town.signed_in('Lys Lerke')
    page = made['holder'].open(made['holder'].open(made['log']).link('Registrer at barnet er dødt'))
    expect('Tidligst 30 dager' in page.text and 'Dette kan ikke gjøres om.' in page.text, page)
    wrong = made['holder'].send(page.form('death_record'), died_on=day(1))
    expect(wrong.status == 422 and 'died_on' in wrong.errors, wrong)
    page = made['holder'].follow(made['holder'].send(wrong.form('death_record'), died_on=day(-2)))
    expect('Det er registrert at barnet er dødt kl.' in page.text, page)
    expect('Registrer at barnet er dødt' not in [words for _, words in page.reader.links], 'once')
    page = made['manager'].open(act('death_record'))
    expect(made['manager'].send(page.form('death_record'), died_on=day(-2), grunn='closing').status == 422, 'nor by the manager')
    expect(made['family'].open(made['log']).status == 200, 'the family reads on')
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
