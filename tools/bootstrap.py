"""Set up ``.venv`` from ``uv.lock`` on a machine that has nothing but python3.

Debian's python3 comes without pip and without ensurepip, so neither can be relied on. ``uv`` itself is
a locked development dependency: its wheel's address and hash are read from ``uv.lock``, the wheel is
fetched, checked and unpacked into ``.tools/``, and the binary inside does the rest. A ``uv`` on the PATH
that is new enough is used instead. Standard library only; run by ``make``.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
OLDEST_UV = (0, 9)


def stop(sentence: str) -> None:
    """End with one sentence on standard error."""
    print(f"set-up: {sentence}", file=sys.stderr)
    raise SystemExit(3)


def locked_uv_wheel() -> tuple[str, str]:
    """Return the address and the SHA-256 of the locked uv wheel for this machine."""
    import tomllib  # noqa: PLC0415 - new in Python 3.11; an older Python must reach the sentence that refuses it

    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    wheels = next(package["wheels"] for package in lock["package"] if package["name"] == "uv")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "darwin":
        wanted = ("macosx", "arm64" if machine == "aarch64" else machine)
    elif platform.libc_ver()[0] == "glibc":
        wanted = ("manylinux", machine)
    else:
        wanted = ("musllinux", machine)
    for wheel in wheels:
        name = wheel["url"].rsplit("/", 1)[1]
        if all(part in name for part in wanted):
            return wheel["url"], wheel["hash"].removeprefix("sha256:")
    stop(f"no locked uv wheel fits {sys.platform} {machine}; install uv yourself and run make again")
    raise AssertionError


def fetched_uv() -> Path:
    """Fetch the locked uv into ``.tools/`` unless that very wheel is there already."""
    url, digest = locked_uv_wheel()
    binary = ROOT / ".tools" / f"uv-{digest[:16]}" / "uv"
    if binary.exists():
        return binary
    print("set-up: fetching uv, the installer", file=sys.stderr)
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:
            data = answer.read()
    except (urllib.error.URLError, TimeoutError) as error:
        stop(f"cannot fetch {url} ({error}); check the network, and that ca-certificates is installed")
    if hashlib.sha256(data).hexdigest() != digest:
        stop(f"{url} does not have the hash that uv.lock states; nothing was installed")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        binary.parent.mkdir(parents=True, exist_ok=True)
        part = binary.with_suffix(".part")
        part.write_bytes(archive.read(member))
    part.chmod(0o755)
    part.replace(binary)
    return binary


def usable_uv() -> Path:
    """Return a uv from the PATH when it is new enough, else the locked one."""
    found = shutil.which("uv")
    if found:
        answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.match(r"uv (\d+)\.(\d+)", answer)
        if version and tuple(map(int, version.groups())) >= OLDEST_UV:
            return Path(found)
    return fetched_uv()


def main() -> None:
    """Make or refresh ``.venv``; ``--no-dev`` leaves the development tools out."""
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever python3 there is
        stop(f"Python 3.11 or newer is needed and this is {platform.python_version()}; install python3.11")
    environment = {
        # The system's certificates, so that a house with its own authority can install.
        "UV_SYSTEM_CERTS": "1",
        "UV_NATIVE_TLS": "1",
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_PYTHON": sys.executable,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
    }
    environment.pop("VIRTUAL_ENV", None)
    command = [str(usable_uv()), "sync", "--locked", "--quiet", "--compile-bytecode", *sys.argv[1:]]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        stop("uv could not install the locked dependencies; the lines above say why")
    # uv compiles what it installs; our own files are linked, not installed, so they are compiled here.
    compile_own = [str(VENV / "bin" / "python"), "-m", "compileall", "-q", str(ROOT / "src")]
    subprocess.run(compile_own, check=False)
    (VENV / ".ready").write_text("set up by tools/bootstrap.py\n", encoding="utf-8")


if __name__ == "__main__":
    main()
