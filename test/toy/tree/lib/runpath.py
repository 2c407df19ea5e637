"""Runs a script by its path; open() is used for it."""
import os
import sys


def run(path, names=None):
    with open(path) as f:
        code = f.read()
    exec(compile(code, path, 'exec'), names or {})


def log(path, text):
    with open(path, 'a') as f:
        f.write(text)


if __name__ == '__main__':
    run(sys.argv[1])