import type { Edit } from '../../src/target/contract.js';

const SECURITY = `=head2 Files that the system does not allow to be executed

On Linux, the system may have a policy about the files that interpreters
execute.  The kernel applies it to files that are opened with the
C<O_MAYEXEC> flag of openat2(2), or answers for it when it is asked with
the C<AT_EXECVE_CHECK> flag of execveat(2), which perl does if the
process's I<securebits> demand it.

Perl has the policy applied to every file that it compiles: to the
program, whether it is found with B<-S> or named as F</dev/fd/3>; to what
is loaded with C<use>, C<require> and C<do FILE>, by B<-M>, B<-d> and the
environment, or by perl itself; to F<.pmc> files and to
F<sitecustomize.pl>.

A file that the policy refuses is treated as one that cannot be read: the
error is C<EACCES>, "Permission denied".  C<require> does not look for it
in the rest of C<@INC>, and C<do FILE> gives C<undef> and sets C<$!>.  A
refused F<.pmc> is not passed over for the F<.pm> beside it, and a refused
F<sitecustomize.pl> ends the program.

A policy usually demands that the file has execute permission, or is on a
file system that is not mounted C<noexec>, and that it is a regular file:
pipes and terminals are refused where a file is named.

Not affected are files that a program opens by C<open> or C<sysopen>,
whatever it does with what it reads: C<eval> of a string, source filters,
and filehandles that a hook in C<@INC> returns.  The arguments of B<-e> and
B<-E>, and a program that is read from the standard input, come from no
file that perl opens.  Shared objects of modules are opened by the
dynamic linker, which a C<noexec> mount stops, and nothing else.

`;

const RUN = `=head2 Programs that may not be executed

On Linux, a program or a module that perl could read may still be refused,
with the error "Permission denied", because the system does not allow it
to be executed.  See
L<perlsec/"Files that the system does not allow to be executed">.

`;

const DELTA = `=head2 Files may be refused that the system does not allow to be executed

On Linux kernels that know the C<O_MAYEXEC> flag of openat2(2), perl opens
programs and modules with it, and it asks with C<AT_EXECVE_CHECK> where the
process's securebits demand that, so that the system's policy can refuse to
have them executed.  See
L<perlsec/"Files that the system does not allow to be executed">.

`;

const REFUSED = `On Linux, C<Permission denied> is also what you get for a file that can be
read, but that the system does not allow to be executed: see
L<perlsec/"Files that the system does not allow to be executed">.

`;

/** Where the section of a perldelta ends that begins with a heading: zero wide, so that nothing is said twice. */
const behind = (heading: string): RegExp =>
  new RegExp(`(?<=^=head1 ${heading}\\n(?:(?!=head1 ).*\\n)*)(?==head1 )`, 'm');

/** What perl's own documentation says of the series. */
export const documentation: readonly Edit[] = [
  {
    patch: 'documentation',
    file: 'pod/perlsec.pod',
    degrades: true,
    changes: [{ find: '=head2 Protecting Your Programs\n', put: 'before', text: SECURITY }],
  },
  {
    patch: 'documentation',
    file: 'pod/perlrun.pod',
    degrades: true,
    changes: [{ find: /^=head2 Command Switches\n/m, put: 'before', text: RUN }],
  },
  {
    patch: 'documentation',
    file: 'pod/perldiag.pod',
    degrades: true,
    changes: [
      { find: "=item Can't locate auto/%s.al in @INC\n", put: 'before', text: REFUSED },
      { find: "=item Can't read CRTL environ\n", put: 'before', text: REFUSED },
    ],
  },
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
