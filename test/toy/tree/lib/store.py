# A store of values: data, never code.
from io import open


class Store:
    def open(self, path, opener=open):
        return opener(path)
