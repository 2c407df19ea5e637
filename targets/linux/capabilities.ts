import type { Capability } from '../../src/target/contract.ts';

/** What differs from one kernel to another, and the series depends on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'const-table',
    what: 'The handler of a sysctl gets its table as const.',
    file: 'include/linux/sysctl.h',
    has: /^typedef int proc_handler\(const struct ctl_table \*/m,
  },
];
