"""What the machine does without any of the systems, and what machine it is."""
import mmap
import os
import platform
import re
import subprocess
import time

from .measure import best

SYNCS = 400


def _read(path, pattern, default=""):
    try:
        with open(path, encoding="utf-8") as file:
            found = re.search(pattern, file.read(), re.MULTILINE)
    except OSError:
        return default
    return found[1].strip() if found else default


def machine():
    """Processor, cores, memory, kernel, and how busy it was before."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    name = _read("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or platform.processor() or platform.machine()
    return {"processor": name, "architecture": platform.machine(), "cores": len(os.sched_getaffinity(0)),
            "memory_gib": round(memory / 2**30), "kernel": platform.release(), "load": round(os.getloadavg()[0], 1)}


def sync(folder, size):
    """Appends `size` bytes and calls fdatasync, over and over: syncs a second, and bytes."""
    path = os.path.join(folder, "floor")
    block = os.urandom(size)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        times = []
        for index in range(SYNCS):
            began = time.perf_counter()
            os.pwrite(descriptor, block, index * size)
            os.fdatasync(descriptor)
            times.append(time.perf_counter() - began)
    finally:
        os.close(descriptor)
        os.unlink(path)
    times.sort()
    return {"per_second": SYNCS / sum(times), "median_us": times[SYNCS // 2] * 1e6,
            "p99_us": times[SYNCS * 99 // 100] * 1e6, "bytes": size}


def memory_copy():
    """Bytes copied a second, one thread, far beyond the caches."""
    import numpy
    source, target = numpy.ones(1 << 28, numpy.uint8), numpy.empty(1 << 28, numpy.uint8)

    def run():
        began = time.perf_counter()
        numpy.copyto(target, source)
        return {"seconds": time.perf_counter() - began}
    return {"bytes_per_second": source.nbytes / best(run, 5)["seconds"]}


def lz4(folder):
    """What `lz4 -b1` does with the bytes of a segment: MB/s in and out, and the ratio, by blocks of 64 KiB."""
    names = sorted(os.listdir(folder), key=lambda name: -os.path.getsize(os.path.join(folder, name)))
    done = subprocess.run(["lz4", "-b1", "-i1", "-B65536", os.path.join(folder, names[0])], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=True)
    ratio, squeezed, restored = re.findall(r"\(([\d.]+)\), *([\d.]+) MB/s ?, ?([\d.]+) MB/s", done.stdout)[-1]
    return {"ratio": float(ratio), "compress_mb": float(squeezed), "decompress_mb": float(restored)}


def sha256():
    """Bytes a second of `openssl speed` with 16 KiB messages."""
    done = subprocess.run(["openssl", "speed", "-elapsed", "-seconds", "1", "-bytes", "16384", "-evp", "sha256"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return {"bytes_per_second": float(re.search(r"(?i)sha256\s+([\d.]+)k", done.stdout)[1]) * 1000}


def page_cache_read(path):
    """Bytes a second of reading a file that is in the page cache."""
    def run():
        began = time.perf_counter()
        with open(path, "rb") as file, mmap.mmap(-1, 1 << 20) as buffer:
            while file.readinto(buffer):
                pass
        return {"seconds": time.perf_counter() - began}
    return {"bytes_per_second": os.path.getsize(path) / best(run)["seconds"]}


