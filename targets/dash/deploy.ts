import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that dash opens as code by itself. */
export const deployment: Deployment = {
  examples: {
    '/etc/default/cron': 'default',
    '/etc/initramfs-tools/hooks/local': 'initramfs',
    '/etc/initramfs-tools/initramfs.conf': 'initramfs',
    '/etc/profile': 'startup',
    '/etc/profile.d/lang.csh': false,
    '/etc/profile.d/lang.sh': 'startup',
    '/etc/skel/.bashrc': false,
    '/etc/skel/.editrc': 'editrc',
    '/etc/skel/.profile': 'home',
    '/root/.profile': 'home',
    '/usr/lib/init/vars.sh': 'library',
    '/usr/lib/lsb/init-functions': 'library',
    '/usr/lib/lsb/init-functions.d/40-systemd': 'library',
    '/usr/bin/which': false,
    '/usr/share/debconf/confmodule': 'library',
    '/usr/share/initramfs-tools/functions': 'initramfs',
    '/usr/share/initramfs-tools/scripts/local-top/one': 'initramfs',
    '/usr/share/initramfs-tools/modules': false,
    '/var/lib/dpkg/info/dash.list': false,
    '/var/lib/dpkg/info/dash.postinst': 'maintainer',
  },
  kinds: [
    {
      id: 'startup',
      what: 'startup files of the system',
      files: /\/etc\/(?:profile(?:\.local)?|profile\.d\/(?:[^/]+\.sh|sh\.local))$/,
      rules: ['system-profile'],
      why: 'read by login shells; /etc/profile sources profile.d',
    },
    {
      id: 'home',
      what: 'startup files of new homes (/etc/skel) and of root',
      files: /\/(?:etc\/skel|root)\/\.(?:profile|shrc|shinit)$/,
      rules: ['startup'],
      why: 'useradd copies those of /etc/skel with their modes; existing homes keep theirs',
      readers: 'owner',
    },
    {
      id: 'initramfs',
      what: 'functions and boot scripts of initramfs-tools, and those that it copies into the image',
      files:
        /\/(?:usr\/share|etc)\/initramfs-tools\/(?:init|functions|hook-functions|scripts\/(?:functions|local|nfs)|(?:scripts|hooks)\/.+|conf\.d\/.+|[^/]+\.conf)$/,
      rules: ['dot', 'script'],
      why: 'sourced by mkinitramfs, by /init of the image, and by each other',
    },
    {
      id: 'library',
      what: 'what scripts of the system source: init scripts, debconf, and the like',
      files:
        /\/(?:usr\/)?(?:lib\/(?:lsb\/init-functions(?:\.d\/.+)?|init\/[^/]+\.sh)|share\/(?:debconf\/confmodule(?:\.sh)?|dpkg\/sh\/.+\.sh))$/,
      rules: ['dot'],
      why: 'sourced by init scripts and by maintainer scripts of packages',
    },
    {
      id: 'default',
      what: 'settings of services (/etc/default)',
      files: /\/etc\/default\/[^/]+$/,
      rules: ['dot'],
      why: 'sourced by init scripts and cron jobs; systemd reads the same files as data',
    },
    {
      id: 'maintainer',
      what: "packages' maintainer scripts",
      files: /\/var\/lib\/dpkg\/info\/[^/]+\.(?:preinst|postinst|prerm|postrm|config)$/,
      rules: ['script'],
      why: 'dpkg executes them, and debconf runs config scripts: /bin/sh is named in their first line',
    },
    {
      id: 'editrc',
      what: 'settings of libedit in new homes',
      files: /\/etc\/skel\/\.editrc$/,
      rules: ['editrc'],
      why: 'opened when an interactive shell begins to edit lines, in builds with libedit',
      lines: 'none',
    },
  ],
  plain: [
    {
      id: 'editrc-plain',
      what: 'settings of libedit in new homes',
      files: /\/etc\/skel\/\.editrc$/,
      rules: ['editrc'],
      why: 'opened as before if the patch of the role config is left out',
    },
  ],
  sources: {
    language: 'shell',
    what: 'what files on this list source, by a path that is written in them',
    rules: ['dot'],
    why: 'named by a file that is itself opened as code',
    places: {
      home: /~\/|"?\$(?:HOME|\{HOME\})"?\//,
      // A name without a slash is looked for in PATH; that of Debian and of Red Hat, in one order or another.
      search: ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    },
  },
  noFiles: {
    input: 'the open behind all of these, which the others name one by one',
    'input-opened': 'the same, in the patched tree',
    function: 'a folder that PATH marks with %func, as no distribution has one',
  },
};
