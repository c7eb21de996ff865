#!/usr/bin/env python3
"""demo.py - builds quietly, starts everything with invented people, tells how to sign in, and ends with Ctrl-C.

usage: demo.py --build DIR [--port N] [--no-build]

Nothing is kept: started again it is fresh. Two of them run beside each other on two ports.
"""
import argparse
import pathlib
import select
import signal
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stack import Stack, StackError, totp

# The page of a demo names everybody whom one can become: each view opens each account, as a sign-in does.
BUDGETS = {'sign-in-municipality-minute': 100000, 'sign-in-municipality-hour': 1000000}
# What a visitor is told about the roles: code, what they are called in the pages, what to see there.
ROLES = [('relay_holder', 'stafettholder', 'starts and leads logs'),
         ('actor', 'aktør', 'takes part where the consent names the unit'),
         ('guardian', 'foresatt', 'reads everything about the own child, writes notes'),
         ('child', 'barn eller ungdom', 'has turned 16, is let in and has consented'),
         ('org_manager', 'enhetsleder', 'appoints in the own unit, reads statistics of it beside the municipality'),
         ('municipality_admin', 'kommuneadministrator', 'units, managers, settings, statistics; one orders a deletion, the other approves it')]


class Stop(Exception):
    """Ctrl-C, or somebody asked us to end."""


def stop_on_signals():
    def stop(*_):
        raise Stop
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def ignore_signals():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def build(folder):
    print('Building (the first time takes a minute or two) ...', flush=True)
    done = subprocess.run(['ninja', '-C', folder, '--quiet', 'stafettlogg'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    if done.returncode != 0:
        sys.stdout.buffer.write(done.stdout[-20000:])
        sys.exit('the build failed')


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('127.0.0.1', port))
        except OSError:
            return False
    return True


def people_line(stack, role):
    seen = {}
    for person in stack.demo['people']:
        if person['role'] == role and person.get('log') != DELETED:
            seen.setdefault(person['name'], person['unit'])
    return ', '.join(name + (f' ({unit})' if unit and role != 'org_manager' else '') for name, unit in list(seen.items())[:5])


# What the logs of cli/demo/lives.c are there to show, by their keys.
LIVES = {'quiet': 'nobody has written for three months', 'ending': 'its consent ends in a week',
         'offered': 'its baton is offered',
         'claimed': 'a guardian asks for its deletion', 'passive': 'has been passive for a month', 'sixteen': 'its child is 16',
         'moving': 'is to go to another unit: sign in as its guardian Våken Bekk, then as Mild Eng and Bred Ås',
         'ordered': 'its deletion waits for the second administrator: sign in as Jevn Dal',
         'deleted': 'is deleted: sign in as Klar Fjord for its certificate and archive report'}


# Its people are gone with it.
DELETED = 'deleted'


def lives(stack):
    named = {log['key']: f'Log {log["display"]}' if log['key'] == DELETED else log['child'] for log in stack.demo['logs']}
    return '\n  '.join(f'{name:21} {LIVES[key]}' for key, name in named.items() if key in LIVES)


def code_now(stack):
    """What an authenticator would show by the time of the demo, which a visitor may have moved by days."""
    return totp(stack.demo['accounts'][0]['totp_secret'], steps=round(stack.moved_s() / 30))


def welcome(stack):
    number = stack.demo['municipalities'][0]['number']
    account = stack.demo['accounts'][0]
    new = next(code for code in stack.demo['codes'] if code['name'] == 'Fersk Snø')
    guardian = next(code for code in stack.demo['codes'] if code['name'] == 'Varm Bjørk')
    print(f'\nStafettlogg runs at {stack.origin}\n'
          '(the certificate is made for this run: the browser warns once)\n\n'
          f'Sign in with one click as anybody at {stack.origin}/k/{number}')
    for code, title, does in ROLES:
        print(f'  {title:21} {does}\n  {"":21} {people_line(stack, code)}')
    print(f'\nOr as {account["name"]} with user name, password and code:\n'
          f'  {account["user_name"]}   {account["password"]}   {code_now(stack)}\n'
          f'  (secret for an authenticator app: {account["totp_secret"]}; Enter shows the code of now)\n\n'
          f'Watch a night at {stack.origin}/k/{number}/dag: "La én dag gå" moves the time by a day and does what midnight does.\n'
          f'  {lives(stack)}\n\n'
          f'Or take a new account into use at {stack.origin}/k/{number}/ny\n'
          f'  {new["name"]}, stafettholder   {new["code"]}\n'
          f'  {guardian["name"]}, foresatt    {guardian["code"]}\n\n'
          'Ctrl-C ends it, and nothing stays behind.', flush=True)


def stay(stack):
    """Until Ctrl-C; tells when a part has ended by itself."""
    listens = sys.stdin.isatty()
    while True:
        ready, _, _ = select.select([sys.stdin] if listens else [], [], [], 1)
        if ready:
            listens = sys.stdin.readline() != ''
            print(code_now(stack), flush=True)
        for name, process in stack.processes.items():
            if process.poll() is not None:
                raise StackError(f'{name} ended with {process.returncode}: {stack.log(name)[-2000:]}')


def run(options):
    stop_on_signals()
    stack = None
    try:
        if not options.no_build:
            build(options.build)
        if not port_is_free(options.port):
            sys.exit(f'Port {options.port} is taken. Choose another: make demo PORT={options.port + 1}')
        print('Starting ...', flush=True)
        stack = Stack(pathlib.Path(options.build) / 'stafettlogg', pathlib.Path(options.build) / 'assets', port=options.port,
                      budgets=BUDGETS, mode='test', lives=True)
        stack.start()
        welcome(stack)
        stay(stack)
    except Stop:
        print('\nEnding ...', flush=True)
    except StackError as error:
        sys.exit(str(error))
    finally:
        ignore_signals()
        if stack:
            stack.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', required=True, help='folder of the build')
    parser.add_argument('--port', type=int, default=8443)
    parser.add_argument('--no-build', action='store_true', help='take what was built before')
    run(parser.parse_args())


if __name__ == '__main__':
    main()
