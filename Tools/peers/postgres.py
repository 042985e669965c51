"""A PostgreSQL server of one's own: private directory, private socket, no network; works as root too."""
import glob
import os
import pwd
import shutil
import subprocess
import time

SETTINGS = {"listen_addresses": "''", "shared_buffers": "'{quarter}MB'", "work_mem": "'{sixteenth}MB'",
            "maintenance_work_mem": "'1GB'", "effective_cache_size": "'{half}MB'", "max_wal_size": "'16GB'",
            "fsync": "on", "synchronous_commit": "on", "wal_sync_method": "fdatasync", "jit": "off",
            "max_connections": "100", "random_page_cost": "1.1", "max_parallel_workers": "2", "autovacuum": "off"}


def programs():
    """The directory of Debian's newest server programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1]


class Server:
    """A server in a directory; made there if there is none."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        # A path of a socket holds 107 bytes at most, so it stands in a short directory of its own.
        self.socket = f"/tmp/trainledger-peers-{os.getpid()}"
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.address = f"host={self.socket} dbname=postgres user={self.user}"

    def _as_user(self, *command):
        if os.geteuid() == 0:
            command = ("setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups", *command)
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/",
                              check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout[-500:]}")

    def _program(self, name):
        return os.path.join(programs(), name)

    def start(self):
        """Starts the server, and waits until it answers."""
        os.makedirs(self.socket, mode=0o700, exist_ok=True)
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        for path in (self.socket, self.folder):
            if os.geteuid() == 0:
                shutil.chown(path, self.user, self.user)
        self._reachable()
        if not os.path.exists(os.path.join(self.folder, "PG_VERSION")):
            self._as_user(self._program("initdb"), "-D", self.folder, "-U", self.user, "-A", "trust",
                          "--encoding=UTF8", "--locale=C", "--no-sync")
        pid = os.path.join(self.folder, "postmaster.pid")
        if os.path.exists(pid):   # left by a run that was killed
            self._as_user(self._program("pg_ctl"), "-D", self.folder, "-m", "immediate", "-w", "stop") \
                if self._runs(pid) else os.unlink(pid)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
        sizes = {"quarter": memory // 6, "half": memory // 2, "sixteenth": memory // 32}
        settings = " ".join(f"-c {name}={value.format(**sizes)}" for name, value in SETTINGS.items())
        self._as_user(self._program("pg_ctl"), "-D", self.folder, "-l", os.path.join(self.folder, "server.log"), "-w",
                      "-t", "120", "-o", f"-k {self.socket} {settings}", "start")

    def _reachable(self):
        """The server's user must be able to enter the directories above."""
        above = os.path.dirname(self.folder)
        while above != "/":
            if not os.stat(above).st_mode & 0o001 and os.geteuid() == 0:
                raise PermissionError(f"{above} lets user {self.user} not in; choose another --work directory")
            above = os.path.dirname(above)

    def _runs(self, pid):
        """Whether the process that a pid file names is a server of this directory."""
        with open(pid, encoding="ascii") as file:
            number = int(file.readline())
        try:
            with open(f"/proc/{number}/cmdline", encoding="utf-8") as file:
                return self.folder in file.read()
        except OSError:
            return False

    def stop(self):
        """Stops the server; its directory stays."""
        self._as_user(self._program("pg_ctl"), "-D", self.folder, "-m", "fast", "-w", "stop")
        time.sleep(0.1)
        shutil.rmtree(self.socket, ignore_errors=True)
