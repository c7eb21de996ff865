"""stack.py - a whole stafettlogg in a folder of its own: key agent, service, front. The one place that starts one.

Used by make demo (tools/demo.py), the scenario tests, the browser tests and the bench:

    with Stack(program, assets) as stack:          # starts, fills with the demo municipality, stops
        print(stack.origin, stack.demo['people'])
        stack.restart_serve()

Everything lives under one folder in /tmp (or TMPDIR), but for the front's in /dev/shm, and runs as a user without rights when
we are root; the ports are arguments or free ones, so that several stacks run beside each other. stop() leaves no process,
socket or folder behind.
Loopback only. Nothing in here is for production: passphrases lie beside the shares.
"""
import base64
import datetime
import glob
import hmac
import http.client
import json
import os
import pathlib
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import zoneinfo

USER = 'nobody'
OSLO = zoneinfo.ZoneInfo('Europe/Oslo')
LIVES_DAYS = 95   # how long before it is shown the demo's oldest log begins (cli/demo/lives.h)
BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so'
MEMORY = '/dev/shm'   # what the front holds in transit must not reach a disk
START_S = 30


def drop_rights():
    """Arguments of subprocess that make a child of root run as a user without rights; nothing for anybody else."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(USER)
    return {'user': user.pw_uid, 'group': user.pw_gid, 'extra_groups': []}


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def make_certificate(folder):
    """A throw-away certificate of localhost: certificate.pem and key.pem in folder."""
    folder = pathlib.Path(folder)
    for name in ('certificate.pem', 'key.pem'):
        (folder / name).touch(mode=0o600)
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-days', '2',
                    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
                    '-keyout', str(folder / 'key.pem'), '-out', str(folder / 'certificate.pem')],
                   check=True, stderr=subprocess.DEVNULL)


def totp(secret, steps=0):
    """The six digits that an authenticator with this secret (base32) shows; steps: some steps of 30 s later or earlier.

    Where the step is nearly over it waits for the next, as a person would: what is typed shall still be right when it arrives."""
    left = 30 - time.time() % 30
    if left < 4:
        time.sleep(left)
    secret = secret.replace(' ', '')
    key = base64.b32decode(secret + '=' * (-len(secret) % 8))
    counter = int(time.time()) // 30 + steps
    digest = hmac.digest(key, counter.to_bytes(8, 'big'), 'sha1')
    at = digest[-1] & 15
    return f'{(int.from_bytes(digest[at:at + 4], "big") & 0x7fffffff) % 10 ** 6:06d}'


def connect(port, certificate, timeout=30):
    """A connection to the front on this port that trusts its certificate and no other."""
    context = ssl.create_default_context(cafile=str(certificate))
    return http.client.HTTPSConnection('localhost', port, timeout=timeout, context=context)


def get(port, certificate, path, headers=None):
    """(status, headers, bytes) of one GET on a connection of its own."""
    connection = connect(port, certificate)
    try:
        connection.request('GET', path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


class StackError(Exception):
    """A part did not start or a command failed; the text holds what it said."""


class Postgres:
    """A PostgreSQL server of its own in a folder that exists: a Unix socket there and nothing else. StackError when none is installed."""

    def __init__(self, folder):
        programs = sorted(glob.glob('/usr/lib/postgresql/*/bin'), key=lambda path: int(path.split('/')[4]))
        if not programs:
            raise StackError('PostgreSQL is not installed')
        self.programs = programs[-1]
        self.folder = pathlib.Path(folder)
        self.place = f'host={self.folder} user=stafettlogg dbname=postgres connect_timeout=5'

    def _run(self, *command):
        with open(self.folder / 'log', 'ab') as out:
            return subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd='/', umask=0o077,
                                  check=False, **drop_rights()).returncode

    def _must(self, *command):
        if self._run(*command) != 0:
            raise StackError(f'{command[0]} failed: ' + (self.folder / 'log').read_text(errors='replace')[-2000:])

    def _control(self, *arguments):
        return [f'{self.programs}/pg_ctl', '-D', self.folder / 'data', '-w', '-t', '60', *arguments]

    def start(self):
        """initdb refuses root, so the folder must belong to the user without rights then."""
        options = (f"-k {self.folder} -c listen_addresses='' -c max_connections=200 -c shared_buffers=32MB "
                   '-c log_statement=none -c log_parameter_max_length=0 -c log_parameter_max_length_on_error=0')
        if not (self.folder / 'data').exists():
            self._must(f'{self.programs}/initdb', '-D', self.folder / 'data', '-U', 'stafettlogg', '-A', 'trust', '-k',
                       '--no-locale', '-E', 'UTF8')
        self._must(*self._control('-l', self.folder / 'server.log', '-o', options, 'start'))
        return self

    def stop(self, how='immediate'):
        self._run(*self._control('-m', how, 'stop'))


class Stack:
    """One installation.

    program   the stafettlogg binary; assets   the folder with the built assets (BUILD/assets)
    port      of the front, 0: a free one.  mode   demo or test
    budgets   other ceilings of the key agent: {'read-grant-minute': 1000}
    fill      whether the demo municipality is made (`stafettlogg demo`); what it says stands in .demo
    hold_socket     the socket of serve outlives it, as a service manager holds it: callers wait while serve is away
    lives     of mode test: the demo has logs at different points of their lives, begun months ago, and statistics
    database  'sqlite', or 'postgres': a server of its own is started beside it
    serve_options   more arguments for serve.  environment   more variables for all children
    """

    def __init__(self, program, assets, port=0, mode='demo', budgets=None, fill=True, serve_options=(), environment=None,
                 database='sqlite', hold_socket=False, lives=False):
        self.port = port or free_port()
        self.mode = mode
        self.budgets = dict(budgets or {})
        self.fill = fill
        self.lives = lives
        self.serve_options = list(serve_options)
        self.environment = dict(os.environ, **(environment or {}))
        self.origin = f'https://localhost:{self.port}'
        self.demo = {}
        self.processes = {}
        self.postgres = None
        self.held = None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='stafettlogg-stack-'))
        self.transit = pathlib.Path(tempfile.mkdtemp(prefix='stafettlogg-stack-', dir=MEMORY))
        try:
            self._prepare(pathlib.Path(program), pathlib.Path(assets))
            if hold_socket:
                self._hold_socket()
            if database == 'postgres':
                self.start_postgres()
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    # ---- places ----

    @property
    def data(self):
        return self.folder / 'data'

    @property
    def keyd_socket(self):
        return self.folder / 'keyd.sock'

    @property
    def gateway_socket(self):
        return self.folder / 'gateway.sock'

    @property
    def certificate(self):
        return self.folder / 'front' / 'certificate.pem'

    def log(self, name):
        """What keyd, serve or nginx said so far."""
        path = self.folder / f'{name}.log'
        return path.read_text(errors='replace') if path.exists() else ''

    def _prepare(self, program, assets):
        """Program and assets are copied: the user without rights may not be able to reach them, and a build may replace them."""
        self.program = self.folder / 'stafettlogg'
        shutil.copy(program, self.program)
        self.program.chmod(0o755)
        shutil.copytree(assets, self.folder / 'root' / 'assets')
        (self.folder / 'front').mkdir(mode=0o700)
        (self.folder / 'postgres').mkdir(mode=0o700)
        make_certificate(self.folder / 'front')
        self.folder.chmod(0o700)
        if os.geteuid() == 0:
            for path in [self.transit, self.folder, *self.folder.rglob('*')]:
                shutil.chown(path, USER)

    def _hold_socket(self):
        self.held = socket.socket(socket.AF_UNIX)
        self.held.bind(str(self.gateway_socket))
        self.held.listen(1024)
        if os.geteuid() == 0:
            shutil.chown(self.gateway_socket, USER)

    # ---- commands and processes ----

    @property
    def place(self):
        """Arguments that tell a command which installation is meant."""
        database = ['--database', self.postgres.place] if self.postgres else []
        return ['--data', self.data, '--keyd', self.keyd_socket, *database]

    def start_postgres(self):
        self.postgres = Postgres(self.folder / 'postgres').start()

    def command(self, *arguments, check=True, text=None, timeout=300):
        """Runs `stafettlogg ARGUMENTS`; the result of subprocess.run with both outputs as text."""
        done = subprocess.run([str(self.program), *map(str, arguments)], input=text if text is not None else '', text=True,
                              capture_output=True, cwd='/', env=self.environment, umask=0o077, timeout=timeout, check=False,
                              **drop_rights())
        if check and done.returncode != 0:
            raise StackError(f'stafettlogg {arguments[0]} ended with {done.returncode}: {done.stderr.strip()[-2000:]}')
        return done

    def _spawn(self, name, command, pass_fds=()):
        with open(self.folder / f'{name}.log', 'ab') as out:
            self.processes[name] = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                                    cwd='/', env=self.environment, umask=0o077, start_new_session=True,
                                                    pass_fds=pass_fds, **drop_rights())

    def _await(self, name, ready):
        """Waits until ready() says so; a process that ended, or says nothing for long, is an error with what it said."""
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            if ready():
                return
            if name in self.processes and self.processes[name].poll() is not None:
                break
            time.sleep(0.02)
        raise StackError(f'{name} did not start: {self.log(name)[-2000:]}')

    def pid(self, name):
        """keyd, serve or front."""
        return self.processes[name].pid

    def end(self, name, how=signal.SIGTERM):
        """Ends one process and waits for it; its exit code, or None when it was not running."""
        process = self.processes.pop(name, None)
        if process is None:
            return None
        if process.poll() is None:
            process.send_signal(how)
        try:
            return process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            return None
        finally:
            self._end_group(process)

    @staticmethod
    def _end_group(process):
        """Each part is a session of its own: what it started (nginx's workers) goes with it, even after kill -9."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()

    def kill(self, name):
        """kill -9 of a part and all that it started, as a crash of the machine would be."""
        process = self.processes[name]
        os.killpg(process.pid, signal.SIGKILL)
        return self.end(name, signal.SIGKILL)

    # ---- the key agent ----

    def init(self):
        self.command('init', f'--mode={self.mode}', f'--data={self.data}', '--unattended')

    def begin_ago(self, days):
        """Before the agent starts, in mode test: the time of the installation begins so many days ago, at the same time of the
        day in Norway, and is moved forward from there."""
        now = datetime.datetime.now(OSLO)
        ago_ms = round((now.timestamp() - (now - datetime.timedelta(days=days)).timestamp()) * 1000)
        for path in (self.data / 'keys' / 'key-file.clock', self.data / 'clock'):
            path.write_text(f'-{ago_ms}\n')
            path.chmod(0o600)
            if os.geteuid() == 0:
                shutil.chown(path, USER)

    def moved_s(self):
        """By how many seconds the time of the installation was moved."""
        try:
            return int((self.data / 'clock').read_text()) / 1000
        except FileNotFoundError:
            return 0

    def start_keyd(self):
        """Starts it sealed."""
        keys = self.data / 'keys'
        budgets = [f'--budget={name}={ceiling}' for name, ceiling in self.budgets.items()]
        self._spawn('keyd', [self.program, 'keyd', '--socket', self.keyd_socket, '--key-file', keys / 'key-file',
                             '--mirror', keys / 'key-file.mirror', *budgets])
        self._await('keyd', lambda: bool(self.keyd_status()))

    def keyd_status(self):
        """What keyd-status tells, as a dictionary; empty when the agent does not answer."""
        done = self.command('keyd-status', '--socket', self.keyd_socket, check=False)
        return dict(line.split(' ', 1) for line in done.stdout.splitlines()) if done.returncode == 0 else {}

    def unseal(self, custodian, check=True):
        """Custodian 1..3 gives their share."""
        shares = self.data / 'shares'
        return self.command('unseal', '--socket', self.keyd_socket, '--share', shares / f'share-{custodian}',
                            '--passphrase-file', shares / f'passphrase-{custodian}', check=check)

    def restart_keyd(self, unseal=True, how=signal.SIGTERM):
        """Everybody must sign in again afterwards (rules: keys 11)."""
        self.end('keyd', how)
        self.start_keyd()
        if unseal:
            self.unseal(1)
            self.unseal(2)

    # ---- the service and the front ----

    def start_serve(self):
        command = [self.program, 'serve', *self.place, '--socket', self.gateway_socket, '--origin', self.origin,
                   *self.serve_options]
        if not self.held:
            self._spawn('serve', command)
            self._await('serve', self._serve_answers)
            return
        fd = self.held.fileno()
        hand_over = f'exec 3<&{fd}; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@"'
        self._spawn('serve', ['bash', '-c', hand_over, 'serve', *command], pass_fds=(fd,))

    def _serve_answers(self):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.gateway_socket))
            except OSError:
                return False
        return True

    def restart_serve(self, how=signal.SIGTERM):
        self.end('serve', how)
        self.start_serve()

    def start_front(self):
        front = self.folder / 'front'
        brotli = ['--brotli'] if os.path.exists(BROTLI) else []
        self.command('front', '--address', '127.0.0.1', '--port', self.port, '--certificate', self.certificate,
                     '--key', front / 'key.pem', '--socket', self.gateway_socket, '--folder', self.transit,
                     '--assets', self.folder / 'root', *brotli, '--out', front / 'nginx.conf')
        self._spawn('front', ['nginx', '-c', front / 'nginx.conf', '-e', 'stderr'])
        self._await('front', self._front_answers)

    def renew_certificate(self):
        """A new certificate and key; the front takes them over without losing a request."""
        front = self.folder / 'front'
        with tempfile.TemporaryDirectory() as fresh:
            make_certificate(fresh)
            for name in ('key.pem', 'certificate.pem'):
                # Written over in place: owner and mode stay.
                (front / name).write_bytes((pathlib.Path(fresh) / name).read_bytes())
        self.processes['front'].send_signal(signal.SIGHUP)

    def _front_answers(self):
        try:
            with socket.create_connection(('127.0.0.1', self.port), timeout=1):
                return True
        except OSError:
            return False

    # ---- all of it ----

    def make_demo(self, number='0301', name='Nordvær'):
        """Fills the installation (serve must not run); once for each number. What was made is added to .demo, by kind:
        municipalities, units, people, codes (not enrolled yet), accounts (enrolled: user name, password, TOTP), logs."""
        lives = ['--lives', '--statistics'] if self.lives else []
        self.take(self.command('demo', *self.place, '--number', number, '--name', name, *lives).stdout)

    def take(self, told):
        """Adds what a command told, one line of JSON each, to .demo."""
        for line in told.splitlines():
            for kind, value in json.loads(line).items():
                self.demo.setdefault(kind, []).append(value)

    def start(self):
        try:
            self.init()
            if self.lives:
                self.begin_ago(LIVES_DAYS)
            self.start_keyd()
            self.unseal(1)
            self.unseal(2)
            if self.fill:
                self.make_demo()
            self.start_serve()
            self.start_front()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self):
        """Ends everything, the front first so that no request is lost, and removes the folder. Any number of times."""
        self.end('front', signal.SIGQUIT)
        self.end('serve')
        self.end('keyd')
        if self.postgres:
            self.postgres.stop()
            self.postgres = None
        if self.held:
            self.held.close()
            self.held = None
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.transit, ignore_errors=True)

    # ---- looking at it ----

    def connect(self, timeout=30):
        """A connection to the front that trusts its certificate and no other."""
        return connect(self.port, self.certificate, timeout)

    def get(self, path, headers=None):
        """(status, headers, bytes) of one GET on a connection of its own."""
        return get(self.port, self.certificate, path, headers)
