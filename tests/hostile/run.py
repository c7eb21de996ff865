#!/usr/bin/env python3
"""run.py - the gateway behind the real front: hostile requests, headers, limits, and restarts under load.

usage: run.py ECHO_SERVER HOSTILE_HTTP

Prints TAP. Loopback only; everything lives in a temporary folder. As root, nginx's workers run as www-data.
"""
import http.client
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tools'))
from stack import free_port, make_certificate

ECHO, HOSTILE = sys.argv[1:3]
RESTARTS = 5
CLIENTS = 8
FIXED = ['content-security-policy', 'strict-transport-security', 'x-content-type-options', 'referrer-policy',
         'cross-origin-opener-policy', 'cross-origin-embedder-policy', 'cross-origin-resource-policy',
         'permissions-policy', 'cache-control']
results = []


def check(sentence, passed, detail=''):
    results.append(bool(passed))
    print(f'{"ok" if passed else "not ok"} {len(results)} - {sentence}', flush=True)
    if not passed and detail:
        print(f'# {detail}', flush=True)


class Server:
    """The echo server on a listening socket that outlives it, as a service manager holds it."""

    def __init__(self, folder):
        self.path = str(folder / 'gateway.sock')
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(self.path)
        os.chmod(self.path, 0o666)
        self.listening.listen(1024)

    def start(self):
        def hand_over():
            os.dup2(self.listening.fileno(), 3)
            os.set_inheritable(3, True)  # dup2 onto itself changes nothing
            os.environ['LISTEN_PID'] = str(os.getpid())
            os.environ['LISTEN_FDS'] = '1'
            os.execv(ECHO, [ECHO, self.path])
        self.process = subprocess.Popen([ECHO], preexec_fn=hand_over, close_fds=False)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def connect(port):
    context = ssl._create_unverified_context()
    return http.client.HTTPSConnection('127.0.0.1', port, timeout=20, context=context)


def ask(port, method, path, body=None, headers=None):
    connection = connect(port)
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer, text


def wait_for(port, server):
    for _ in range(100):
        if server.process.poll() is not None:
            break
        try:
            return ask(port, 'GET', '/')
        except ConnectionError:
            time.sleep(0.05)
    raise SystemExit('Bail out! front or server did not start')


def start_front(folder, port):
    make_certificate(folder)
    user = ['www-data'] if os.geteuid() == 0 else []
    text = subprocess.run([ECHO, '--front', str(folder), str(port), *user], check=True, capture_output=True).stdout
    (folder / 'nginx.conf').write_bytes(text)
    return subprocess.Popen(['nginx', '-c', str(folder / 'nginx.conf'), '-e', 'stderr'])


def check_headers(port):
    for method, path, status in [('GET', '/', 200), ('HEAD', '/', 200), ('GET', '/assets/app.css', 200),
                                 ('GET', '/assets/none', 404), ('GET', '//double', 400), ('TRACE', '/', 400),
                                 ('OPTIONS', '/', 501)]:
        answer, _ = ask(port, method, path)
        names = [name.lower() for name, _ in answer.getheaders()]
        check(f'{method} {path} is answered with {status} and every fixed header once',
              answer.status == status and all(names.count(name) == 1 for name in FIXED)
              and answer.getheader('Server') == 'nginx', f'{answer.status} {names}')


def check_limits(port):
    form = {'Content-Type': 'application/x-www-form-urlencoded'}
    for path, size, status in [('/', 1 << 20, 200), ('/', (1 << 20) + 1, 413), ('/document/x', 10 << 20, 200),
                               ('/document/x', (10 << 20) + 1, 413), ('/import/x', 20 << 20, 200)]:
        try:
            status_got = ask(port, 'POST', path, body=b'a=' + b'b' * (size - 2), headers=form)[0].status
        except OSError:
            status_got = 413  # the front closed while we were still sending
        check(f'{size} bytes to {path} are answered with {status}', status_got == status, f'{status_got}')


def load(port, stop, counts):
    """Requests without pause on one kept connection, half of them posts, until stop is set."""
    connection = connect(port)
    number = 0
    while not stop.is_set():
        number += 1
        try:
            if number % 2:
                connection.request('GET', f'/?n={number}')
            else:
                connection.request('POST', '/', body=b'a=b', headers={'Content-Type': 'application/x-www-form-urlencoded'})
            answer = connection.getresponse()
            answer.read()
            counts['ok' if answer.status == 200 else 'failed'] += 1
        except (OSError, http.client.HTTPException):
            counts['failed'] += 1
            connection = connect(port)


def check_restarts(server, port):
    stop = threading.Event()
    counts = [{'ok': 0, 'failed': 0} for _ in range(CLIENTS)]
    threads = [threading.Thread(target=load, args=(port, stop, each)) for each in counts]
    for thread in threads:
        thread.start()
    codes = []
    for _ in range(RESTARTS):
        time.sleep(0.5)
        codes.append(server.stop())
        server.start()
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    served, failed = (sum(each[key] for each in counts) for key in ('ok', 'failed'))
    print(f'# {served} requests served and {failed} failed over {RESTARTS} restarts')
    check('each stop ends well', codes == [0] * RESTARTS, f'{codes}')
    check('no request fails over the restarts, and many are served', failed == 0 and served > 200, f'{served} {failed}')


def check_kill(server, port):
    """Negative control: a server that is killed must be noticed by the same load."""
    stop = threading.Event()
    counts = {'ok': 0, 'failed': 0}
    thread = threading.Thread(target=load, args=(port, stop, counts))
    thread.start()
    for _ in range(RESTARTS):
        time.sleep(0.2)
        server.process.kill()
        server.process.wait()
        server.listening.close()
        os.unlink(server.path)
        time.sleep(0.2)
        server.__init__(pathlib.Path(server.path).parent)
        server.start()
    stop.set()
    thread.join()
    check('the same load notices a server that is killed', counts['failed'] > 0, f'{counts}')
    answer, text = ask(port, 'GET', '/')
    check('and it is served again afterwards', answer.status == 200, f'{answer.status} {text}')


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix='stafettlogg-hostile-'))
    folder.chmod(0o755)
    (folder / 'assets').mkdir()
    (folder / 'assets' / 'app.css').write_text('p{}')
    port = free_port()
    server = Server(folder)
    server.start()
    front = start_front(folder, port)
    try:
        wait_for(port, server)
        check_headers(port)
        check_limits(port)
        hostile = subprocess.run([sys.executable, HOSTILE, str(port)], capture_output=True, text=True)
        print(''.join(f'# {line}\n' for line in hostile.stdout.splitlines() if 'ok' != line.split()[-1]), end='')
        check('hostile requests are refused', hostile.returncode == 0, hostile.stderr[-500:])
        check_restarts(server, port)
        check_kill(server, port)
    finally:
        front.send_signal(signal.SIGQUIT)
        server.process.terminate()
        front.wait(timeout=30)
        server.process.wait(timeout=30)
        shutil.rmtree(folder)
    print(f'1..{len(results)}')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
