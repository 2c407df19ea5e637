import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that zsh opens as code by itself. */
export const deployment: Deployment = {
  examples: {
    '/etc/profile': 'profile',
    '/etc/skel/.zshrc': 'home',
    '/etc/zsh/newuser.zshrc.recommended': false,
    '/etc/zsh/zshenv': 'startup',
    '/etc/zshrc': 'startup',
    '/root/.zprofile': 'home',
    '/root/.zcompdump': 'home',
    '/usr/lib/x86_64-linux-gnu/zsh/5.9/zsh/zle.so': 'module',
    '/usr/share/zsh/functions/Completion.zwc': 'function',
    '/usr/share/zsh/functions/Completion/Unix/_git': 'function',
    '/usr/share/zsh/help/fc': false,
    '/usr/share/zsh/vendor-completions/_apt': 'function',
    '/usr/share/zsh/5.9/functions/compinit': 'function',
    '/usr/share/zsh/5.9/scripts/newuser': 'newuser',
    '/usr/share/zsh-syntax-highlighting/zsh-syntax-highlighting.zsh': 'plugin',
  },
  kinds: [
    {
      id: 'startup',
      what: 'startup and logout files of the system',
      files: /\/etc\/(?:zsh\/)?z(?:shenv|profile|shrc|login|logout)(?:\.zwc)?$/,
      rules: ['system-startup', 'sourced'],
      why: 'zshenv is read by every zsh, the others by login shells or interactive ones',
    },
    {
      id: 'profile',
      what: 'startup files of the system for login shells that are called sh or ksh',
      files: /\/etc\/(?:profile|suid_profile|profile\.d\/[^/]+\.sh)$/,
      rules: ['system-startup'],
      why: 'read in that emulation, and by what distributions put into zprofile',
    },
    {
      id: 'home',
      what: 'startup files of new homes (/etc/skel) and of root, and what compinit has kept there',
      files: /\/(?:etc\/skel|root)\/\.z(?:shenv|profile|shrc|login|logout|compdump)(?:\.zwc)?$/,
      rules: ['startup', 'dot'],
      why: 'useradd copies those of /etc/skel with their modes; existing homes keep theirs',
      readers: 'owner',
    },
    {
      id: 'newuser',
      what: 'what is run for users who have no startup files',
      files: /\/share\/zsh\/(?:[\d.]+\/)?scripts\/newuser$/,
      rules: ['new-user'],
      why: 'sourced by the module zsh/newuser',
    },
    {
      id: 'function',
      what: 'functions, among them completion, and their compiled forms',
      files:
        /\/share\/zsh\/(?:[\d.]+\/)?(?:functions|site-functions|vendor-functions|vendor-completions)(?:\/.+|\.zwc)$/,
      rules: ['function', 'compiled', 'compiled-head'],
      why: 'loaded when they are first called, or all names by compinit, which reads their first lines as text',
    },
    {
      id: 'plugin',
      what: 'plugins that packages install (.zsh)',
      files: /^(?!.*\/share\/doc\/).*\/share\/.+\.zsh(?:\.zwc)?$/,
      rules: ['dot'],
      why: 'sourced by the startup files of users',
    },
    {
      id: 'module',
      what: 'modules',
      files: /\/lib(?:64)?\/(?:[^/]+-linux-[^/]+\/)?zsh\/.+\.so$/,
      rules: ['module'],
      why: 'zmodload opens them before ld.so loads them, with the patch of that role only',
      compiled: true,
    },
  ],
  plain: [
    {
      id: 'module-plain',
      what: 'modules',
      files: /\/lib(?:64)?\/(?:[^/]+-linux-[^/]+\/)?zsh\/.+\.so$/,
      rules: ['module'],
      why: 'loaded as before if the patch of the role loadable is left out',
    },
  ],
  noFiles: {
    'sourced-opened': 'the open behind these, in the patched tree',
    'compiled-head-opened': 'the same for compiled files',
    script: 'whoever runs a script names it; those in PATH have execute permission',
  },
};
