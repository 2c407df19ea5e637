import type { Edit } from '../../../src/target/contract.ts';

/** The calls by which C opens pyvenv.cfg and ._pth, one of which declares what it opens. */
export const pathConfiguration: readonly Edit[] = [
  {
    patch: 'path-configuration',
    where: '!getpath-in-python',
    rule: 'path-files',
    scope: 'statement',
    changes: [
      {
        find: /^(?:(FILE \*fp) = _Py_wfopen\(filename, L"rb"\)|\*env_file_p = _Py_wfopen\(filename, L"r"\));$/,
        put: 'replace',
        text: ([, declared]) =>
          declared === undefined
            ? 'status = open_configuration(filename, env_file_p);'
            : `${declared};\n    status = open_configuration(filename, &fp);`,
      },
    ],
  },
];
