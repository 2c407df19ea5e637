import { BASH } from './common.ts';

/** Words of a catalogue's head, before the tables: the magic number, the revision, how many messages, where the tables are. */
const HEAD = [0x950412de, 0, 1, 28, 36, 0, 44];

/** For messages in another language, whose catalogues lie in the folder. */
export const translated = { LC_ALL: 'C.UTF-8', LANGUAGE: 'xx', TEXTDOMAINDIR: '{folder}/catalogues' };

const folder = 'catalogues/xx/LC_MESSAGES';

/** What is opened of a catalogue, by mkdir too. */
export const catalogueOf = (domain: string): readonly string[] => [
  'catalogues',
  'catalogues/xx',
  `${folder}/${domain}.mo`,
];

/**
 * Runs `script.sh` with a catalogue of one message, as `msgfmt` writes it (GNU gettext manual, "The Format of GNU MO
 * Files").
 */
export function catalogue(domain: string, message: string, translation: string): readonly string[] {
  const at = 4 * HEAD.length + 16;
  const words = [...HEAD, message.length, at, translation.length, at + message.length + 1];
  const file = Buffer.alloc(4 * words.length);
  words.forEach((word, index) => file.writeUInt32LE(word, 4 * index));
  const bytes = [...file, ...Buffer.from(`${message}\0${translation}\0`)];
  const octal = bytes.map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
  return [
    '/bin/sh',
    '-c',
    `mkdir -p ${folder}; printf %b '${octal}' >${folder}/${domain}.mo; exec "$0" script.sh`,
    BASH,
  ];
}
