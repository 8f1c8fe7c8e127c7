"""Pages: the same C workload on plain SQLite, the page cipher and SQLCipher, in turns. Used by measure.py."""

import os
import pathlib
import statistics
import subprocess
import sysconfig

VENV = pathlib.Path(".venv-bench/lib")
OURS, PLAIN, PEER = "ours", "plain", "sqlcipher 4"


def engines():
    """The engines that are here, each as its kind in bench-pages, its library and what must be loaded before that; and
    the names of those that are not here."""
    wheel = next(VENV.glob("python*/site-packages/sqlcipher3/_sqlite3*.so"), None)
    found = {
        PLAIN: ("plain", "libsqlite3.so.0", None),
        "plain excl": ("plain-excl", "libsqlite3.so.0", None),
        OURS: ("ours", "libsqlite3.so.0", None),
    }
    missing = []
    if wheel:
        # The wheel's module expects Python's own symbols to be there.
        found[PEER] = ("sqlcipher", str(wheel), sysconfig.get_config_var("INSTSONAME"))
    else:
        missing.append("SQLCipher 4 (PyPI: sqlcipher3)")
    if any(pathlib.Path("/usr/lib").glob("*/libsqlcipher.so.0")):
        found["sqlcipher 3"] = ("sqlcipher", "libsqlcipher.so.0", None)
    else:
        missing.append("Debian's SQLCipher (libsqlcipher0)")
    return found, missing


# Wall-clock ratios to plain SQLite on its default disk that the project set itself.
LIMITS = {"point-read": 1.4, "commit": 1.1, "blob-write": 1.5, "blob-read": 2.0}


class Pages:
    def __init__(self, program, folder, log):
        self.program, self.folder = program, folder
        self.engines, missing = engines()
        for name in missing:
            log(f"SKIPPED a peer: {name} is not installed")
        self.workloads = [line.split()[0] for line in self._run(None, "list").splitlines()]
        self.times = {}

    def _run(self, before, *arguments):
        environment = dict(os.environ, **({"LD_PRELOAD": before} if before else {}))
        return subprocess.run(
            [self.program, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def _folder(self, name):
        folder = self.folder / name.replace(" ", "-")
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    def fill(self):
        """Makes the files that are read; the versions of SQLite by engine."""
        return {
            name: self._run(before, "fill", kind, library, self._folder(name)).strip()
            for name, (kind, library, before) in self.engines.items()
        }

    def round(self, number):
        """Measures everything once. Each round begins with another engine, lest one always come after the same."""
        names = list(self.engines)
        for workload in self.workloads:
            for place in range(len(names)):
                name = names[(number + place) % len(names)]
                kind, library, before = self.engines[name]
                answer = self._run(before, "measure", kind, library, self._folder(name), workload)
                wall, processor = map(float, answer.split())
                self.times.setdefault((workload, name), []).append((wall, processor))

    def results(self):
        """One dictionary a workload and engine: medians, and the medians of the rounds' own ratios to plain."""
        for workload in self.workloads:
            plain = self.times[workload, PLAIN]
            for name in self.engines:
                own = self.times[workload, name]
                ratio = lambda column: statistics.median(o[column] / p[column] for o, p in zip(own, plain))
                row = {
                    "workload": workload, "engine": name,
                    "microseconds": statistics.median(o[0] for o in own) / 1000,
                    "processorMicroseconds": statistics.median(o[1] for o in own) / 1000,
                    "ratio": ratio(0), "processorRatio": ratio(1),
                }
                if name == OURS:
                    row["limit"] = LIMITS.get(workload)
                    row["toPeer"] = self._to_peer(workload)
                yield row

    def _to_peer(self, workload):
        if PEER not in self.engines:
            return None
        pairs = zip(self.times[workload, OURS], self.times[workload, PEER])
        return statistics.median(ours[0] / peer[0] for ours, peer in pairs)
