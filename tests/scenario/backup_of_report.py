#!/usr/bin/env python3
"""backup_of_report.py - a backup is made while the archive report of a deleted log is kept: restored after its twelve months it is without the
report, and thirty days after it was made nobody opens it."""
import datetime

import backups
from backups import command, lose_the_machine, made, made_by, make, oslo_now, place_of, restore_arguments, start_again, until_oslo, write_places
from ending import approves, decides, orders, purges, sends
from scenario import DATABASE, OSLO, expect, fact, main, until

KEPT_DAYS = 365   # of twelve months


def noon(day):
    return datetime.datetime.combine(day, datetime.time(12), OSLO)


def runs(town, *jobs):
    """serve may be at them by itself."""
    for job in jobs:
        until(lambda job=job: command(town, 'jobs', *town.stack.place, 'run', job).returncode == 0, job)


def reports(town):
    return town.asked('SELECT id FROM report')


@fact
def a_log_goes_and_its_report_is_kept(town):
    holder, manager, admin = town.signed_in('Klok Elv'), town.signed_in('Bred Ås'), town.signed_in('Klar Fjord')
    made['log'] = town.log('modig')
    expect(sends(holder, made['log'], 'log_close', reason='1').status == 303)
    expect(sends(manager, made['log'], 'archive_report_make', language='1').status == 303)
    expect(decides(admin, made['log'], archive='1', ground='').status == 303)
    expect(orders(admin, made['log']).status == 303 and approves(manager, made['log']).status == 303)
    purges(town)
    until(lambda: town.asked('SELECT purged_at FROM deletion')[0][0] != '0')
    made['t1'] = oslo_now(town).date()
    expect(len(reports(town)) == 1)


@fact
def a_backup_is_made_ten_days_before_the_twelve_months_are_over(town):
    until_oslo(town, noon(made['t1'] + datetime.timedelta(days=KEPT_DAYS - 10)))
    runs(town, 'over')
    town.stack.end('serve')   # nothing stands between the backup and the end of the report
    write_places(town, f'NO {place_of(town, "place")} Den ene, Oslo\n')
    done = make(town)
    expect(done.returncode == 0 and len(reports(town)) == 1, done)
    made['backup'] = made_by(done, town.stack.folder / 'place')
    made['day'] = oslo_now(town).date()
    made['scope'] = reports(town)[0][0]


@fact
def after_them_the_report_is_gone_with_its_key_and_that_is_the_first_thing_after_the_backup(town):
    until_oslo(town, noon(made['t1'] + datetime.timedelta(days=KEPT_DAYS + 2)))
    runs(town, 'over', 'epoch')
    expect(reports(town) == [] and town.asked(f"SELECT scope FROM scope_key WHERE scope={{{made['scope']}}}") == [])
    expect(town.verify() == '', town.verify())


@fact
def restored_from_the_backup_it_does_not_come_back(town):
    lose_the_machine(town)
    town.hands.clear()
    done = command(town, *restore_arguments(town, made['backup'], 2, 3))
    expect(done.returncode == 0 and 'ended again' in done.stdout, done)
    start_again(town)
    page = town.signed_in('Klar Fjord').open('/rapporter')
    expect(reports(town) == [], 'its row', done.stdout)
    expect(town.asked('SELECT part FROM report_part') == [], 'its bytes', done.stdout)
    expect(town.asked(f"SELECT scope FROM scope_key WHERE scope={{{made['scope']}}}") == [])
    expect('Det er ingen rapporter om slettede logger.' in page.text, page)
    expect(town.verify() == '', town.verify())


@fact
def thirty_days_after_it_was_made_nobody_opens_the_backup_with_all_custodians_together(town):
    kept = town.stack.folder / 'kept-away.backup'
    kept.write_bytes(made['backup'].read_bytes())
    backups.owned(kept)
    until_oslo(town, datetime.datetime.combine(made['day'] + datetime.timedelta(days=31), datetime.time(0, 5), OSLO))
    lose_the_machine(town)
    for given in ((1, 2), (1, 3), (2, 3)):
        done = command(town, *restore_arguments(town, kept, *given))
        expect(done.returncode == 6 and 'now by nobody' in done.stderr, given, done)
        expect(not (town.stack.data / 'host.db').exists())


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
