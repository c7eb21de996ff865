#!/usr/bin/env python3
"""backup_of_ordered.py - a backup is made while a deletion is ordered, and restored after it was carried out: it is carried out, with the
times of the first time, and its certificate stands again where the approval was in the backup; nothing runs in vain for it afterwards."""
import json
import pathlib

from backups import command, lose_the_machine, made, made_by, make, owned, place_of, restore_arguments, start_again, write_places
from ending import approves, decides, may_be_stopped, orders, purges, sends, stops
from scenario import DATABASE, expect, fact, main, until

PASSIVE, ORDERED, DELETED = '2', '3', '4'   # domain/states.h
NAMES = ('approved', 'ordered', 'later')
LEFT = ('stopped', 'waiting', 'young')   # not purged before the machine is lost
DAY_MS = 86400000   # an order that is not in the backup: the day of the purge counts, not that of T1


def key_of(log):
    return log.split('/')[-1]


def order_of(town, log):
    return town.asked(f'SELECT purged_at,approved_at,confirmed_at FROM deletion WHERE log={{{key_of(log)}}}')[0]


def reports(town):
    """When each is to go."""
    return {log: int(destroy_on) for log, destroy_on in town.asked('SELECT log,destroy_on FROM report')}


def certificate_of(town, log):
    """What it says, or nothing where there is none or it is not signed."""
    found = town.asked(f'SELECT body FROM certificate WHERE log={{{key_of(log)}}} AND length(signature)=64')
    return json.loads(bytes.fromhex(found[0][0])) if found else None


def runs(town):
    done = []
    until(lambda: done.append(command(town, 'jobs', *town.stack.place, 'run', 'deletion')) or done[-1].returncode == 0, done)
    return done[-1].stdout


@fact
def a_backup_is_made_when_one_deletion_is_approved_one_is_ordered_and_one_is_not(town):
    holder, manager, admin = town.signed_in('Klok Elv'), town.signed_in('Bred Ås'), town.signed_in('Klar Fjord')
    may_be_stopped(admin)
    made.update(approved=town.log('modig'), ordered=town.log('kvikk'), later=town.log('glad'), stopped=town.log('blid'),
                waiting=town.log('stille'), young=town.log('varsom'))
    for name in (*NAMES, *LEFT):
        expect(sends(town.signed_in('Trygg Havn') if name == 'young' else holder, made[name], 'log_close', reason='1').status == 303)
        expect(sends(admin, made[name], 'archive_report_make', language='1').status == 303)
        expect(decides(admin, made[name], archive='1', ground='').status == 303)
    expect(all(orders(admin, made[name]).status == 303 for name in ('approved', 'ordered', 'stopped', 'waiting')))
    expect(approves(manager, made['approved']).status == 303 and approves(manager, made['stopped']).status == 303)
    write_places(town, f'NO {place_of(town, "place")} Den ene, Oslo\n')
    done = make(town)
    expect(done.returncode == 0, done)
    made['backup'] = made_by(done, town.stack.folder / 'place')
    expect(stops(manager, made['stopped']).status == 303 and orders(admin, made['later']).status == 303)
    expect(approves(manager, made['ordered']).status == 303 and approves(manager, made['later']).status == 303)


@fact
def all_are_purged_and_each_has_its_certificate_and_keeps_its_report(town):
    town.stack.command('clock', *town.stack.place, 'advance', '61m')
    purges(town)
    until(lambda: all(order_of(town, made[name])[0] != '0' for name in NAMES))
    expect(all(certificate_of(town, made[name]) for name in NAMES))
    made['first'] = certificate_of(town, made['approved'])
    made['times'] = {name: order_of(town, made[name])[0] for name in ('approved', 'ordered')}
    made['reports'] = {log: end for log, end in reports(town).items() if end}
    expect(len(made['reports']) == 3, made['reports'])
    admin, manager = town.signed_in('Klar Fjord'), town.signed_in('Bred Ås')
    expect(approves(manager, made['waiting']).status == 303 and orders(admin, made['young']).status == 303, 'on the last day before the loss')


@fact
def restored_all_are_gone_with_the_times_of_the_first_time_and_each_report_goes_when_it_would_have(town):
    lose_the_machine(town)
    town.hands.clear()
    done = command(town, *restore_arguments(town, made['backup'], 1, 2))
    expect(done.returncode == 0, done)
    start_again(town)
    town.signed_in('Klok Elv')   # before anybody looks beside it
    for name in NAMES:
        state = town.asked(f'SELECT state FROM log WHERE id={{{key_of(made[name])}}}')[0][0]
        expect(state == DELETED, name, state)
    for name, purged_at in made['times'].items():
        expect(order_of(town, made[name])[0] == purged_at, name, order_of(town, made[name]))
    now = {log: end for log, end in reports(town).items() if end}
    expect(set(now) == set(made['reports']) and all(abs(now[log] - made['reports'][log]) <= DAY_MS for log in now), now, made['reports'])
    expect(now[key_of(made['approved'])] == made['reports'][key_of(made['approved'])], 'to the day')
    expect(town.verify() == '', town.verify())


@fact
def the_one_whose_approval_was_in_the_backup_has_its_certificate_again_which_says_the_same(town):
    runs(town)
    told = certificate_of(town, made['approved'])
    expect(told, 'it is signed')
    same = ('municipality', 'log', 'number', 'scenario', 'archive', 'ground', 'ordered_by', 'ordered_at', 'approved_by', 't0', 't1', 't2_planned',
            't2', 'ledger')
    expect(all(told[name] == made['first'][name] for name in same), [(name, told[name], made['first'][name]) for name in same])
    expect(told['removed']['entries'] > 0 and told['removed']['keys'] > 0 and told['audit'] > 0, told)
    body, signature = town.asked(f"SELECT body,signature FROM certificate WHERE log={{{key_of(made['approved'])}}}")[0]
    path = pathlib.Path(town.stack.folder) / 'certificate.json'
    path.write_bytes(b'{"certificate":' + bytes.fromhex(body) + b',"signature":"' + signature.encode() + b'"}\n')
    owned(path)
    done = command(town, 'certificate', 'verify', path, '--key', town.stack.keyd_status()['public-key'])
    expect(done.returncode == 0, done)


@fact
def the_other_is_listed_without_one_since_nobody_approved_it_in_what_was_restored(town):
    expect(certificate_of(town, made['ordered']) is None and order_of(town, made['ordered'])[1] == '0')
    page = town.signed_in('Klar Fjord').open('/attester')
    expect(page.links(made['approved']) and page.links(made['ordered']), page)
    page = town.signed_in('Klar Fjord').open(made['ordered'] + '/attest')
    expect('Last ned attesten' not in page.text, page)


@fact
def what_was_stopped_ordered_or_approved_after_the_backup_is_not_purged_and_goes_on_from_there(town):
    admin, manager = town.signed_in('Klar Fjord'), town.signed_in('Bred Ås')
    states = {name: town.asked(f'SELECT state FROM log WHERE id={{{key_of(made[name])}}}')[0][0] for name in LEFT}
    expect(states == {'stopped': PASSIVE, 'waiting': ORDERED, 'young': PASSIVE}, states)
    expect(made['stopped'] not in admin.open('/sletting').links('/logg/') and made['waiting'] in admin.open('/sletting').links('/logg/'))
    for name in ('stopped', 'young'):
        page = orders(admin, made[name])
        expect(page.status == 303, 'it may be ordered', name, page)
    for name in LEFT:
        page = approves(town.signed_in('Mild Eng', 'Regnbuen') if name == 'young' else manager, made[name])
        expect(page.status == 303, 'and approved', name, page)
        expect(stops(admin, made[name]).status == 303, 'and stopped', name)
    expect(town.verify() == '', town.verify())


@fact
def nothing_is_purged_or_turned_again_for_them(town):
    epoch = town.asked('SELECT max(epoch) FROM scope_key')
    for _ in range(2):
        town.stack.command('clock', *town.stack.place, 'advance', '2h')
        expect(', 0 changed, 0 failed' in runs(town))
    expect(town.asked('SELECT max(epoch) FROM scope_key') == epoch, 'the keys')


@fact
def a_month_later_both_are_confirmed_and_no_run_fails(town):
    town.stack.command('clock', *town.stack.place, 'advance', '32d')
    expect(', 0 failed' in runs(town) and ', 0 changed, 0 failed' in runs(town))
    expect(all(order_of(town, made[name])[2] != '0' for name in ('approved', 'ordered')))
    expect(certificate_of(town, made['approved'])['t2'] and 'job-failed-for-log' not in town.stack.log('serve'))
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
