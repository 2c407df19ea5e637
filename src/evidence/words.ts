/**
 * Which of some texts hold a word, a run of letters, digits and `_`. A tree has some 100,000 words, of which few are asked
 * for: what is kept of each is a number of 32 bits, and which texts have a word of that number. That one of them holds the
 * word itself is looked at when it is asked for.
 */
export class Words {
  private readonly texts: readonly string[];
  /** The number of a word by its place in the table, where {@link heads} is not 0. */
  private numbers = new Int32Array(1 << 12);
  /** One more than the last entry of a number. */
  private heads = new Int32Array(1 << 12);
  private used = 0;
  /** The text of each entry, and one more than the entry before it of the same number. */
  private entries = new Int32Array(1 << 13);
  private count = 0;
  private readonly known = new Map<string, readonly number[]>();

  /** @param texts of latin1: each unit is below 256 */
  constructor(texts: readonly string[]) {
    this.texts = texts;
    texts.forEach((text, index) => {
      let number = 0;
      let inside = false;
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at);
        if (WORD[unit] === 1) {
          number = (Math.imul(number, FACTOR) + unit) | 0;
          inside = true;
        } else if (inside) {
          this.add(number, index);
          number = 0;
          inside = false;
        }
      }
      if (inside) this.add(number, index);
    });
  }

  /** The positions of the texts that hold a word, in order. */
  in(word: string): readonly number[] {
    const known = this.known.get(word);
    if (known) return known;
    if (word === '') return [];
    let number = 0;
    for (let at = 0; at < word.length; at += 1)
      number = (Math.imul(number, FACTOR) + word.charCodeAt(at)) | 0;
    const found: number[] = [];
    for (let entry = this.heads[this.placeOf(number)] ?? 0; entry > 0;) {
      const index = this.entries[2 * entry - 2] ?? 0;
      if (holds(this.texts[index] ?? '', word)) found.push(index);
      entry = this.entries[2 * entry - 1] ?? 0;
    }
    found.reverse();
    this.known.set(word, found);
    return found;
  }

  private add(number: number, index: number): void {
    const place = this.placeOf(number);
    const last = this.heads[place] ?? 0;
    if (last > 0 && this.entries[2 * last - 2] === index) return;
    if (2 * this.count + 2 > this.entries.length) {
      const longer = new Int32Array(2 * this.entries.length);
      longer.set(this.entries);
      this.entries = longer;
    }
    this.entries[2 * this.count] = index;
    this.entries[2 * this.count + 1] = last;
    this.count += 1;
    this.numbers[place] = number;
    this.heads[place] = this.count;
    if (last > 0) return;
    this.used += 1;
    if (2 * this.used > this.heads.length) this.grow();
  }

  /** The place of a number in the table, or the free one where it would be. */
  private placeOf(number: number): number {
    const mask = this.heads.length - 1;
    let place = (number ^ (number >>> 15)) & mask;
    while (this.heads[place] !== 0 && this.numbers[place] !== number) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { numbers, heads } = this;
    this.numbers = new Int32Array(2 * numbers.length);
    this.heads = new Int32Array(2 * heads.length);
    heads.forEach((head, at) => {
      if (head === 0) return;
      const number = numbers[at] ?? 0;
      const place = this.placeOf(number);
      this.numbers[place] = number;
      this.heads[place] = head;
    });
  }
}

/** What a word's number is multiplied by for each of its letters. */
const FACTOR = 16777619;

/** Whether a byte is one of a word: 1 where it is. */
const WORD = Uint8Array.from({ length: 256 }, (_, byte) => (/\w/.test(String.fromCharCode(byte)) ? 1 : 0));

/** Whether there is a byte of a word at an offset. */
export function isWord(text: string, at: number): boolean {
  return WORD[text.charCodeAt(at)] === 1;
}

/** Where a word is the next time, from an offset on; -1 where it is no more. */
export function nextOf(text: string, word: string, from: number): number {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + word.length))
    if (!isWord(text, at - 1) && !isWord(text, at + word.length)) return at;
  return -1;
}

function holds(text: string, word: string): boolean {
  return nextOf(text, word, 0) >= 0;
}
