import { describe, expect, it } from 'vitest';
import { inSuite, ofBinaries, suitesOfLines, suitesOfStanzas } from '../../src/source/apt-stanzas.ts';

describe('stanzas', () => {
  it('become one source for each suite at each address, with the keyring', () => {
    const suites = suitesOfStanzas(`# the system's own
Types: deb
# an old address
URIs: http://one.example/debian/ http://two.example/debian
Suites: stable stable-updates
Components: main contrib
Architectures: amd64
Signed-By: /usr/share/keyrings/archive.gpg


types: deb deb-src
uris: http://one.example/security
suites: stable-security
components: main
`);
    expect(suites.map(({ label }) => label)).toEqual([
      'stable of http://one.example/debian/',
      'stable-updates of http://one.example/debian/',
      'stable of http://two.example/debian',
      'stable-updates of http://two.example/debian',
      'stable-security of http://one.example/security',
    ]);
    expect(suites[1]?.text).toBe(`Types: deb-src
URIs: http://one.example/debian/
Suites: stable-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg
`);
    expect(suites[4]?.text).toBe(`Types: deb-src
URIs: http://one.example/security
Suites: stable-security
components: main
`);
  });

  it('keep a key that stands in them, and fields that go over several lines', () => {
    const [suite] = suitesOfStanzas(`Types: deb
URIs:
 http://one.example/debian
Suites: ./
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
# not a part of it
 abcd==
 -----END PGP PUBLIC KEY BLOCK-----`);
    expect(suite?.label).toBe('./ of http://one.example/debian');
    expect(suite?.text).toContain(`Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abcd==
 -----END PGP PUBLIC KEY BLOCK-----
`);
  });

  it('that are switched off, of another kind, or on a disc are left out', () => {
    expect(suitesOfStanzas('Types: deb\nURIs: http://a.example\nSuites: s\nEnabled: no\n')).toEqual([]);
    expect(suitesOfStanzas('Types: rpm\nURIs: http://a.example\nSuites: s\n')).toEqual([]);
    expect(suitesOfStanzas('Types: deb\nURIs: cdrom:[disc]/\nSuites: s\n')).toEqual([]);
    expect(suitesOfStanzas('')).toEqual([]);
  });
});

describe('lines', () => {
  it('become source lines, with their options but for the architecture', () => {
    const suites = suitesOfLines(`# deb http://off.example/debian stable main
deb http://one.example/debian stable main contrib # why
deb [arch=amd64 signed-by=/k.gpg] http://two.example/debian stable-updates main
deb [ arch=amd64,arm64 ] http://three.example/debian ./
  deb-src\t[trusted=yes]   http://four.example/debian   stable  main
deb cdrom:[Debian 12 - amd64]/ stable main
rpm http://five.example x y
`);
    expect(suites.map(({ text }) => text)).toEqual([
      'deb-src http://one.example/debian stable main contrib\n',
      'deb-src [signed-by=/k.gpg] http://two.example/debian stable-updates main\n',
      'deb-src http://three.example/debian ./\n',
      'deb-src [trusted=yes] http://four.example/debian stable main\n',
    ]);
  });
});

describe('another suite of the same archives', () => {
  const stanza =
    'Types: deb\nURIs: http://stable.example/debian\nSuites: stable stable-updates\nComponents: main\nSigned-By: /k\n';
  const line = 'deb [arch=amd64 signed-by=/k] http://stable.example/debian stable main contrib\n';

  it('a stanza and a line are asked for it with all that they have besides', () => {
    const [made, ...more] = inSuite(suitesOfStanzas(stanza), 'old');
    expect(more).toEqual([]);
    expect(made?.text).toContain('Suites: old\n');
    expect(made?.text).toContain('URIs: http://stable.example/debian\n');
    expect(made?.text).toContain('Signed-By: /k');
    expect(inSuite(suitesOfLines(line), 'old')[0]?.text).toBe(
      'deb-src [signed-by=/k] http://stable.example/debian old main contrib\n',
    );
  });

  it('a suite that the system has already is not asked twice', () => {
    expect(inSuite(suitesOfLines(line), 'stable')).toEqual([]);
  });
});

it('a suite of sources has binaries as well', () => {
  const [line] = suitesOfLines('deb-src [trusted=yes] http://deb-src.example/debian stable main\n');
  const [stanza] = suitesOfStanzas('Types: deb-src\nURIs: http://one.example/\nSuites: stable\n');
  if (line === undefined || stanza === undefined) throw new Error('no suite');
  expect(ofBinaries(line).text).toBe('deb [trusted=yes] http://deb-src.example/debian stable main\n');
  expect(ofBinaries(stanza).text).toBe('Types: deb\nURIs: http://one.example/\nSuites: stable\n');
});
