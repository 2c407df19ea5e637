import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that Lua opens as code. */
export const deployment: Deployment = {
  examples: {
    '/usr/bin/lua5.4': false,
    '/usr/share/lua/5.4/socket.lua': 'module',
    '/usr/share/lua/5.4/ssl/https.lua': 'module',
    '/usr/local/share/lua/5.4/lpeg/re.lua': 'module',
    '/usr/lib/x86_64-linux-gnu/lua/5.4/socket/core.so': 'c-module',
    '/usr/local/lib/lua/5.4/lfs.so': 'c-module',
    '/usr/share/doc/lua-socket/examples/echosrvr.lua': false,
    '/usr/share/lua/5.1/socket.lua': false,
  },
  kinds: [
    {
      id: 'module',
      what: 'modules of Lua (.lua)',
      files: /\/(?:share|lib|lib\/[^/]+)\/lua\/5\.4\/.+\.lua$/,
      rules: ['script', 'chunk'],
      why: 'package.path names these folders by default; require looks there',
    },
    {
      id: 'c-module',
      what: 'modules of C (.so)',
      files: /\/lib\/(?:[^/]+\/)?lua\/5\.4\/.+\.so$/,
      rules: ['loadable'],
      why: 'package.cpath names these folders by default; require looks there',
      compiled: true,
    },
  ],
  plain: [
    {
      id: 'c-module-plain',
      what: 'modules of C (.so)',
      files: /\/lib\/(?:[^/]+\/)?lua\/5\.4\/.+\.so$/,
      rules: ['loadable'],
      why: 'ld.so opens them without the flag, unless the patch of role loadable is chosen',
    },
  ],
  noFiles: {},
};
