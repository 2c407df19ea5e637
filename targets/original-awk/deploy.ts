import type { Deployment } from '../../src/target/deployment.ts';

/** The files of an installed system that original-awk opens as code. */
export const deployment: Deployment = {
  examples: {
    '/usr/bin/original-awk': false,
    '/usr/share/awk/getopt.awk': 'program',
    '/usr/share/doc/gawk/examples/prog/wc.awk': false,
    '/usr/share/texinfo/texindex.awk': 'program',
  },
  kinds: [
    {
      id: 'program',
      what: 'programs of AWK that packages install (.awk)',
      files: /^(?!.*\/share\/doc\/).*\/(?:share|lib|libexec)\/.+\.awk$/,
      rules: ['script'],
      why: "a script of the same package names them after -f; whatever `awk' is on the system reads them",
    },
  ],
  plain: [],
  noFiles: {},
};
