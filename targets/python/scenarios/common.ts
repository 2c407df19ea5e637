import { refusedScript as refused } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';

export { env, system } from '../dialect.ts';

export const PYTHON = '{interpreter}';

/** A script that shows that it ran. */
export const hello = (name: string): string => `print("${name} ran")\n`;

/** The folder that a script or `-c` is looked for modules in, which importlib lists. */
export const LISTED = '';

/** How the program ends that is given a refused script. */
export const refusedScript = (name: string): Refusal => refused(dialect, name);

/** How a program ends that comes upon refused code: with an exception that names the file. */
export const refusedFile = (name: string): Refusal => ({
  says: [`PermissionError: [Errno 13] Permission denied: '{folder}/${name}'`],
  status: 1,
});

/**
 * Statements that make bytecode of a source, with the source's mode: `compiled(source, to)`, or, for bytecode that is to
 * stand for another source, `compiled(source, to, other)`.
 */
export const COMPILED =
  'import importlib._bootstrap_external as external, os, shutil, sys\n' +
  'def compiled(source, to, other=None):\n' +
  '  facts = os.stat(other or source)\n' +
  '  with open(source) as file: code = compile(file.read(), other or source, "exec")\n' +
  '  with open(to, "wb") as file:\n' +
  '    file.write(external._code_to_timestamp_pyc(code, int(facts.st_mtime), facts.st_size))\n' +
  '  shutil.copymode(source, to)\n';

/** Statements that make an archive of one file, code.zip, with the file's mode: `archived(source)`. */
export const ARCHIVED =
  'import os, shutil, sys, zipfile\n' +
  'def archived(source):\n' +
  '  with zipfile.ZipFile("code.zip", "w") as archive: archive.write(source)\n' +
  '  shutil.copymode(source, "code.zip")\n';

/** How a module of the library ends that would run what the user types or says. */
export const refusedUse = (what: string, more: Partial<Refusal> = {}): Refusal => ({
  says: [`[Errno 13] Permission denied (SECBIT_EXEC_DENY_INTERACTIVE): '${what}'`],
  status: 1,
  ...more,
});
