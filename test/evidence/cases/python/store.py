kept = open('kept')


def keep(stream):
    for line in stream:
        yield line.upper()


def later():
    exec(kept.read())


def hidden():
    kept = 'pass'
    exec(kept)
