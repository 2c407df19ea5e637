import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'flag',
    subject: 'fs: add O_MAYEXEC to openat2(2)',
    needs: [],
    message: 'flag.message.ejs',
  },
  {
    id: 'enforce',
    subject: 'fs: add the sysctl open_mayexec_enforce',
    needs: ['flag'],
    message: 'enforce.message.ejs',
  },
  {
    id: 'selftest',
    subject: 'selftests/openat2: add tests for O_MAYEXEC',
    needs: ['enforce'],
    message: 'selftest.message.ejs',
  },
  {
    id: 'ima',
    subject: 'ima: let rules ask for MAY_OPENEXEC',
    needs: ['flag'],
    message: 'ima.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'fs: add O_MAYEXEC and a policy that enforces it',
  message: 'cover-letter.ejs',
};
