"""Runs a tool of this folder with PyPI packages, in a venv of its own under .build."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".build", "schedule-peers")
BINARY = os.path.join(ROOT, ".build", "release", "transpadang")
UNREACHABLE = 3


def run_with(*packages):
    """Goes on only inside the venv, with these packages; starts the tool anew where it is not."""
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        return
    python = os.path.join(VENV, "bin", "python")
    if not os.path.exists(os.path.join(VENV, "bin", "pip")):
        prepare([sys.executable, "-m", "venv", "--clear", VENV], "install python3-venv")
    known = os.path.join(VENV, "installed.txt")
    installed = open(known).read().split() if os.path.exists(known) else []
    missing = [package for package in packages if package not in installed]
    if missing:
        prepare([python, "-m", "pip", "install", "--quiet", *missing], "see pip's message above")
        with open(known, "w") as file:
            file.write("\n".join(installed + missing) + "\n")
    os.execv(python, [python, *sys.argv])


def prepare(command, advice):
    """Runs a step without which there is nothing to compare with."""
    try:
        subprocess.run(command, check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError):
        print(f"cannot run `{' '.join(command)}`: {advice}", file=sys.stderr)
        sys.exit(UNREACHABLE)
