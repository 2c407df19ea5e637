import { Header } from 'tar';
import type { HeaderData } from 'tar';

/** One entry of an archive that is made by hand, so that it can be what no program would make. */
export interface Made extends HeaderData {
  readonly path: string;
  readonly body?: string | Buffer;
}

const BLOCK = 512;

function padded(body: Buffer): Buffer {
  return Buffer.concat([body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)]);
}

/** A plain tar archive with these entries, exactly as given. */
export function archive(entries: readonly Made[], end = true): Buffer {
  const blocks = entries.flatMap(({ body = '', ...data }) => {
    const bytes = Buffer.from(body);
    const block = Buffer.alloc(BLOCK);
    new Header({ type: 'File', mode: 0o644, mtime: new Date(1e12), size: bytes.length, ...data }).encode(
      block,
      0,
    );
    return [block, padded(bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(end ? 2 * BLOCK : 0)]);
}

/** The body of an extended header: `length key=value\n` each. */
export function pax(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([key, value]) => {
      const rest = ` ${key}=${value}\n`;
      let length = Buffer.byteLength(rest) + 1;
      while (String(length).length + Buffer.byteLength(rest) !== length) length += 1;
      return `${length}${rest}`;
    })
    .join('');
}
