import type { PinnedRelease, Tree } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { withCapabilities } from '../../src/target/pinned.ts';
import { readAnswers } from '../../src/target/read-answers.ts';
import { readLocks } from '../../src/target/read-locks.ts';
import { readRules } from '../../src/target/read-rules.ts';
import { recipe } from './build.ts';
import { capabilities } from './capabilities.ts';
import { edits } from './edits/index.ts';
import { entries } from './entries.ts';
import { openers } from './openers.ts';
import { cover, patches } from './patches.ts';
import { dead, language, notShipped } from './sources.ts';
import { wrappers } from './wrappers.ts';

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  {
    version: '5.4.4',
    date: '2022-01-26',
    tarball: {
      file: 'lua5.4_5.4.4.orig.tar.gz',
      sha256: '164c7849653b80ae67bec4b7473b884bf5cc8d2dca05653475ec2ed27b9ebf61',
      urls: ['https://www.lua.org/ftp/lua-5.4.4.tar.gz'],
      debian: { source: 'lua5.4', upstream: '5.4.4', suites: ['bookworm'] },
    },
  },
  {
    version: '5.4.7',
    date: '2024-06-25',
    tarball: {
      file: 'lua5.4_5.4.7.orig.tar.gz',
      sha256: '9fbf5e28ef86c69858f6d3d34eccc32e911c1a28b4120ff3e84aaa70cfbf1e30',
      urls: ['https://www.lua.org/ftp/lua-5.4.7.tar.gz'],
      debian: { source: 'lua5.4', upstream: '5.4.7', suites: ['trixie'] },
    },
  },
  {
    version: '5.4.2',
    date: '2020-12-03',
    tarball: {
      file: 'lua5.4_5.4.2.orig.tar.gz',
      sha256: '11570d97e9d7303c0a59567ed1ac7c648340cd0db10d5fd594c09223ef2f524f',
      urls: ['https://www.lua.org/ftp/lua-5.4.2.tar.gz'],
      debian: { source: 'lua5.4', upstream: '5.4.2', suites: ['bullseye'] },
    },
  },
  // Its date is that of the newest file in the archive.
  {
    version: '5.4.9',
    date: '2026-08-10',
    tarball: {
      file: 'lua5.4_5.4.9.orig.tar.gz',
      sha256: '2335b6c582a52654f94612bf10d2f4672805d05329aa6568b1d8cd9e5c6fb8e6',
      urls: ['https://www.lua.org/ftp/lua-5.4.9.tar.gz'],
      debian: { source: 'lua5.4', upstream: '5.4.9', suites: ['forky', 'sid'] },
    },
  },
];

/** The release that a tree is, by what it says itself. */
function recognise(tree: Tree): string | undefined {
  if (!['src/lua.c', 'src/lauxlib.c', 'src/loadlib.c'].every((file) => tree.has(file))) return undefined;
  const text = tree.read('src/lua.h');
  const of = (name: string): string | undefined =>
    new RegExp(`^#define LUA_VERSION_${name}\\s+"(\\d+)"`, 'm').exec(text)?.[1];
  return `${of('MAJOR')}.${of('MINOR')}.${of('RELEASE')}`;
}

const locks = readLocks('lua');

export const target = defineTarget({
  name: 'lua',
  title: 'Lua',
  opens:
    'scripts, files of `dofile`, `loadfile`, `require` and `LUA_INIT`, precompiled or not; C modules (optional, off by default)',
  templates: 'targets/lua/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  masks: [],
  dead,
  openers,
  evaluates: {
    c: ['lua_load', 'luaL_loadbuffer', 'luaL_loadbufferx', 'luaL_loadfile', 'luaL_loadfilex', 'dlopen'],
  },
  locks,
  rules: readRules('lua'),
  answers: readAnswers('lua'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /(?<=if \()luaL_input_denied\(\)/, allows: '0' },
    { call: /(?<=if \()luaL_interactive_denied\(way\)/, allows: '0' },
    { call: /(?<=if \()luaL_interactive_denied\(LUAL_CODE_INPUT\)/, allows: '0' },
    { call: /(?<=!)luaL_code_passes\(fileno\(stdin\)\)/, allows: '1' },
    { call: /(?<=&& )luaL_interactive_denied\(LUAL_CODE_INPUT\)/, allows: '0' },
  ],
  build: recipe,
  copyright: 'Lua.org, PUC-Rio',
  license: 'MIT',
});
