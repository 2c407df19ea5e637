// What a fresh clone lacks, done once: installs the packages and builds. Plain JavaScript without dependencies,
// since it runs before there are any. Silent, and over in a few hundredths of a second, when nothing changed.
import { spawn } from 'node:child_process';
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { during } from './ticker.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['src', 'targets', 'test'];
const installStampFile = join(top, 'node_modules/.mayexec/install');
const buildStampFile = join(top, 'dist/.mayexec-build');

/** Of all that decides which packages are installed, and of node's major version, as they may be compiled for it. */
function installStamp() {
  const { dependencies, devDependencies, allowScripts } = JSON.parse(readText('package.json'));
  const major = process.versions.node.split('.')[0];
  return sum([
    readText('package-lock.json'),
    JSON.stringify({ dependencies, devDependencies, allowScripts }),
    major,
  ]);
}

/** Of all that the compiler reads. */
function buildStamp(sources) {
  const read = ['tsconfig.json', 'vitest.config.ts', ...sources];
  return sum([installStamp(), ...read.flatMap((file) => [file, readText(file)])]);
}

/** The modules to compile, sorted. */
function listSources(folders = SOURCES, ending = '.ts', base = top) {
  const found = [];
  const visit = (folder) => {
    for (const entry of readdirSync(join(base, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(name);
      else if (entry.name.endsWith(ending)) found.push(name);
    }
  };
  for (const folder of folders) if (existsSync(join(base, folder))) visit(folder);
  return found.sort();
}

async function install() {
  // npm ci would empty the folder behind the link, which may be another checkout's.
  if (lstatSync(join(top, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail('set-up failed: node_modules is a link: remove it, then run the command again');
  }
  await npm(['ci', '--include=dev'], 'npm ci', 'installing packages');
  mkdirSync(join(top, 'node_modules/.mayexec'), { recursive: true });
  writeFileSync(installStampFile, installStamp());
}

async function build(sources) {
  rmSync(buildStampFile, { force: true });
  // A module whose source is gone would still be found by whoever reads dist/.
  const dist = join(top, 'dist');
  const wanted = new Set(sources.map((file) => file.replace(/\.ts$/, '.js')));
  for (const made of listSources(SOURCES, '.js', dist)) if (!wanted.has(made)) rmSync(join(dist, made));
  // The compiler trusts its notes, not the disk: what someone deleted by hand it would not write again.
  if ([...wanted].some((file) => !existsSync(join(dist, file)))) {
    rmSync(join(dist, '.tsbuildinfo'), { force: true });
  }
  const stamp = buildStamp(sources);
  await npm(['run', '--silent', 'build'], 'npm run build', 'building');
  writeFileSync(buildStampFile, stamp);
}

/** Runs the npm that runs us, if one does; says what it is doing, and shows its output when it fails. */
async function npm(args, name, doing) {
  const own = process.env.npm_execpath;
  const [program, first] = own?.endsWith('npm-cli.js') ? [process.execPath, [own]] : ['npm', []];
  const chunks = [];
  const ended = await during(doing, (done) => {
    const child = spawn(program, [...first, ...args], { cwd: top, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => done({ how: error.message }));
    child.on('close', (status, signal) =>
      done(status === 0 ? {} : { how: signal ? `ended by ${signal}` : `exit status ${status}` }),
    );
  });
  if (ended.how === undefined) return;
  process.stderr.write(Buffer.concat(chunks));
  fail(`set-up failed: ${name}: ${ended.how}`);
}

class SetupError extends Error {}

function fail(message) {
  throw new SetupError(message);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function readText(file) {
  return readFileSync(join(top, file), 'utf8');
}

function sum(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

function isCurrent(file, stamp) {
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

function installed() {
  return isCurrent(installStampFile, installStamp());
}

function built() {
  return isCurrent(buildStampFile, buildStamp(listSources()));
}

try {
  if (!installed() || !built()) {
    await withLock(join(top, 'dist/.setup-lock'), say, async () => {
      // Asked again: another set-up may have done it while this one waited.
      if (!installed()) await install();
      if (!built()) await build(listSources());
    });
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
