import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.(?:c|h|xs|y|inc)$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

const PERL = /\.(?:pm|pl|PL)$/;

const perl = (token: RegExp): Opener => ({ files: PERL, lang: 'perl', token, as: 'callee', gives: 'handle' });

/**
 * The functions by which perl's C opens files: libc's, the macros before them (PerlIO, PerlLIO, PerlSIO,
 * PerlDir, PerlProc), and perl's own with and without their prefix.
 */
export const openers: readonly Opener[] = [
  {
    files: /^(?:perl|pp_ctl)\.c$/,
    lang: 'c',
    // A file that is opened for execution: the function is the one that opens any.
    token: /PerlIO_openn\(aTHX_ (?:NULL|":"), PERL_CODE_MODE/,
    as: 'argument',
    gives: 'handle',
    rewritten: true,
  },
  {
    files: /^perl\.c$/,
    lang: 'c',
    token: /Perl_code_fd_passes/,
    as: 'callee',
    gives: 'nothing',
    rewritten: true,
  },
  { ...c(/S_open_code/, 'fd'), rewritten: true },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|asciiopen3?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir|n?ftw/, 'nothing'),
  c(/f?dopendir|opendir|dlm?open/, 'handle'),
  c(/(?:Perl_)?PerlLIO_open3?(?:_cloexec)?/, 'fd'),
  c(/(?:Perl_|Internal_Perl_)?my_mko?stemp(?:_cloexec)?/, 'fd'),
  c(/PerlSIO_(?:f(?:re)?open|fdopen|tmpfile)|PerlStdIO_open/, 'FILE'),
  c(/PerlDir_open|PerlProc_popen(?:_list)?|(?:Perl_)?my_popen(?:_list)?/, 'handle'),
  c(
    /(?:Perl_)?PerlIO_(?:openn?|fdopen|reopen|tmpfile(?:_flags)?|importFILE|stdin|open_exec)|PerlIO(?:Base|Buf|Unix|Stdio|Scalar|Via|Mmap|Encode|Pop|Utf8|Crlf|Raw)_open/,
    'handle',
  ),
  c(/(?:Perl_)?do_open(?:n|[69]|_raw|_perl_io|_pmc)?|(?:Perl_)?(?:do)?nextargv/, 'handle'),
  // Databases and archives, opened in another library or in one that comes with perl.
  c(/(?:[gs]?dbm|__db|sdbm__?)_?open|sdbm_prep|db_create|gz(?:d?open(?:64)?)|BZ2_bzd?open/, 'handle'),

  { ...perl(/sysopen\( (?:\$fh, \$code|IN, \$file), 0x40000000 \)/), as: 'value', rewritten: true },
  { ...perl(/_open_commands(?=\( '\+?<')/), rewritten: true },
  perl(/(?:sys|dbm)?open|opendir/),
  perl(/IO::File|FileHandle|IO::Zlib/),
  perl(/tempfile|(?:new_)?tmpfile|mkstemps?|open[23]|open3_\w+|dl_load_file/),
  // A file that is run: its name is computed, or written out.
  { files: PERL, lang: 'perl', token: /\b(?:do|require)\s+(?=["'$])/, as: 'value', gives: 'nothing' },
];
