import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that ash, awk, sed and vi open as code by themselves. */
export const deployment: Deployment = {
  examples: {
    '/etc/init.d/rcS': 'script',
    '/etc/initramfs-tools/initramfs.conf': 'initramfs',
    '/etc/profile': 'startup',
    '/etc/profile.d/lang.csh': false,
    '/etc/profile.d/lang.sh': 'startup',
    '/etc/skel/.bashrc': false,
    '/etc/skel/.exrc': 'exrc',
    '/etc/skel/.profile': 'home',
    '/etc/udhcpc/default.script': 'script',
    '/root/.profile': 'home',
    '/usr/share/awk/getopt.awk': 'program',
    '/usr/share/initramfs-tools/functions': 'initramfs',
    '/usr/share/initramfs-tools/modules': false,
    '/usr/share/sed/convert.sed': 'program',
    '/usr/share/udhcpc/default.script': 'script',
  },
  kinds: [
    {
      id: 'startup',
      what: 'startup files of the system',
      files: /\/etc\/(?:profile(?:\.local)?|profile\.d\/(?:[^/]+\.sh|sh\.local))$/,
      rules: ['ash-system-profile', 'hush-system-profile'],
      why: 'read by login shells; /etc/profile sources profile.d',
    },
    {
      id: 'home',
      what: 'startup files of new homes (/etc/skel) and of root',
      files: /\/(?:etc\/skel|root)\/\.(?:profile|shrc|shinit|ashrc)$/,
      rules: ['ash-startup', 'hush-startup'],
      why: 'useradd copies those of /etc/skel with their modes; existing homes keep theirs',
      readers: 'owner',
    },
    {
      id: 'initramfs',
      what: 'functions and boot scripts of initramfs-tools, which the busybox of the image runs',
      files:
        /\/(?:usr\/share|etc)\/initramfs-tools\/(?:init|functions|hook-functions|scripts\/(?:functions|local|nfs)|(?:scripts|hooks)\/.+|conf\.d\/.+|[^/]+\.conf)$/,
      rules: ['ash-dot', 'ash-script', 'hush-dot', 'hush-script'],
      why: 'sourced by mkinitramfs, by /init of the image, and by each other',
    },
    {
      id: 'script',
      what: 'scripts that applets start: those of init and of udhcpc',
      files: /\/(?:etc\/init\.d\/rc[SK]|(?:etc|usr\/share)\/udhcpc\/[^/]+\.script)$/,
      rules: ['ash-script', 'hush-script'],
      why: 'busybox executes them, and their first line names /bin/sh, which opens them',
    },
    {
      id: 'program',
      what: 'programs of awk and sed that packages install (.awk, .sed)',
      files: /^(?!.*\/share\/doc\/).*\/(?:share|lib|libexec)\/.+\.(?:awk|sed)$/,
      rules: ['awk-program', 'sed-program'],
      why: "a script names them after -f; whatever `awk' or `sed' is on the system reads them",
    },
    {
      id: 'exrc',
      what: 'settings of vi in new homes',
      files: /\/etc\/skel\/\.exrc$/,
      rules: ['vi-exrc'],
      why: 'vi runs its commands when it starts',
      readers: 'owner',
      lines: /^$(.)/,
    },
  ],
  plain: [],
  noFiles: {
    'ash-input': 'the open behind all of these, which the others name one by one',
    'ash-input-opened': 'the same, in the patched tree',
    'ash-function': 'a folder that PATH marks with %func, as no distribution has one',
    'hush-input': 'the open behind those of hush',
    'program-opened': 'the opens behind those of awk and sed, in the patched tree',
  },
};
