import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { demand, tool } from '../needs.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');
let work = '';

beforeEach(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'mayexec-sources-')));
  mkdirSync(join(work, 'usr'));
});

afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

/** Makes files of these texts (bytes as latin1), without x bits. */
function texts(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = Buffer.from(join(work, name), 'latin1');
    mkdirSync(Buffer.from(dirname(join(work, name)), 'latin1'), { recursive: true });
    writeFileSync(path, Buffer.from(text, 'latin1'));
    chmodSync(path, 0o644);
  }
}

interface Told {
  readonly files: readonly {
    readonly path: string;
    readonly installed: string;
    readonly bytes?: string;
    readonly kind: string;
    readonly namedBy?: readonly string[];
  }[];
  readonly untold: readonly { readonly path: string; readonly line: number; readonly text: string }[];
  readonly absent: readonly { readonly path: string; readonly line: number; readonly to: string }[];
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

/** What `mayexec deploy --json` says. */
function told(name: string, ...args: readonly string[]): Told {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'deploy', name, ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  // A system has folders that not everybody may read.
  expect(args.includes('/') ? [0, PROBLEMS.unlisted.exit] : [0], stderr).toContain(status);
  return JSON.parse(stdout) as Told;
}

/** The files that are on the list since another names them, and where. */
function sourced({ files }: Told): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    files
      .filter(({ kind }) => kind === 'sourced')
      .map(({ installed, namedBy }) => [installed, namedBy ?? []]),
  );
}

describe('what files of the list source', () => {
  it('is listed with the line that names it, through as many files as it takes, and once in a circle', () => {
    texts({
      'etc/bash_completion.d/prompt': '# . /usr/lib/tool/none\n\n. /usr/lib/tool/sh-prompt\n',
      'usr/lib/tool/sh-prompt': '. /usr/lib/tool/deep\n. "${BASH_SOURCE%/*}/beside"\n',
      'usr/lib/tool/deep':
        '. /usr/lib/tool/sh-prompt; . /etc/bash_completion.d/prompt; . /usr/lib/tool/deep\n',
      'usr/lib/tool/beside': '[ -r /etc/none ] && . /etc/none; . "$1"\n',
      'usr/lib/tool/none': '',
    });
    const json = told('bash', '--prefix', work);
    expect(sourced(json)).toEqual({
      '/usr/lib/tool/beside': ['/usr/lib/tool/sh-prompt:2'],
      '/usr/lib/tool/deep': ['/usr/lib/tool/sh-prompt:1', '/usr/lib/tool/deep:1'],
      '/usr/lib/tool/sh-prompt': ['/etc/bash_completion.d/prompt:3', '/usr/lib/tool/deep:1'],
    });
    expect(json.untold).toEqual([{ path: '/usr/lib/tool/beside', line: 1, text: '. "$1"' }]);
    expect(json.absent).toEqual([{ path: '/usr/lib/tool/beside', line: 1, to: '/etc/none' }]);
  });

  it('is told to a person with its line, and what cannot be told as well', () => {
    texts({ 'etc/profile': '. /opt/x\n. "$X"\n', 'opt/x': '' });
    const { stdout, stderr } = spawnSync(process.execPath, [cli, 'deploy', 'bash', '--prefix', work], {
      encoding: 'utf8',
    });
    expect(stdout).toBe(`${work}/etc/profile\n${work}/opt/x\n`);
    expect(stderr).toContain('named by files of the list:\n  /opt/x: /etc/profile:1\n');
    expect(stderr).toContain(
      `warning: /etc/profile:2: sources a file whose name is unknown until it runs: . "$X"\n`,
    );
  });

  it("is found where a loop names it, as Red Hat's /etc/profile does", () => {
    texts({
      'etc/profile':
        'for i in /etc/profile.d/*.sh /etc/profile.d/sh.local /etc/own.d/[a-c]*; do\n' +
        '  if [ -r "$i" ]; then\n    . "$i" >/dev/null\n  fi\ndone\n',
      'etc/profile.d/a.sh': '',
      'etc/profile.d/sh.local': '',
      'etc/own.d/apple': '',
      'etc/own.d/zebra': '',
      'etc/own.d/.apple': '',
    });
    const json = told('bash', '--prefix', work);
    expect(sourced(json)).toEqual({ '/etc/own.d/apple': ['/etc/profile:3'] });
    expect(json.files.map(({ installed }) => installed)).toContain('/etc/profile.d/sh.local');
  });

  it('is what links lead to on the installed system; what lies beyond the prefix is warned of', () => {
    texts({
      'usr/etc/profile': '. /etc/away; . /srv/link; . /srv/loop; . /srv/folder\n',
      'srv/real': '',
      'etc/away': '',
    });
    symlinkSync('/srv/real', join(work, 'srv/link'));
    symlinkSync('loop', join(work, 'srv/loop'));
    mkdirSync(join(work, 'srv/folder'));
    expect(sourced(told('bash', '--prefix', work))).toEqual({
      '/etc/away': ['/usr/etc/profile:1'],
      '/srv/real': ['/usr/etc/profile:1'],
    });
    const inner = told('bash', '--prefix', join(work, 'usr'));
    expect(sourced(inner)).toEqual({});
    expect(inner.warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      '/usr/etc/profile:1: names /etc/away, which is not listed: it is outside what was searched',
      '/usr/etc/profile:1: names /srv/link, which is not listed: it is outside what was searched',
      '/usr/etc/profile:1: names /srv/folder, which is not listed: it is outside what was searched',
    ]);
    expect(told('bash', '--prefix', work).warnings).toContainEqual({
      path: '/srv/folder',
      message: 'not a regular file: refused whatever its mode',
    });
  });

  it('has names of every byte, and is refused nothing for what is no text', () => {
    texts({
      'etc/profile': ". '/opt/\xff\x01 \n'; . /opt/\xe9\n",
      'opt/\xff\x01 \n': '\0\xff. /\n',
      'opt/\xe9': '',
    });
    const json = told('bash', '--prefix', work);
    const bytes = json.files.map(({ bytes: exact }) => Buffer.from(exact ?? '', 'base64').toString('latin1'));
    expect(bytes).toEqual(['', '/opt/\xe9', '/opt/\xff\x01 \n']);
  });

  it('is that of what --also names, too; and of an inputrc what it includes', () => {
    texts({
      'usr/bin/tool': '#!/bin/bash\n. /usr/share/tool/functions\n. functions.sh\n',
      'usr/bin/functions.sh': '',
      'usr/share/tool/functions': '',
      'etc/inputrc': '$if mode=vi\n$include /etc/inputrc.local\n$endif\n',
      'etc/inputrc.local': '',
    });
    expect(Object.keys(sourced(told('bash', '--prefix', work, '--also', '/usr/bin/tool')))).toEqual([
      '/etc/inputrc.local',
      '/usr/bin/functions.sh',
      '/usr/share/tool/functions',
    ]);
  });

  it('of a home is what lies in it', () => {
    texts({
      'etc/skel/.bashrc': '. ~/.bash_aliases\n. "$HOME/.more"\n',
      'etc/skel/.more': '',
      'etc/profile': '. ~/.x\n',
    });
    const json = told('bash', '--prefix', work, '--despite-guides');
    expect(sourced(json)).toEqual({ '/etc/skel/.more': ['/etc/skel/.bashrc:2'] });
    expect(json.untold).toEqual([{ path: '/etc/profile', line: 1, text: '~/.x' }]);
  });

  it('of ten thousand files is found in seconds', () => {
    for (let index = 0; index < 100; index += 1) texts({ [`opt/${index}`]: '' });
    for (let index = 0; index < 10_000; index += 1)
      texts({ [`etc/bash/${index}`]: `. /opt/${index % 100}\n` });
    const from = Date.now();
    const json = told('bash', '--prefix', work);
    expect(json.files.length).toBe(10_100);
    expect(json.files.find(({ installed }) => installed === '/opt/7')?.namedBy?.length).toBe(100);
    expect(Date.now() - from).toBeLessThan(30_000);
  }, 60_000);
});

describe('what an interpreter really opens is on the list', () => {
  /** The files below a folder that a program opened and read, by its trace. */
  function opened(
    below: string,
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): readonly string[] {
    const trace = join(work, 'trace');
    const { stderr } = spawnSync(
      'strace',
      ['-f', '-qq', '-xx', '-s', '4096', '-e', 'trace=open,openat', '-o', trace, ...argv],
      {
        encoding: 'utf8',
        timeout: 60_000,
        env: {
          PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
          HOME: '/nonexistent',
          TERM: 'dumb',
          LC_ALL: 'C',
          ...env,
        },
      },
    );
    const lines = spawnSync('cat', [trace], { encoding: 'latin1', maxBuffer: 1 << 28 }).stdout.split('\n');
    const paths = lines.flatMap((line) => {
      // A shell opens what it sources without O_CLOEXEC; libc opens its data with it.
      const found = /open(?:at)?\((?:AT_FDCWD, )?"((?:\\x[0-9a-f]{2})*)", O_RDONLY(\|O_CLOEXEC)?\) = \d/.exec(
        line,
      );
      const path = Buffer.from((found?.[1] ?? '').replaceAll('\\x', ''), 'hex').toString('latin1');
      const isData = found?.[2] !== undefined && below !== work;
      return path.startsWith(`${below}/`) && !isData ? [realpathSync(path)] : [];
    });
    expect(paths.length, stderr).toBeGreaterThan(0);
    return [...new Set(paths)].filter((path) => path !== trace);
  }

  function missing(paths: readonly string[], { files }: Told): readonly string[] {
    const listed = new Set(files.map(({ path }) => path));
    return paths.filter((path) => !listed.has(path));
  }

  it('Bash: what an interactive login shell of this machine sources', () => {
    demand(tool('strace'));
    const load = '_completion_loader git; _completion_loader mount; _completion_loader tar; exit';
    const shell = ['bash', '--login', '-i', '-c', load];
    const paths = opened('', shell).filter((path) => !/\/terminfo\/|\.mo$|\.so/.test(path));
    expect(paths).toContain('/etc/profile');
    expect(missing(paths, told('bash', '--prefix', '/'))).toEqual([]);
  }, 120_000);

  it('Bash: what a system of its own sources', () => {
    demand(tool('strace'));
    texts({
      'etc/profile': [
        `for f in ${work}/etc/profile.d/*.sh ${work}/etc/one.local; do [ -r "$f" ] && . "$f"; done`,
        `test -f ${work}/opt/a && source "${work}/opt/a b" args`,
        `D=${work}/opt; . "$D/var"; \\. ${work}/opt/'q'"u"\\o`,
        `builtin . ${work}/opt/builtin; command source ${work}/opt/command`,
        `x=$(. ${work}/opt/substitution); case x in x) . ${work}/opt/case;; esac`,
        'cat <<E',
        `$(. ${work}/opt/heredoc)`,
        'E',
        `echo ". ${work}/opt/never" # . ${work}/opt/never`,
      ].join('\n'),
      'etc/profile.d/a.sh': '. "${BASH_SOURCE%/*}/beside"; . "$(dirname "${BASH_SOURCE[0]}")/../up"\n',
      'etc/profile.d/beside': '. "$BASH_SOURCE.more"\n',
      'etc/profile.d/beside.more': '',
      'etc/up': '',
      'etc/one.local': '',
      ...Object.fromEntries(
        ['a', 'a b', 'var', 'quo', 'builtin', 'command', 'substitution', 'case', 'heredoc', 'never'].map(
          (name) => [`opt/${name}`, ':\n'],
        ),
      ),
    });
    const paths = opened(work, ['bash', '-c', `. ${work}/etc/profile`]);
    expect(paths.length).toBe(14);
    const json = told('bash', '--root', '/', '--prefix', work);
    expect(missing(paths, json)).toEqual([]);
    expect(json.files.length).toBe(paths.length);
  });

  it('Perl: what a module does and requires', () => {
    demand(tool('strace'));
    demand(tool('perl'));
    const lib = 'usr/share/perl5';
    texts({
      [`${lib}/One.pm`]: [
        'package One; use File::Basename;',
        `do '${work}/opt/a'; do "${work}/opt/b"; require q{${work}/opt/c};`,
        "require 'One/settings.cfg'; do(dirname(__FILE__) . '/One/beside');",
        `print 'do "${work}/opt/never"'; # do "${work}/opt/never"`,
        '1;',
      ].join('\n'),
      [`${lib}/One/settings.cfg`]: '1;',
      [`${lib}/One/beside`]: '1;',
      'opt/a': `do '${work}/opt/deep';`,
      'opt/b': '1;',
      'opt/c': '1;',
      'opt/deep': '1;',
      'opt/never': '1;',
    });
    const paths = opened(work, ['perl', `-I${work}/${lib}`, '-MOne', '-e', '1']);
    expect(paths.length).toBe(7);
    const json = told('perl', '--root', '/', '--prefix', work);
    expect(missing(paths, json)).toEqual([]);
    expect(json.files.length).toBe(paths.length);
  });

  it('Python: what a module executes and loads', () => {
    demand(tool('strace'));
    demand(tool('python3'));
    const lib = 'usr/lib/python3/dist-packages';
    texts({
      [`${lib}/one.py`]: [
        'import importlib.util, os, runpy',
        `exec(open("${work}/opt/a").read())`,
        `with open('${work}/opt/b', 'rb') as f:\n    exec(compile(f.read(), f.name, 'exec'))`,
        `runpy.run_path("${work}/opt/c.py")`,
        'exec(open(os.path.join(os.path.dirname(__file__), "one.cfg")).read())',
        `spec = importlib.util.spec_from_file_location("d", "${work}/opt/d.py")`,
        'spec.loader.exec_module(importlib.util.module_from_spec(spec))',
        `"""exec(open("${work}/opt/never").read())"""`,
      ].join('\n'),
      [`${lib}/one.cfg`]: '',
      'opt/a': '',
      'opt/b': '',
      'opt/c.py': `exec(open('${work}/opt/deep').read())\n`,
      'opt/d.py': '',
      'opt/deep': '',
      'opt/never': '',
    });
    const path = `import sys; sys.dont_write_bytecode = True; sys.path.insert(0, "${work}/${lib}"); import one`;
    const paths = opened(work, ['python3', '-I', '-c', path]).filter((one) => /\.\w+$|\/opt\//.test(one));
    expect(paths.length).toBe(7);
    const json = told('python', '--root', '/', '--prefix', work);
    expect(missing(paths, json)).toEqual([]);
    expect(json.files.length).toBe(paths.length);
  });
});
