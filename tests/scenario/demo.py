#!/usr/bin/env python3
"""demo.py - `make demo` twice at once: both answer over TLS, show logs at each point of their lives, let days pass; Ctrl-C ends them.

usage: demo.py DEMO_PY BUILD

Prints TAP. The parts' own processes are found by the name of the folder that each stack makes.
"""
import glob
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tools'))
from stack import free_port, get

DEMO, BUILD = sys.argv[1:3]
START_S = 90
results = []


def check(sentence, passed, detail=''):
    results.append(bool(passed))
    print(f'{"ok" if passed else "not ok"} {len(results)} - {sentence}', flush=True)
    if not passed and detail:
        print(f'# {detail}', flush=True)


def processes_in(place):
    """Command lines of processes that name this folder."""
    found = []
    for path in glob.glob('/proc/[0-9]*/cmdline'):
        try:
            line = pathlib.Path(path).read_bytes().replace(b'\0', b' ').decode(errors='replace')
        except OSError:
            continue
        if str(place) in line:
            found.append(line)
    return found


class Demo:
    def __init__(self, place):
        """place: where it makes its own folder; the only one in there."""
        self.port = free_port()
        self.place = place
        place.mkdir(mode=0o711)
        self.process = subprocess.Popen([sys.executable, DEMO, '--build', BUILD, '--port', str(self.port), '--no-build'],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        env=dict(os.environ, TMPDIR=str(place)))
        self.said = ''

    def await_welcome(self):
        for line in self.process.stdout:
            self.said += line
            if 'Ctrl-C' in line:
                return True
        return False

    def front_page(self, path='/'):
        """(status, text) over TLS with the certificate of this very stack."""
        status, _, body = get(self.port, next(self.place.glob('*/front/certificate.pem')), path)
        return status, body.decode()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.stdout.read()
        return self.process.wait(timeout=60)


def main():
    base = pathlib.Path(tempfile.mkdtemp(prefix='stafettlogg-demo-'))
    base.chmod(0o711)
    demos = [Demo(base / '1'), Demo(base / '2')]
    try:
        check('two demos start at once', all(demo.await_welcome() for demo in demos), ''.join(d.said for d in demos)[-3000:])
        pages = [demo.front_page() for demo in demos]
        check('each answers over TLS with its front page',
              all(status == 200 and 'Nordvær' in text for status, text in pages), str(pages)[-500:])
        check('each says how to sign in',
              all(word in demo.said for demo in demos for word in ('stafettholder', 'foresatt', 'Klok Elv', 'Fersk Snø')))
        check('each says which logs stand where in their lives, and where a day passes',
              all(word in demo.said for demo in demos for word in ('La én dag gå', '/k/0301/dag', 'nobody has written for three months',
                                                                   'its consent ends in a week', 'its baton is offered',
                                                                   'asks for its deletion', 'passive for a month', 'its child is 16',
                                                                   'is to go to another unit', 'waits for the second administrator',
                                                                   'is deleted')))
        check('and the page has the button', all('La én dag gå</button>' in demo.front_page('/k/0301/dag')[1] for demo in demos))
        check('each runs a key agent, a service and a front', len(processes_in(base)) >= 6, str(processes_in(base)))
        again = subprocess.run([sys.executable, DEMO, '--build', BUILD, '--port', str(demos[0].port), '--no-build'],
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=START_S, check=False)
        check('a third one on a taken port says so and leaves', again.returncode == 1 and 'taken' in again.stderr, again.stderr)
        check('the first ends well by Ctrl-C', demos[0].end() == 0, demos[0].said[-500:])
        check('the other goes on', demos[1].front_page()[0] == 200)
    finally:
        codes = [demo.end() if demo.process.poll() is None else demo.process.returncode for demo in demos]
    check('both have ended well', codes == [0, 0], str(codes))
    check('no process is left', not processes_in(base), str(processes_in(base)))
    check('no folder or socket is left', not any(os.listdir(demo.place) for demo in demos))
    shutil.rmtree(base)
    print(f'1..{len(results)}')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
