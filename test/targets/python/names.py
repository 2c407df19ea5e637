# SPDX-License-Identifier: MIT
"""Lists where names stand in Python files, as the language's own parser sees them.

Standard input is JSON: {"top": folder, "files": [...], "tokens": [...]}, tokens being
regular expressions that a name, or two with a dot between them, has to match. Written
is a JSON array a file: [file, [[line, column, name], ...], [[line, name], ...]]. Lines
and columns are 1-based, in bytes. The second list is what stands in an f-string, whose
columns no parser before 3.12 knows.
"""
import ast
import json
import re
import sys


class Names(ast.NodeVisitor):
    """Collects what is read: not what is assigned, passed by keyword or defined."""

    def __init__(self, token):
        self.token = token
        self.plain = []
        self.formatted = []
        self.depth = 0

    def add(self, node, name, end):
        if not self.token.fullmatch(name):
            return
        if self.depth:
            self.formatted.append([node.lineno, name])
        else:
            # All of it in one line, as names are.
            self.plain.append([node.end_lineno, end - len(name) + 1, name])

    def visit_JoinedStr(self, node):
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Store):
            self.add(node, node.id, node.end_col_offset)

    def visit_Attribute(self, node):
        if not isinstance(node.ctx, ast.Store):
            inner = node.value
            before = len(self.plain)
            if isinstance(inner, ast.Name):
                self.add(node, f'{inner.id}.{node.attr}', node.end_col_offset)
            if len(self.plain) == before:
                self.add(node, node.attr, node.end_col_offset)
        self.visit(node.value)

    def visit_ImportFrom(self, node):
        for alias in node.names:
            if alias.asname not in (None, alias.name):
                self.add(alias, alias.name, alias.col_offset + len(alias.name))


def main():
    wanted = json.load(sys.stdin)
    token = re.compile('|'.join(f'(?:{one})' for one in wanted['tokens']))
    for file in wanted['files']:
        with open(f"{wanted['top']}/{file}", 'rb') as source:
            tree = ast.parse(source.read(), file)
        names = Names(token)
        names.visit(tree)
        print(json.dumps([file, names.plain, names.formatted]))


main()
