import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.[ch]$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

const python = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.py$/,
  lang: 'python',
  token,
  as: 'callee',
  gives,
});

/**
 * The functions by which CPython opens files.
 *
 * C: libc's, Windows', CPython's own before them, and `open` of the module _io where C calls it by its name.
 *
 * Lib: whatever opens a file that is named to it, be it built in (`open`, `os.open`, `FileIO`) or a function of Lib
 * that is known by another name (`read_text`, `GzipFile`, `mkstemp`, `CDLL`), and what gives code of a file
 * (`get_data`, `run_path`). Left out are
 * - functions that pass a name on to one of these within Lib (`shutil.copyfile`, `ConfigParser.read`,
 *   `mimetypes.init`): the place where they open it is in the census;
 * - `import` itself, `importlib.import_module`, `run_module`: they name modules, and importlib opens their files;
 * - directories (`listdir`, `scandir`, `walk`) and metadata (`stat`), whose bytes nobody runs;
 * - programs (`subprocess`, `os.exec*`, `os.spawn*`): execve is the kernel's own check; `popen` is listed for its name;
 * - databases and certificates (`sqlite3.connect`, `load_cert_chain`), which are data opened by other libraries;
 * - sockets, and what Windows alone has (`CreateFile`, `CreateNamedPipe`).
 */
export const openers: readonly Opener[] = [
  { ...c(/_Py_open_code|_Py_w?fopen_code(?:_obj)?/, 'fd'), rewritten: true },
  {
    files: /^Objects\/fileobject\.c$/,
    lang: 'c',
    // The default of io.open_code with the opener that this kit gives it.
    token: /(?:&_Py_ID\(open\)|&PyId_open|\bopen), "OsiOOOOO"/,
    as: 'argument',
    gives: 'object',
    rewritten: true,
  },
  {
    files: /^Objects\/fileobject\.c$/,
    lang: 'c',
    // The same where it was looked up into a variable, in 3.13.
    token: /\bopen, "Os"/,
    as: 'argument',
    gives: 'object',
  },
  {
    files: /\.[ch]$/,
    lang: 'c',
    // A method called by its interned name, and one looked up by its name.
    token: /&_Py_ID\(open\)|&PyId_open\b|, "(?:open|run_path)"(?=\))/,
    as: 'argument',
    gives: 'object',
  },
  { files: /\.[ch]$/, lang: 'c', token: /\(PyObject \*\)&PyFileIO_Type/, as: 'value', gives: 'object' },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|_w?s?open|shm_open|mq_open|posix_openpt|openpty/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|_wfopen|_wpopen|fmemopen|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir|ftw|nftw/, 'nothing'),
  c(/f?dopendir|opendir|sem_open|dlm?open|LoadLibrary(?:Ex)?[AW]?|CreateFile[AW]?/, 'handle'),
  { files: /\.[ch]$/, lang: 'c', token: /SYS_open(?:at)?(?=,)/, as: 'argument', gives: 'fd' },
  c(/_Py_open(?:_noraise)?/, 'fd'),
  c(/_Py_w?fopen(?:_obj)?|Py_fopen/, 'FILE'),
  c(/PyFile_FromFd|PyFile_OpenCode(?:Object)?/, 'object'),
  // Opened in another library.
  c(/sqlite3_open(?:_v2|16)?|gdbm_open|dbm_open|sqlite3_load_extension/, 'handle'),
  c(/Tcl_EvalFile|rl_read_init_file|(?:read|write|append)_history|history_truncate_file/, 'nothing'),
  c(/SSL_CTX_(?:load_verify_locations|use_certificate_chain_file|use_PrivateKey_file)/, 'nothing'),

  { ...python(/open_code/, 'object'), rewritten: true },
  python(/open|popen|fdopen|FileIO/, 'object'),
  // What modules with an `open` of their own call the built-in one.
  python(/_builtin_open|bltn_open/, 'object'),
  python(/(?:open|read)_(?:text|binary)|(?:read|write)_(?:text|bytes)/, 'object'),
  python(/FileInput|fileinput\.input|hook_compressed|hook_encoded|DbfilenameShelf/, 'object'),
  python(/GzipFile|BZ2File|LZMAFile|ZstdFile|(?:Py)?ZipFile|TarFile|(?:tar|gz|bz2|xz|zst)open/, 'object'),
  python(/mk[sd]?temp|(?:Named|Spooled)?TemporaryFile|TemporaryDirectory/, 'object'),
  python(/getlines?|updatecache/, 'object'),
  python(/get_(?:data|code|source)|load_(?:source|compiled|dynamic|package|module)/, 'object'),
  python(/run_path|_get_code_from_file|execfile/, 'object'),
  python(/py_compile\.compile|compile_(?:file|dir|path)|byte_compile/, 'nothing'),
  python(/CDLL|PyDLL|WinDLL|OleDLL|LoadLibrary|_?dlopen|create_dynamic|load_extension/, 'handle'),
  {
    files: /^Lib\/tkinter\//,
    lang: 'python',
    // Tcl's command, called by its name.
    token: /'source'/,
    as: 'argument',
    gives: 'nothing',
  },
];
