import type { Edit } from '../../../src/target/contract.ts';

/** The kernel counts the bits of its flags when it is built, and fails where two have one in common. */
export const flag: readonly Edit[] = [
  {
    patch: 'flag',
    file: 'fs/fcntl.c',
    owner: 'fcntl_init',
    changes: [
      {
        // The numbers are listed: what was there has to be told from what is there now.
        find: /(?<=BUILD_BUG_ON\()(18|19|20|21|22|23|24|25|26)( - 1 \/\* for O_RDONLY being 0 \*\/ !=\n\t\tHWEIGHT32\(\n\t\t\t\()VALID_OPEN_FLAGS(?= & ~)/,
        put: 'replace',
        text: ([, count, between = '']) => `${String(Number(count) + 1)}${between}VALID_OPENAT2_FLAGS`,
      },
    ],
  },
];
