import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that sed opens as code. */
export const deployment: Deployment = {
  examples: {
    '/usr/bin/sed': false,
    '/usr/share/gettext/intl/ref-add.sin': false,
    '/usr/share/gettext/po/insert-header.sed': 'program',
    '/usr/share/groff/1.22.4/tmac/fixmacros.sed': 'program',
    '/usr/share/doc/sed/examples/dc.sed': false,
  },
  kinds: [
    {
      id: 'program',
      what: 'scripts of sed that packages install (.sed)',
      files: /^(?!.*\/share\/doc\/).*\/(?:share|lib|libexec)\/.+\.sed$/,
      rules: ['script'],
      why: 'a script of the same package names them after -f',
    },
  ],
  plain: [],
  noFiles: {
    'script-without-mode': 'the same files, in builds where fopen is not known to take a mode',
    'script-opened': 'the open behind script files',
  },
};
