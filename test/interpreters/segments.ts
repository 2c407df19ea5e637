import { closeSync, openSync, readSync } from 'node:fs';

/** The type of a program header that is loaded: PT_LOAD (elf.h). */
const LOADED = 1;

/** A part of a program, and where it is loaded; all in bytes. */
interface Segment {
  readonly offset: number;
  readonly size: number;
  readonly address: number;
}

/**
 * The address that a place in a program's file is linked for. strace shows places in the file; the two are the same
 * where a program can be loaded anywhere, and differ where it is linked for one address.
 *
 * @param file an ELF file of 64 bits, little end first, as gcc makes them for x86-64 and aarch64
 * @param offset in bytes from its begin
 * @throws Error for another file, and for a place that is in no part that is loaded
 */
export function linkedAt(file: string, offset: number): number {
  const segment = segmentsOf(file).find((one) => one.offset <= offset && offset < one.offset + one.size);
  if (segment === undefined) throw new Error(`${file}: nothing is loaded from byte ${offset}`);
  return offset - segment.offset + segment.address;
}

/** The parts of a program that are loaded: the layout is that of Elf64_Ehdr and Elf64_Phdr (elf.h). */
function segmentsOf(file: string): readonly Segment[] {
  const header = bytesOf(file, 0, 64);
  if (header.length < 64 || header.readUInt32BE(0) !== 0x7f454c46 || header[4] !== 2 || header[5] !== 1)
    throw new Error(`${file} is no ELF file of 64 bits, little end first`);
  const from = Number(header.readBigUInt64LE(32));
  const [size, count] = [header.readUInt16LE(54), header.readUInt16LE(56)];
  const table = bytesOf(file, from, size * count);
  const entries = Array.from({ length: count }, (_, index) =>
    table.subarray(index * size, (index + 1) * size),
  );
  return entries.flatMap((entry) => {
    const eight = (at: number): number => Number(entry.readBigUInt64LE(at));
    return entry.readUInt32LE(0) === LOADED
      ? [{ offset: eight(8), address: eight(16), size: eight(32) }]
      : [];
  });
}

function bytesOf(file: string, from: number, length: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, from));
  } finally {
    closeSync(descriptor);
  }
}
