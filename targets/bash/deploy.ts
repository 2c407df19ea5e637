import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that Bash opens as code by itself. */
export const deployment: Deployment = {
  examples: {
    '/etc/bash.bashrc': 'startup',
    '/etc/bash/bashrc': 'startup',
    '/etc/bash_completion.d/git-prompt': 'completion',
    '/etc/bashrc': 'startup',
    '/etc/inputrc': 'inputrc',
    '/etc/profile.d/lang.csh': false,
    '/etc/profile.d/lang.sh': 'startup',
    '/etc/profile.d/sh.local': 'startup',
    '/etc/skel/.bashrc': 'home',
    '/root/.profile': 'home',
    '/srv/venv/bin/activate': 'activation',
    '/srv/venv/bin/activate.fish': false,
    '/usr/bin/ldd': false,
    '/usr/lib/bash/sleep': 'loadable',
    '/usr/lib/python3.11/venv/scripts/common/activate': 'activation',
    '/usr/lib/bash/Makefile.inc': false,
    '/usr/share/bash-completion/completions/ls': 'completion',
    '/usr/share/bashdb/bashdb-main.inc': 'debugger',
  },
  kinds: [
    {
      id: 'startup',
      what: 'startup and logout files of the system',
      // SYS_BASHRC and the like are the distribution's choice.
      files:
        /\/etc\/(?:profile(?:\.local)?|profile\.d\/(?:[^/]+\.(?:sh|bash)|sh\.local)|bashrc|bash\.(?:bashrc|bash_logout)(?:\.local)?|bash_logout|bash\/.+)$/,
      rules: ['evalfile'],
      why: 'read by login shells, or by each interactive one; /etc/profile sources profile.d',
    },
    {
      id: 'home',
      what: 'startup files of new homes (/etc/skel) and of root',
      files: /\/(?:etc\/skel|root)\/\.(?:profile|bashrc|bash_profile|bash_login|bash_logout|bash_aliases)$/,
      rules: ['evalfile'],
      why: 'useradd copies those of /etc/skel with their modes; existing homes keep theirs',
      readers: 'owner',
    },
    {
      id: 'completion',
      what: 'programmable completion',
      files:
        /\/etc\/bash_completion(?:\.d\/.+)?$|\/share\/bash-completion\/(?:bash_completion|(?:completions|helpers)\/.+)$/,
      rules: ['evalfile'],
      why: 'sourced when a shell starts, and when a command is first completed',
    },
    {
      id: 'activation',
      what: 'bin/activate of virtual environments, and what it is copied from',
      files: /\/bin\/activate$|\/venv\/scripts\/(?:common|posix)\/activate$/,
      rules: ['evalfile'],
      why: 'sourced by users of the environment; venv copies them with their modes',
    },
    {
      id: 'debugger',
      what: "the debugger's scripts (bashdb)",
      files: /\/share\/bashdb\/.*\.(?:sh|inc)$/,
      rules: ['evalfile'],
      why: 'sourced by bash --debugger, and by each other',
    },
    {
      id: 'inputrc',
      what: 'inputrc of the system and of new homes',
      files: /\/etc\/(?:skel\/\.)?inputrc$/,
      rules: ['inputrc'],
      why: 'opened by readline when an interactive shell starts; if it is refused, the built-in bindings stay',
      lines: /^\s*\$include\s+(\S.*?)\s*$/,
    },
    {
      id: 'loadable',
      what: 'loadable builtins',
      files: /\/lib(?:64)?\/(?:[^/]+-linux-[^/]+\/)?bash\/(?!Makefile|[^/]+\.h$)[^/]+$/,
      rules: ['loadable'],
      why: 'enable -f opens them before ld.so loads them, with the patch of that role only',
      compiled: true,
    },
  ],
  plain: [
    {
      id: 'loadable-plain',
      what: 'loadable builtins',
      files: /\/lib(?:64)?\/(?:[^/]+-linux-[^/]+\/)?bash\/(?!Makefile|[^/]+\.h$)[^/]+$/,
      rules: ['loadable'],
      why: 'ld.so opens them without the flag, unless the patch of role loadable is chosen',
    },
    {
      id: 'inputrc-plain',
      what: 'inputrc of the system and of new homes',
      files: /\/etc\/(?:skel\/\.)?inputrc$/,
      rules: ['inputrc'],
      why: 'opened as before if the patch of the role config is left out',
    },
    {
      id: 'catalogue',
      what: 'message catalogues (.mo)',
      files: /\/share\/locale\/[^/]+\/LC_MESSAGES\/bash\.mo$/,
      rules: ['catalogue'],
      why: 'opened by libc, as data',
    },
  ],
  sources: {
    language: 'shell',
    what: 'what files on this list source, by a path that is written in them',
    rules: ['evalfile'],
    why: 'named by a file that is itself opened as code',
    places: {
      itself:
        /"?(?:\$\{BASH_SOURCE(?:\[0\])?%\/\*\}|\$\(dirname (?:-- )?"?\$(?:BASH_SOURCE|\{BASH_SOURCE(?:\[0\])?\})"?\))"?\//,
      file: /"?\$(?:BASH_SOURCE(?![\w[])|\{BASH_SOURCE(?:\[0\])?\})"?(?=\.)/,
      home: /~\/|"?\$(?:HOME|\{HOME\})"?\//,
      // A name without a slash is looked for in PATH; that of Debian and of Red Hat, in one order or another.
      search: ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    },
  },
  noFiles: {
    script:
      'a script that is given by its path: what bin/ has is started by its name, and has execute permission; use --also to list what another one sources',
  },
};
