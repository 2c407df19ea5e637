import type { Edit } from '../../../src/target/contract.ts';

const DELTA = `=head2 Files may be refused that the system does not allow to be executed

On Linux kernels that know the C<O_MAYEXEC> flag of openat2(2), perl opens
programs and modules with it, and it asks with C<AT_EXECVE_CHECK> where the
process's securebits demand that, so that the system's policy can refuse to
have them executed.  See
L<perlsec/"Files that the system does not allow to be executed">.

`;

/** Where the section of a perldelta ends that begins with a heading: zero wide, so that nothing is said twice. What is rare is looked for first. */
const behind = (heading: string): RegExp =>
  new RegExp(`(?==head1 )(?<=^=head1 ${heading}\\n(?:(?!=head1 ).*\\n)*)`, 'm');

/** What perldelta says. */
export const news: readonly Edit[] = [
  {
    patch: 'documentation',
    file: 'pod/perldelta.pod',
    degrades: true,
    where: 'delta-enhanced',
    changes: [{ find: behind('Core Enhancements'), put: 'before', text: DELTA }],
  },
  {
    patch: 'documentation',
    file: 'pod/perldelta.pod',
    degrades: true,
    where: '!delta-enhanced',
    // What is new stands first.
    changes: [{ find: behind('DESCRIPTION'), put: 'after', text: `=head1 Core Enhancements\n\n${DELTA}` }],
  },
];
