import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that mksh opens as code by itself. */
export const deployment: Deployment = {
  examples: {
    '/etc/mkshrc': 'startup',
    '/etc/profile': 'startup',
    '/etc/profile.d/lang.csh': false,
    '/etc/profile.d/lang.sh': 'startup',
    '/etc/skel/.bashrc': false,
    '/etc/skel/.mkshrc': 'home',
    '/etc/suid_profile': 'startup',
    '/root/.mkshrc': 'home',
    '/root/.profile': 'home',
    '/usr/bin/which': false,
    '/usr/share/doc/mksh/examples/dot.mkshrc': false,
  },
  kinds: [
    {
      id: 'startup',
      what: 'startup files of the system',
      files: /\/etc\/(?:profile(?:\.local)?|suid_profile|mkshrc|profile\.d\/(?:[^/]+\.sh|sh\.local))$/,
      rules: ['system-profile', 'startup', 'dot'],
      why: 'read by login shells; /etc/profile sources profile.d, and the ~/.mkshrc of Debian sources /etc/mkshrc',
    },
    {
      id: 'home',
      what: 'startup files of new homes (/etc/skel) and of root',
      files: /\/(?:etc\/skel|root)\/\.(?:profile|mkshrc|shrc)$/,
      rules: ['startup'],
      why: 'useradd copies those of /etc/skel with their modes; existing homes keep theirs',
      readers: 'owner',
    },
  ],
  plain: [],
  sources: {
    language: 'shell',
    what: 'what files on this list source, by a path that is written in them',
    rules: ['dot'],
    why: 'named by a file that is itself opened as code',
    places: {
      home: /~\/|"?\$(?:HOME|\{HOME\})"?\//,
      search: ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    },
  },
  noFiles: {
    script: 'a script has any name; what packages install to be run is executable',
    include: 'the open behind all files that are read into a shell, which the others name one by one',
    opened: 'the open behind all of these',
    'opened-as-code': 'the same, in the patched tree',
    function: 'a folder that FPATH names, as no distribution has one',
    'first-line': 'a program, which execve runs only if it is executable',
  },
};
