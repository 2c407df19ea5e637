import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that gawk opens as code. */
export const deployment: Deployment = {
  examples: {
    '/usr/bin/gawk': false,
    '/usr/share/awk/getopt.awk': 'program',
    '/usr/share/awk/inplace.awk': 'program',
    '/usr/share/doc/gawk/examples/prog/wc.awk': false,
    '/usr/lib/x86_64-linux-gnu/gawk/filefuncs.so': 'extension',
    '/usr/local/lib/gawk/readdir.so': 'extension',
    '/etc/skel/.gawkrc': 'commands',
  },
  kinds: [
    {
      id: 'program',
      what: 'programs and libraries of AWK that packages install (.awk)',
      files: /^(?!.*\/share\/doc\/).*\/(?:share|lib|libexec)\/.+\.awk$/,
      rules: ['script'],
      why: 'AWKPATH is /usr/share/awk by default; a script of a package names others after -f',
    },
    {
      id: 'commands',
      what: 'commands for the debugger, in new homes',
      files: /\/etc\/skel\/\.gawkrc$/,
      rules: ['debugger'],
      why: 'read when the debugger starts in that folder; the debugger itself writes it without execute permission',
      readers: 'owner',
    },
    {
      id: 'extension',
      what: 'extension libraries',
      files: /\/lib\/(?:[^/]+\/)?gawk\/[^/]+\.so$/,
      rules: ['loadable'],
      why: 'AWKLIBPATH is this folder by default; -l and @load name them',
      compiled: true,
    },
  ],
  plain: [
    {
      id: 'extension-plain',
      what: 'extension libraries',
      files: /\/lib\/(?:[^/]+\/)?gawk\/[^/]+\.so$/,
      rules: ['loadable'],
      why: 'ld.so opens them without the flag, unless the patch of role loadable is chosen',
    },
  ],
  noFiles: {
    'script-opened': 'the open behind program files',
    parsed: 'the call of the parser, by which program files are opened',
    listed: 'program files that the debugger shows, which it has opened as such',
    persist: 'a user makes the file of persistent memory; no package installs one',
  },
};
