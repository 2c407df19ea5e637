import marshal
from . import store


class Settings:
    def __init__(self, name):
        self.stream = open(name)

    def run(self):
        text = self.stream.read()
        exec(compile(text, '<settings>', 'exec'))


def size(name):
    with open(name) as f:
        return len(f.read())


def counts(name):
    with open(name, 'rb') as f:
        return marshal.load(f)


def read_all(name):
    return [line for line in open(name)]


def names(name):
    return sorted(read_all(name))


def apply(name):
    for line in read_all(name):
        evaluate(line)


def evaluate(text):
    return eval(text)


def pattern(name):
    import re
    return re.compile(open(name).read())


def elsewhere(name):
    return store.keep(open(name))
