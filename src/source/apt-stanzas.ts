/** A suite of one archive, as a source that apt can be given by itself. */
export interface SuiteSource {
  /** For messages: the suite and the archive's address. */
  readonly label: string;
  /** As the system's own source names it, for instance `stable-updates`. */
  readonly suite: string;
  /** The form of {@link text}, which is the ending that apt wants of the file. */
  readonly form: 'sources' | 'list';
  /** A `deb-src` stanza or line with all options that the system's own has, the keyring among them. */
  readonly text: string;
}

/** Fields that are written anew; what a disabled stanza or a binary package needs is left out. */
const REPLACED = new Set(['types', 'uris', 'suites', 'enabled', 'architectures']);

/**
 * The suites of a file in the deb822 form (sources.list(5)), each with each address by itself: what a
 * suite needs of its stanza is kept, also a key that is written in the stanza.
 */
export function suitesOfStanzas(text: string): SuiteSource[] {
  return paragraphs(text).flatMap((fields) => {
    if (/^(no|false|0|off|without|disable)$/i.test(words(fields, 'enabled')[0] ?? 'yes')) return [];
    if (!words(fields, 'types').some((type) => type === 'deb' || type === 'deb-src')) return [];
    const kept = [...fields].filter(([name]) => !REPLACED.has(name)).map(([, field]) => `${field}\n`);
    return words(fields, 'uris')
      .filter(isReachable)
      .flatMap((uri) =>
        words(fields, 'suites').map((suite) => ({
          label: `${suite} of ${uri}`,
          suite,
          form: 'sources' as const,
          text: `Types: deb-src\nURIs: ${uri}\nSuites: ${suite}\n${kept.join('')}`,
        })),
      );
  });
}

/** The suites of a file in the one-line form (sources.list(5)): `deb [options] uri suite component...`. */
export function suitesOfLines(text: string): SuiteSource[] {
  return text.split('\n').flatMap((whole) => {
    const match = /^\s*deb(?:-src)?\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)([^#]*)/.exec(whole.replace(/#.*/, ''));
    if (match === null) return [];
    const [, options = '', uri = '', suite = '', components = ''] = match;
    if (!isReachable(uri)) return [];
    const kept = options.split(/[[\]\s]+/).filter((option) => option !== '' && !/^arch[+-]?=/.test(option));
    const line = [
      'deb-src',
      ...(kept.length > 0 ? [`[${kept.join(' ')}]`] : []),
      uri,
      suite,
      ...components.trim().split(/\s+/),
    ];
    return [
      {
        label: `${suite} of ${uri}`,
        suite,
        form: 'list' as const,
        text: `${line.join(' ').trimEnd()}\n`,
      },
    ];
  });
}

/** The same suite for its binary packages. */
export function ofBinaries(suite: SuiteSource): SuiteSource {
  return { ...suite, text: suite.text.replace(/^(Types: )?deb-src$/m, '$1deb').replace(/^deb-src /, 'deb ') };
}

/** A disc would have to be put in. */
function isReachable(uri: string): boolean {
  return !uri.startsWith('cdrom:');
}

/** Each stanza's fields: the name in lower case, and the field as it is written, with its further lines. */
function paragraphs(text: string): Map<string, string>[] {
  const found: Map<string, string>[] = [];
  let fields = new Map<string, string>();
  let last: string | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue;
    if (line.trim() === '') {
      if (fields.size > 0) found.push(fields);
      fields = new Map();
      last = undefined;
    } else if (/^[ \t]/.test(line)) {
      if (last !== undefined) fields.set(last, `${fields.get(last) ?? ''}\n${line}`);
    } else {
      last = line.replace(/\s*:.*/s, '').toLowerCase();
      fields.set(last, line);
    }
  }
  if (fields.size > 0) found.push(fields);
  return found;
}

function words(fields: ReadonlyMap<string, string>, name: string): string[] {
  const field = fields.get(name) ?? '';
  return field
    .slice(field.indexOf(':') + 1)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/**
 * The same archives in another suite: for a release that is only there. Only suites that are archives of their own
 * are taken as models, not those that a `-` or `/` marks as a part of another.
 *
 * @param suites of the system
 * @param name the suite wanted
 */
export function inSuite(suites: readonly SuiteSource[], name: string): SuiteSource[] {
  const known = new Set(suites.map((one) => one.label));
  const made = new Map<string, SuiteSource>();
  for (const one of suites) {
    if (/[-/]/.test(one.suite)) continue;
    const label = one.label.replace(one.suite, name);
    // In both forms the suite stands as a word of its own; the first is it, the address before it holds no blank.
    const text = one.text.replace(
      new RegExp(`(\\s)${one.suite.replace(/[.+]/g, '\\$&')}(?=\\s)`),
      `$1${name}`,
    );
    if (!known.has(label)) made.set(label, { ...one, label, suite: name, text });
  }
  return [...made.values()];
}
