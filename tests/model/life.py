#!/usr/bin/env python3
"""life.py - the life of a log as the rules tell it, written apart from the program.

It was written from docs/rules alone: states, access 2 and 17, consent 6-17, clocks 1-19, rest 1-5, scenarios 1, 4, 5, 6 and 11, transfer 1 and 2. It shares no
line, no table and no number with src/, so that the two agree only where both follow the rules. `trace` prints years of
invented lives, day by day, and what must be true after each; a test carries them out in the program and compares. How a log
ends is deletion 1, 2, 4-9 and clocks 8-10.

    life.py trace --seed 1 --logs 200 --days 1826

A line of the trace is one of
    notice NAME                                       what the model knows how to tell
    setting NAME VALUE
    log NUMBER CREATED BIRTH GUARDIANS VALID_TO       days as YYYY-MM-DD; every guardian's consent of that day ends so
    event NUMBER DAY NAME [ARGUMENT]                  at noon, in this order
    refused NUMBER DAY NAME [ARGUMENT]                tried at noon, and not taken
    after NUMBER DAY STATE REASON FLAGS READERS       at noon, when the day's events are done; only where it changed
    told NUMBER DAY NOTICE ROLES                      at 00:00 of the day
    said NUMBER DAY NOTICE ROLES                      with the event before it
    day 0 DAY                                         what is told of it is made up for on that day
    soon NUMBER MOMENT                                a minute before it nothing has been purged
    waits NUMBER MOMENT                               it is due and held: it still stands
    purge NUMBER MOMENT ARCHIVE PAUSE LATEST          gone then, recorded no later than that; PAUSE in minutes
    confirmed NUMBER DAY                              T2: the last backup has died at 00:00 of that day
    kept NUMBER DAY                                   its report is still there
    forgotten NUMBER DAY                              R1: its report went at 00:00 of that day
A moment is UTC, as 2027-03-01T11:00.
Sets are in alphabetical order, joined by commas; "-" is the empty one.
"""
import argparse
import calendar
import datetime
import random
import zoneinfo
from dataclasses import dataclass, field

OSLO = zoneinfo.ZoneInfo('Europe/Oslo')
COPY_DAYS = 14
DAY = datetime.timedelta(days=1)


def months_after(day, months):
    """31 January and one month is the last day of February (clocks 2)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def noon(day):
    """As a moment: hours are elapsed ones, also in the nights in which the clock is changed (clocks 15)."""
    return datetime.datetime(day.year, day.month, day.day, 12, tzinfo=OSLO).astimezone(datetime.timezone.utc)


def hours(count):
    return datetime.timedelta(hours=count)


def birthday(birth, age):
    """29 February counts as 1 March in years that have none (clocks 3)."""
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29) and not calendar.isleap(year):
        return datetime.date(year, 3, 1)
    return datetime.date(year, birth.month, birth.day)


@dataclass
class Settings:
    consent_lifetime_months: int = 12
    consent_grace_days: int = 0
    inactivity_months: int = 3
    longest_passive_months: int = 12
    consent_age_years: int = 16
    child_decides: int = 0     # alone, from that age
    highest_age_years: int = 18
    second_approver: int = 1   # another person approves
    deletion_delay_hours: int = 0


@dataclass
class Consent:
    last_day: datetime.date
    withdrawn: bool = False
    withdrawn_on: datetime.date = None


@dataclass
class Log:
    number: int
    birth: datetime.date
    created: datetime.date
    settings: Settings
    consents: dict = field(default_factory=dict)  # guardian -> the newest
    state: str = 'active'
    reason: str = '-'
    flags: set = field(default_factory=set)       # those that are recorded
    active_since: datetime.date = None            # last activity, or the last confirmation
    passive_since: datetime.date = None
    lost: bool = False                            # it is passive because of a consent
    confirmed: int = 0                            # in a row, without content
    again: bool = False                           # the young person had answered before
    written: int = 0                              # measures and meetings, by their number
    measures: dict = field(default_factory=dict)  # number -> (who answers for it, deadline), while it goes on
    meetings: dict = field(default_factory=dict)  # number -> (who is to come, day), while it has no minutes

    proposed: datetime.date = None                # a transfer, which waits

    archive: str = ''                             # what was decided
    decided: datetime.date = None
    muddled: bool = False                         # the report by which it was decided was made anew since
    newest: datetime.date = None                  # what a decision must be as new as (deletion 5)
    unsure: datetime.date = None                  # what may be content, and may be not: then nothing is said of an order
    report_new: bool = None                       # nothing was written since it was made; None: no report, or unsure
    waived: datetime.date = None                  # the adult wants no copy
    ordered: datetime.date = None
    approved: datetime.date = None                # T0
    waits: datetime.datetime = None               # due since then, and held
    deleted: datetime.date = None                 # T1
    missed: datetime.date = None                  # stopped: what fell due since is told in the night (deletion 6)

    child: Consent = None                         # what the young person has said, the newest

    # ---- what is true on a day ----

    def of_age(self, today):
        return today >= birthday(self.birth, 18)

    def answers_from(self):
        """The birthday from which the young person's own answer counts (consent 10)."""
        return birthday(self.birth, self.settings.consent_age_years)

    def began_later(self):
        """Then it began with the young person's yes."""
        return self.answers_from() <= self.created

    def answered(self):
        return self.child is not None and not self.child.withdrawn

    def asked_for(self, today):
        """Whose yes is needed (consent 11): all of them, or the young person's alone."""
        guardians = list(self.consents.values())
        if today < self.answers_from() or (self.child is None and (self.of_age(today) or self.began_later())):
            return guardians
        alone = self.of_age(today) or self.settings.child_decides
        return [self.child] if alone else guardians + [self.child]

    def good_on(self, consent, today):
        return consent is not None and not consent.withdrawn and today <= consent.last_day

    def grace_of(self, consent, today):
        """After its last day, or after the birthday on which nobody had answered; none after a withdrawal (consent 9), but an answer
        that was taken back before the birthday is none."""
        if consent is self.child and consent is not None and consent.withdrawn and consent.withdrawn_on < self.answers_from():
            consent = None
        if consent is not None and consent.withdrawn:
            return False
        last = self.answers_from() - DAY if consent is None else consent.last_day
        return last < today <= last + self.settings.consent_grace_days * DAY

    def last_day(self, today=None):
        """Of the consent that ends first, of those that stand: one that is over is enough."""
        standing = [one for one in self.consents.values() if not one.withdrawn]
        alone = today is not None and self.asked_for(today) == [self.child]
        if self.answered():
            standing = [self.child] if alone else standing + [self.child]
        elif alone:
            standing = []
        return min((consent.last_day for consent in standing), default=None)

    def consent_good(self, today):
        return all(self.good_on(consent, today) for consent in self.asked_for(today))

    def in_grace(self, today):
        asked = self.asked_for(today)
        return not self.consent_good(today) and all(self.good_on(one, today) or self.grace_of(one, today) for one in asked)

    def goes_on(self, today):
        """An adult by their own consent, where the municipality's highest age allows it (access 17)."""
        return today < birthday(self.birth, self.settings.highest_age_years) and self.good_on(self.child, today)

    def flags_on(self, today):
        flags = set(self.flags)
        if self.proposed:
            flags.add('transfer_pending')
        if self.of_age(today):
            flags.add('of_age')
        if not self.consent_good(today):
            flags.add('consent_invalid')
            if self.in_grace(today):
                flags.add('in_grace')
        return flags

    def readers(self, today):
        """Who reads the content: access 2, from the top."""
        flags = self.flags_on(today)
        if self.state == 'deletion_ordered':
            return set()
        if 'restricted' in flags or self.state == 'passive':
            return {'KA', 'EL'}
        if 'consent_invalid' in flags:
            return {'KA', 'EL'} if 'in_grace' in flags else set()
        if 'of_age' in flags:  # guardians have nothing from then on (access 16)
            return {'KA', 'EL', 'SH'} if self.goes_on(today) else {'KA', 'EL'}
        return {'KA', 'EL', 'SH', 'FO'}

    # ---- 00:00 ----

    def midnight(self, today):
        """What the night does, and whom it tells: [(notice, roles)]."""
        if self.state not in ('active', 'passive'):
            return []
        oldest = birthday(self.birth, self.settings.highest_age_years) == today  # what falls due with it is told beside it (clocks 15)
        if self.state == 'active' and self.of_age(today - DAY) and not self.goes_on(today) and not oldest:
            self.close(today, 'of_age')  # by a birthday of before: from today on, and nothing is told of it as of an active log
        told = self.told(today)
        if self.proposed and today > self.proposed + 30 * DAY:  # 30 days, the last of them whole (transfer 2)
            self.proposed = None
        if self.state == 'active':
            if self.of_age(today) and not self.goes_on(today):
                self.close(today, 'of_age')
            elif not self.answered() and not self.began_later() and self.without_answer() <= today:
                self.close(today, 'consent_age', lost=True)
            elif not self.consent_good(today) and not self.in_grace(today):
                self.close(today, 'consent_expired', lost=True)
        return told

    def without_answer(self):
        """The first day on which a log that waits for the young person's answer is passive."""
        return self.answers_from() + self.settings.consent_grace_days * DAY

    def told_of_answer(self, tell):
        """As long as the young person has not answered (consent 10)."""
        for days in (90, 30, 7):
            tell(self.answers_from() - days * DAY, f'consent_age_in_{days}', 'SH')
        if self.settings.consent_grace_days > 0:
            tell(self.answers_from(), 'consent_age_grace', 'KA', 'EL', 'SH', 'FO')
        tell(self.without_answer(), 'consent_age_over', 'KA', 'EL', 'SH', 'FO')

    def told(self, today):
        told, settings = [], self.settings
        both = self.state in ('active', 'passive')

        def tell(day, notice, *roles):
            if day == today:
                told.append((notice, ','.join(sorted(roles))))

        adult = birthday(self.birth, 18)
        if self.proposed:
            tell(self.proposed + 31 * DAY, 'transfer_over', 'SH', 'EL', *(() if self.of_age(today) else ('FO',)))
        if both:
            tell(adult - 90 * DAY, 'of_age_in_90', 'KA', 'EL', 'SH')
            tell(adult - 30 * DAY, 'of_age_in_30', 'KA', 'EL', 'SH')
        if self.state == 'passive':  # until it is ordered (scenarios 1)
            tell(adult + 14 * DAY, 'archive_after_14', 'KA')
            tell(adult + 30 * DAY, 'archive_after_30', 'KA')
            tell(adult + 60 * DAY, 'archive_breach', 'KA')
        if self.state == 'active' and not self.answered() and not self.began_later():
            self.told_of_answer(tell)
        last, guardians = self.last_day(today), () if self.of_age(today) else ('FO',)
        if self.state == 'active' and last:
            for days in (60, 30, 7):
                tell(last - days * DAY, f'consent_ends_in_{days}', 'SH', *guardians)
        if self.state == 'active' and 'restricted' not in self.flags:
            asked = months_after(self.active_since, settings.inactivity_months)
            tell(asked, 'quiet', 'SH', 'EL')
            tell(months_after(self.active_since, 2 * settings.inactivity_months), 'quiet_listed', 'KA')
            if 'moved' in self.flags:
                tell(months_after(self.active_since, 3), 'moved_quiet', 'SH', 'EL')
        if self.state == 'active':
            told += self.dates(today)
        if self.state == 'passive':
            end = months_after(self.passive_since, settings.longest_passive_months)
            for months in (1, 3, 6, 11):
                due = months_after(self.passive_since, months)
                if due < end:
                    tell(due, f'passive_for_{months}', 'EL')
            tell(end, 'passive_end', 'KA')
            if self.lost:
                tell(self.passive_since + 30 * DAY, 'consent_settle', 'KA', 'EL')
        return told

    def dates(self, today):
        """Deadlines and meetings (clocks 18): of several that say the same on one day each person is told once."""
        found = {}
        adult = self.of_age(today)  # guardians have no part in it any more: its holder is told
        for who, deadline in self.measures.values():
            who = 'SH' if adult else who
            late = (today - deadline).days - 1
            if today == deadline - 7 * DAY:
                found.setdefault('deadline_in_7', set()).add(who)
            if today == deadline - DAY:
                found.setdefault('deadline_in_1', set()).add(who)
            if late >= 0 and late % 7 == 0:
                found.setdefault('deadline_over', set()).add(who)
        for who, day in self.meetings.values():
            who = 'SH' if adult else who
            if today == day - DAY:
                found.setdefault('meeting_soon', set()).add(who)
            if today == day + 7 * DAY:
                found.setdefault('minutes_missing', set()).add('SH')
        return [(notice, ','.join(sorted(roles))) for notice, roles in found.items()]

    # ---- what people do ----

    def says(self, event, argument, was, today):
        """Who is told of it (clocks 19): never whoever did it, nor who does not see the log; guardians of an adult do not."""
        family = set() if self.of_age(today) else {'FO'}
        holder = {'SH'} if 'active' in (was, self.state) else set()
        if event == 'note':
            return [('new_note', family)]
        if event == 'renew':
            return [('consent_renewed', family)] * len(self.consents)
        if event == 'answer':
            return [('consent_renewed' if self.again else 'consent_given', family | holder)]
        if event in ('withdraw', 'take_back') and (was, self.state) == ('active', 'active'):   # nobody asks for it, and nothing is closed
            return [('consent_taken_back', holder | ({'EL'} if event == 'take_back' else set()))]   # the other is recorded by the manager
        if event == 'withdraw':
            return [('consent_withdrawn', family | holder)]
        if event == 'take_back':
            return [('consent_withdrawn', family | holder | {'EL'})]
        if event == 'close':
            return [('made_passive', family | {'EL'})]
        if event == 'mistake' and was == 'active':
            return [('made_passive', family | holder)]
        if event == 'reopen':
            return [('reopened', family | holder)]
        if event == 'propose':  # by the manager
            return [('transfer_pending', family | holder)]
        if event == 'call_off':
            return [('transfer_over', family | {'SH'})]
        return self.says_of_end(event, argument, family)

    def says_of_end(self, event, argument, family):
        """Whoever may approve has a task; the date is told to all who see it (deletion 2, 6)."""
        if event == 'order' and not self.approved:
            return [('deletion_waits', {'EL'})]
        if event in ('order', 'approve'):
            return [('deletion_comes', family | {'EL' if event == 'order' else 'KA'})]
        if event == 'stop':
            return [('deletion_stopped', family | ({'KA', 'EL'} - {argument}))]
        return []

    # ---- how it ends ----

    def ready(self):
        """Whether what was decided is as new as the log (deletion 5); None: the rules do not say it in so many words."""
        if self.muddled:
            return None
        if self.decided is None or self.newest > self.decided:
            return False
        if self.unsure > self.decided or ('mistake' in self.flags) != (self.archive == 'mistake'):
            return None
        return self.report_new if self.archive == 'report' else True

    def copy_awaited(self, today):
        """After eighteen it is offered for fourteen days first (deletion 1)."""
        if self.archive == 'mistake' or not self.of_age(today):
            return False
        offered = max(birthday(self.birth, 18), self.passive_since)
        if today >= offered + COPY_DAYS * DAY:
            return False
        if self.waived is None:
            return True
        return False if self.waived >= offered else None

    def can_end(self, event, today):
        passive, held = self.state == 'passive', 'legal_hold' in self.flags
        if event == 'report':
            return passive and not self.report_new
        if event == 'decide':
            return passive
        if event == 'waive':  # who was offered one, once
            return (passive and self.waived is None and self.of_age(today) and 'mistake' not in self.flags
                    and self.copy_awaited(today) is True)
        if event == 'order':
            return (passive and not held and not self.proposed and self.ready() is True and self.copy_awaited(today) is False)
        if event == 'approve':
            as_new = self.archive != 'report' or self.report_new is True   # a hold is written into the log: then nothing is said of it
            return self.state == 'deletion_ordered' and not self.approved and not held and as_new
        if event == 'stop':
            return self.state == 'deletion_ordered'
        if event == 'hold':
            return not held
        if event == 'lift':
            return held
        raise ValueError(event)

    def refused(self, event, today):
        """What is sure to be refused when it is tried."""
        if event == 'order':
            return (self.state == 'active' or self.state == 'passive'
                    and (self.ready() is False or self.copy_awaited(today) is True or 'legal_hold' in self.flags))
        if event == 'decide':  # as a mistake, which it is not
            return self.state == 'active' and not self.proposed or 'mistake' not in self.flags and self.state == 'passive'
        if event == 'approve':  # by who ordered, or under a hold
            return self.state == 'deletion_ordered'
        return False

    def end(self, event, argument, today):
        if event == 'report':
            self.report_new = True
            self.muddled = self.archive == 'report'
        elif event == 'decide':
            self.archive, self.decided, self.muddled = argument, today, False
        elif event == 'waive':
            self.waived = today
        elif event == 'order':
            self.state, self.ordered = 'deletion_ordered', today
            self.approved = None if self.settings.second_approver else today
        elif event == 'approve':
            self.approved = today
        elif event == 'stop':
            self.state, self.missed, self.ordered, self.approved, self.waits = 'passive', self.ordered, None, None, None
        elif event == 'hold':
            self.flags.add('legal_hold')
        elif event == 'lift':
            self.flags.discard('legal_hold')

    def due(self):
        """When it may be purged; None: nothing is approved."""
        return self.approved and noon(self.approved) + hours(self.settings.deletion_delay_hours)

    def latest(self, moment):
        """T1 waits for others at most an hour, and is no later than a day after T0 but where it was held (deletion 9)."""
        shared, last = moment + hours(1), noon(self.approved) + hours(24)
        return shared if self.waits else max(moment, min(shared, last))

    def purged(self, moment):
        self.state, self.deleted = 'deleted', moment.astimezone(OSLO).date()

    def last_backup(self):
        return self.deleted and self.deleted + 31 * DAY

    def report_end(self):
        return self.deleted and self.archive == 'report' and months_after(self.deleted, 12)

    def close(self, today, reason, lost=False):
        self.state, self.reason, self.passive_since, self.lost = 'passive', reason, today, lost

    def active_again(self, today):
        self.active_since, self.confirmed = today, 0

    def asked(self, today):
        return today >= months_after(self.active_since, self.settings.inactivity_months)

    def over(self, today):
        """Meetings that have been, without minutes."""
        return [number for number, (_, day) in self.meetings.items() if day < today]

    def reads(self, role, today):
        return role in self.readers(today)

    def can(self, event, today):
        good = self.state == 'active' and 'restricted' not in self.flags and self.reads('SH', today)
        if event == 'confirm':  # when it was asked for, twice in a row at most (rest 1)
            return good and self.asked(today) and self.confirmed < 2
        if event in ('note', 'moved', 'close', 'measure', 'meeting'):
            return good and not (event == 'moved' and 'moved' in self.flags)
        if event == 'done':
            return good and bool(self.measures)
        if event == 'minutes':
            return good and bool(self.over(today))
        if event == 'reopen':
            return (self.state == 'passive' and self.consent_good(today) and (not self.of_age(today) or self.goes_on(today))
                    and not self.flags & {'restricted', 'claim_open', 'mistake'})
        if event == 'propose':
            return not self.proposed and self.reads('EL', today)
        if event == 'call_off':
            return self.proposed is not None
        if event == 'mistake':
            return 'mistake' not in self.flags and 'restricted' not in self.flags and self.reads('EL', today)
        if event == 'renew':
            return self.state == 'active' and not self.of_age(today) and (good or self.in_grace(today))
        if event == 'withdraw':  # always taken; where somebody is yet to approve, nobody says what that does to the decision
            return (self.state != 'deletion_ordered' or self.approved is not None) and not self.of_age(today) and not any(consent.withdrawn for consent in self.consents.values())
        if event == 'answer':  # in the ninety days before, or later
            return self.state in ('active', 'passive') and today >= self.answers_from() - 90 * DAY
        if event == 'take_back':
            return self.state in ('active', 'passive') and today >= self.answers_from() - 90 * DAY and self.answered()
        return self.can_end(event, today)

    def without_it(self, today):
        """A withdrawal closes the log, unless nobody asks for that person's yes (consent 11)."""
        if self.state == 'active' and not self.consent_good(today):
            self.close(today, 'consent_withdrawn', lost=True)

    def do(self, event, argument, today):
        """Whether it was taken."""
        if not self.can(event, today):
            return False
        if event in CONTENT:
            self.newest, self.report_new = today, None if self.report_new is None else False
        elif event in PERHAPS:
            self.unsure, self.report_new = today, None
        if event in ('note', 'measure', 'meeting', 'done', 'minutes'):
            self.active_again(today)
        if event in ENDING:
            self.end(event, argument, today)
        if event in ('measure', 'meeting'):
            who, day = argument.split()
            self.written += 1
            kept = self.measures if event == 'measure' else self.meetings
            kept[self.written] = (who, datetime.date.fromisoformat(day))
        elif event == 'done':
            del self.measures[int(argument)]
        elif event == 'minutes':
            del self.meetings[int(argument)]
        elif event == 'moved':
            self.flags.add('moved')
        elif event == 'propose':
            self.proposed = today
        elif event == 'call_off':
            self.proposed = None
        elif event == 'close':
            self.close(today, argument)
        elif event == 'confirm':
            self.confirmed += 1
            self.active_since = today
        elif event == 'reopen':
            self.state, self.reason, self.passive_since, self.lost = 'active', '-', None, False
            self.active_again(today)
        elif event == 'mistake':
            self.flags.add('mistake')
            if self.state == 'active':
                self.close(today, 'mistake')
        elif event == 'renew':
            for guardian in self.consents:
                self.consents[guardian] = Consent(datetime.date.fromisoformat(argument))
            self.active_again(today)
        elif event == 'withdraw':
            self.consents[int(argument)].withdrawn = True
            self.without_it(today)
        elif event == 'answer':
            self.again = self.child is not None
            self.child = Consent(datetime.date.fromisoformat(argument))
            if self.state == 'active':
                self.active_again(today)
        elif event == 'take_back':
            self.child.withdrawn, self.child.withdrawn_on = True, today
            self.without_it(today)
        return True


# ---- invented lives ----

# Everything that this model knows how to tell: of these nothing else may be told.
CONTENT = ('note', 'measure', 'meeting', 'done', 'minutes', 'renew', 'withdraw', 'answer', 'take_back')
PERHAPS = ('close', 'reopen', 'moved', 'mistake', 'confirm', 'propose', 'call_off', 'hold', 'lift')
ENDING = ('report', 'decide', 'waive', 'order', 'approve', 'stop', 'hold', 'lift')
TRIED = (('order', 1 / 60), ('decide', 1 / 200), ('approve', 1 / 4))

NOTICES = ('of_age_in_90', 'of_age_in_30', 'consent_ends_in_60', 'consent_ends_in_30', 'consent_ends_in_7', 'quiet', 'quiet_listed',
           'deadline_in_7', 'deadline_in_1', 'deadline_over', 'meeting_soon', 'minutes_missing', 'new_note', 'consent_given', 'consent_renewed',
           'consent_withdrawn', 'consent_taken_back', 'made_passive', 'reopened',
           'moved_quiet', 'consent_age_in_90', 'consent_age_in_30', 'consent_age_in_7', 'consent_age_grace', 'consent_age_over',
           'passive_for_1', 'passive_for_3', 'passive_for_6', 'passive_for_11', 'passive_end', 'consent_settle',
           'transfer_pending', 'transfer_over', 'archive_after_14', 'archive_after_30', 'archive_breach',
           'deletion_waits', 'deletion_comes', 'deletion_stopped')

# What people do, and how likely it is on a day: mostly they write, and renew what is about to end.
EVENTS = (('note', 1 / 40), ('confirm', 1 / 90), ('close', 1 / 500), ('reopen', 1 / 60), ('moved', 1 / 900), ('withdraw', 1 / 1500),
          ('mistake', 1 / 6000), ('measure', 1 / 70), ('done', 1 / 50), ('meeting', 1 / 120), ('minutes', 1 / 12),
          ('propose', 1 / 150), ('call_off', 1 / 40),
          ('report', 1 / 60), ('decide', 1 / 40), ('waive', 1 / 20), ('order', 1 / 20), ('approve', 1 / 3), ('stop', 1 / 6),
          ('hold', 1 / 250), ('lift', 1 / 12))
HURRIED = 1000       # in so few days whatever ends a log happens sooner, so that a report goes within them
RENEWAL = 1 / 12     # in the last month, and in the grace
ANSWER = 1 / 60      # of a young person who may, and has not, or whose answer ends soon
TAKEN_BACK = 1 / 900
REASONS = ('goal_reached', 'wish', 'plan_takes_over', 'no_activity')


class Lives:
    def __init__(self, seed, logs, first, days):
        self.random = random.Random(seed)
        self.first = first
        self.settings = Settings(consent_grace_days=self.random.choice((0, 0, 10, 30)),
                                 inactivity_months=self.random.choice((1, 3, 6)),
                                 longest_passive_months=self.random.choice((6, 12)),
                                 consent_age_years=self.random.choice((15, 16)), child_decides=self.random.choice((0, 1)),
                                 highest_age_years=self.random.choice((18, 23)),
                                 second_approver=self.random.choice((0, 1, 1)),
                                 deletion_delay_hours=self.random.choice((0, 2, 12, 20, 24)))
        self.births = max(400, days * 3 // 4)
        self.hurry = 1 if days > HURRIED else 5
        self.logs = [self.new(number) for number in range(1, logs + 1)]

    def new(self, number):
        pick = self.random
        created = self.first + pick.randrange(self.births) * DAY
        birth = created - pick.randrange(3 * 365, 18 * 365 - 30) * DAY
        if number % 10 == 0:  # born on a leap day, and of age in these years
            birth = datetime.date((created.year - 13) // 4 * 4, 2, 29)
        if number % 3 == 1:  # of the age of consent soon, or of age
            birth = birthday(created, -pick.choice((14, 15, 17))) - pick.randrange(360) * DAY
        log = Log(number, birth, created, self.settings, active_since=created, newest=created, unsure=created)
        last = self.last_day(created)
        log.consents = {guardian: Consent(last) for guardian in range(pick.choice((1, 2)))}
        return log

    def last_day(self, today):
        longest = months_after(today, self.settings.consent_lifetime_months)
        return longest if self.random.random() < 0.7 else today + self.random.randrange(5, 120) * DAY

    def argument(self, event, log, today):
        if event == 'close':
            return self.random.choice(REASONS)
        if event == 'renew':
            return self.last_day(today).isoformat()
        if event == 'answer':
            return max(self.last_day(today), log.answers_from()).isoformat()
        if event == 'withdraw':
            return str(self.random.choice(sorted(log.consents)))
        if event in ('measure', 'meeting'):
            return f'{self.random.choice(("SH", "FO"))} {today + self.random.randrange(40) * DAY}'
        if event == 'done' and log.measures:
            return str(self.random.choice(sorted(log.measures)))
        if event == 'decide':
            likely = ('report', 'report', 'none') if log.report_new else ('none',)
            return 'mistake' if 'mistake' in log.flags else self.random.choice(likely)
        if event == 'stop':
            return self.random.choice(('KA', 'EL')) if self.settings.second_approver else 'KA'
        if event == 'minutes' and log.over(today):
            return str(self.random.choice(sorted(log.over(today))))
        return ''

    def events_of(self, log, today):
        guardians = min(consent.last_day for consent in log.consents.values())
        renews = log.state == 'active' and today > guardians - 30 * DAY
        may_answer = not log.answered() or today > log.child.last_day - 30 * DAY
        for event, likely in (*EVENTS, ('renew', RENEWAL if renews else 0), ('answer', ANSWER if may_answer else 0),
                              ('take_back', TAKEN_BACK)):
            if self.random.random() >= likely * (self.hurry if event in ENDING and event != 'stop' else 1):
                continue
            argument, was = self.argument(event, log, today), log.state
            if log.do(event, argument, today):
                yield event, argument, log.says(event, argument, was, today)

    def tries(self, log, today):
        """What is tried, and must be refused."""
        for event, likely in TRIED:
            if self.random.random() < likely and log.refused(event, today):
                yield event, {'decide': 'mistake', 'approve': 'KA'}.get(event, '')


def joined(items):
    return ','.join(sorted(items)) or '-'


def minute(moment):
    return moment.strftime('%Y-%m-%dT%H:%M')


def purges(lives, by):
    """Those that are due by then, and wait or go."""
    due = [log for log in lives.logs if log.state == 'deletion_ordered' and log.approved and log.due() <= by]
    for moment in sorted({log.due() for log in due if not log.waits and log.due() > noon(log.approved)}):
        for log in due:
            if log.due() == moment and not log.waits:
                yield f'soon {log.number} {minute(moment)}'
        for log in due:
            if log.due() == moment and not log.waits:
                yield from purge(log, moment)
    for log in due:
        if log.state == 'deletion_ordered' and not (log.waits and 'legal_hold' in log.flags):
            yield from purge(log, by)


def purge(log, moment):
    if 'legal_hold' in log.flags:
        log.waits = moment
        yield f'waits {log.number} {minute(moment)}'
        return
    pause = (moment - log.waits).total_seconds() // 60 if log.waits else 0
    yield f'purge {log.number} {minute(moment)} {log.archive} {pause:.0f} {minute(log.latest(moment))}'
    log.purged(moment)


def afterwards(log, today):
    """What of a deleted log falls due."""
    if log.last_backup() == today:
        yield f'confirmed {log.number} {today}'
    if log.report_end() and log.report_end() - DAY == today:
        yield f'kept {log.number} {today}'
    if log.report_end() == today:
        yield f'forgotten {log.number} {today}'


def night(log, today):
    """What the night tells: of its own day, and of those on which nothing was told of a log that was ordered."""
    if log.state == 'passive' and log.missed:
        yield f'day {log.number} {today}'
        for missed in (log.missed + n * DAY for n in range(1, (today - log.missed).days)):
            for notice, roles in log.told(missed):
                yield f'told {log.number} {missed} {notice} {roles}'
        log.missed = None
    for notice, roles in log.midnight(today):
        yield f'told {log.number} {today} {notice} {roles}'


def day_of(lives, log, today):
    yield from night(log, today)
    for event, argument, says in lives.events_of(log, today):
        yield f'event {log.number} {today} {event} {argument}'.rstrip()
        for notice, roles in says:
            yield f'said {log.number} {today} {notice} {joined(roles)}'
    for event, argument in lives.tries(log, today):
        yield f'refused {log.number} {today} {event} {argument}'.rstrip()


def trace(lives, days):
    """The lines of the trace."""
    for name in NOTICES:
        yield f'notice {name}'
    for name, value in vars(lives.settings).items():
        yield f'setting {name} {value}'
    said = {}
    for today in (lives.first + n * DAY for n in range(days)):
        yield from purges(lives, noon(today))
        for log in lives.logs:
            if today < log.created:
                continue
            if log.state == 'deleted':
                yield from afterwards(log, today)
                continue
            if today == log.created:
                yield f'log {log.number} {today} {log.birth} {len(log.consents)} {log.last_day()}'
            else:
                yield from day_of(lives, log, today)
            after = f'{log.state} {log.reason} {joined(log.flags_on(today))} {joined(log.readers(today))}'
            if said.get(log.number) != after:
                said[log.number] = after
                yield f'after {log.number} {today} {after}'
        yield from purges(lives, noon(today))


def main():
    parser = argparse.ArgumentParser(description='The life of a log as the rules tell it.')
    command = parser.add_subparsers(dest='command', required=True).add_parser('trace', help='years of invented lives')
    command.add_argument('--seed', type=int, default=1)
    command.add_argument('--logs', type=int, default=200)
    command.add_argument('--days', type=int, default=1826)
    command.add_argument('--first', type=datetime.date.fromisoformat, default=datetime.date(2027, 1, 1))
    given = parser.parse_args()
    for line in trace(Lives(given.seed, given.logs, given.first, given.days), given.days):
        print(line)


if __name__ == '__main__':
    main()
