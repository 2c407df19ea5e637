import type { Rule } from '../../../src/target/contract.js';
import { at, counts } from './places.js';

/** Files that say what is to be done. */
export const settingRules: readonly Rule[] = [
  at(
    {
      'Lib/_osx_support.py': ['_get_system_version'],
      'Lib/configparser.py': ['RawConfigParser.read'],
      'Lib/distutils/command/bdist_rpm.py': ['bdist_rpm._make_spec_file'],
      'Lib/distutils/command/config.py': ['dump_file'],
      'Lib/distutils/command/sdist.py': ['sdist._manifest_is_not_generated', 'sdist.read_manifest'],
      'Lib/distutils/cygwinccompiler.py': ['check_config_h'],
      'Lib/distutils/dist.py': ['DistributionMetadata.__init__'],
      'Lib/distutils/msvc9compiler.py': ['MSVCCompiler._remove_visual_c_ref'],
      'Lib/distutils/text_file.py': ['TextFile.__init__', 'TextFile.open'],
      'Lib/idlelib/config.py': ['IdleConfParser.Load'],
      'Lib/idlelib/macosx.py': ['readSystemPreferences'],
      'Lib/mimetypes.py': ['MimeTypes.read', 'read_mime_types'],
      'Lib/platform.py': ['libc_ver', '_mac_ver_xml', 'freedesktop_os_release'],
      'Lib/sysconfig.py': ['_parse_makefile'],
      'Lib/sysconfig/__main__.py': ['_parse_makefile'],
      'Lib/turtle.py': ['config_dict'],
    },
    {
      id: 'configuration',
      sites: counts({ '3.9': 19, '3.11': 20, '3.13': 10, '3.13.15': 11 }),
      verdict: 'exempt',
      roles: ['config'],
      why: 'settings and descriptions that are parsed and not run: INI files (of which logging.config.fileConfig evaluates some values, after it has them from configparser), MIME types, os-release, manifests, makefiles',
    },
  ),
  at(
    {
      'Lib/gettext.py': ['translation'],
      'Lib/mailcap.py': ['getcaps'],
    },
    {
      id: 'configuration-that-runs',
      sites: counts({ '3.9': 2, '3.11': 2, '3.13': 1 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['config'],
      why: 'mailcap: the test= of an entry is a command; gettext: the plural form of a catalogue becomes a function once its tokens are checked; no patch of this series marks them',
    },
  ),
  at(
    {
      'Lib/site.py': ['venv'],
    },
    {
      id: 'venv',
      sites: 1,
      verdict: 'policy',
      default: 'exempt',
      roles: ['config'],
      why: 'pyvenv.cfg, which moves sys.path and holds no code; Modules/getpath.c reads it as well, and the optional patch of role config opens both as code',
    },
  ),
  at(
    {
      'Lib/pkgutil.py': ['extend_path'],
    },
    {
      id: 'package-path',
      sites: 1,
      verdict: 'policy',
      default: 'exempt',
      roles: ['config'],
      why: '*.pkg files, which add to the path of a package and hold no code',
    },
  ),
  at(
    {
      'Lib/lib2to3/pgen2/grammar.py': ['Grammar.load'],
    },
    {
      id: 'grammar-pickle',
      sites: counts({ '3.9': 1, '3.11': 1 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['data'],
      why: "lib2to3's grammar from the user's cache: a pickle, and the caller of an unpickler picks whom to trust",
    },
  ),
  at(
    {
      'Lib/multiprocessing/spawn.py': ['_main'],
    },
    {
      id: 'spawn-pipe',
      sites: 1,
      verdict: 'policy',
      default: 'exempt',
      roles: ['process'],
      why: 'what the parent of a spawned process pickled for it, from a pipe that has no name',
    },
  ),
];
