/** A program that has an interpreter open a file of each kind that its installation has. */
export interface Trial {
  /** `NAME@VERSION`. */
  readonly release: string;
  /** Files that an installation may have and that of a build has not; texts are code of the interpreter. */
  readonly added: Readonly<Record<string, string>>;
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** What it prints where nothing is refused. */
  readonly says: string;
  /** What it says where its library has no x bits. */
  readonly refused: RegExp;
  /** Kinds of files that it opens, all that are found below the prefix but those that need another build. */
  readonly kinds: readonly string[];
}

const SITE = 'lib/python3.11/site-packages';
const PERL = 'lib/perl5';
const ARCH = `${PERL}/5.36.0/x86_64-linux-thread-multi`;

export const trials: readonly Trial[] = [
  {
    release: 'python@3.11.2',
    added: {
      [`${SITE}/one.pth`]: 'import sys; sys.stdout.write("pth ")\n',
      // Of the library bytecode is opened alone, since it is there: this has none.
      [`${SITE}/late.py`]: '',
      [`${SITE}/sitecustomize.py`]: 'print("sitecustomize", end=" ")\n',
    },
    // ensurepip has wheels, which are archives; sqlite3 and ctypes have extension modules.
    argv: [
      'bin/python3.11',
      '-c',
      'import asyncio, ctypes, email, glob, http.server, json, late, sqlite3, sys, unittest\n' +
        'sys.path.insert(0, glob.glob(sys.prefix + "/lib/python3.11/ensurepip/_bundled/pip*.whl")[0])\n' +
        'import pip; print(json.dumps([pip.__name__]))',
    ],
    says: 'pth sitecustomize ["pip"]\n',
    refused: /PermissionError: .* Permission denied: '.*\/encodings\/__init__\.py'/,
    kinds: ['archive', 'bytecode', 'module', 'pth', 'startup'],
  },
  {
    release: 'perl@5.36.0',
    added: {
      [`${PERL}/site_perl/5.36.0/Late.pm`]: 'package Late; use AutoLoader "AUTOLOAD"; 1;\n',
      [`${PERL}/site_perl/5.36.0/auto/Late/autosplit.ix`]: 'package Late; sub late; 1;\n',
      [`${PERL}/site_perl/5.36.0/auto/Late/late.al`]: 'package Late; sub late { print "late " } 1;\n',
      [`${PERL}/5.36.0/Net/libnet.cfg`]: '{ nntp_hosts => ["news"] }\n',
      [`${ARCH}/auto/File/Glob/Glob.bs`]: 'print "bootstrap ";\n',
    },
    argv: [
      'bin/perl',
      '-e',
      'use File::Glob; use POSIX (); use Net::Config; use charnames (); use Late; Late::late();\n' +
        'print $NetConfig{nntp_hosts}[0], " "; print lc charnames::viacode(0x3b1), " ";\n' +
        '$| = 1; system $^X, "$INC[-1]/ExtUtils/xsubpp", "-v"',
    ],
    says: 'bootstrap late news greek small letter alpha xsubpp version',
    refused: /Permission denied/,
    kinds: ['autoload', 'bootstrap', 'library', 'module', 'settings', 'tool'],
  },
];
