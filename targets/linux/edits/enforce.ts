import { has } from '../../../src/target/capabilities.ts';
import type { Edit } from '../../../src/target/contract.ts';

const TABLE = /^static (?:const )?struct ctl_table namei_sysctls\[\] = \{\n/m;

/** What depends on how the tree writes a handler, and on what it calls the mapping of ids of a mount. */
export const enforce: readonly Edit[] = [
  {
    patch: 'enforce',
    file: 'fs/namei.c',
    changes: [
      {
        find: TABLE,
        put: 'before',
        text: (_match, release) =>
          `static int proc_open_mayexec_enforce(${has(release, 'const-table') ? 'const ' : ''}struct ctl_table *table, int write,
				     void *buffer, size_t *lenp, loff_t *ppos)
{
	if (write && !capable(CAP_SYS_ADMIN))
		return -EPERM;

	return proc_dointvec_minmax(table, write, buffer, lenp, ppos);
}

`,
      },
      // In front of the others: some kernels end the table with an empty entry, and some do not.
      {
        find: TABLE,
        put: 'after',
        text: `	{
		.procname	= "open_mayexec_enforce",
		.data		= &sysctl_open_mayexec_enforce,
		.maxlen		= sizeof(int),
		.mode		= 0600,
		.proc_handler	= proc_open_mayexec_enforce,
		.extra1		= SYSCTL_ZERO,
		.extra2		= SYSCTL_THREE,
	},
`,
      },
    ],
  },
  {
    patch: 'enforce',
    file: 'fs/namei.c',
    owner: 'may_open',
    changes: [
      {
        find: /(?<=\terror = inode_permission\((\w+), inode, MAY_OPEN \| acc_mode\);\n)\tif \(error\)\n\t\treturn error;\n/,
        put: 'after',
        text: ([, mapping = '']) => `
	/*
	 * A file system may grant every open (MAY_OPEN) and leave the rest to
	 * its server, which does not know about O_MAYEXEC: NFSv4 does so.  Ask
	 * again, as for a file that is executed and not opened.
	 */
	if (enforce & OPEN_MAYEXEC_ENFORCE_FILE) {
		error = inode_permission(${mapping}, inode,
					 MAY_EXEC | MAY_OPENEXEC);
		if (error)
			return error;
	}
`,
      },
    ],
  },
];
