/** Where a function of a program, or of a library, was when a system call was made. */
export interface Frame {
  /** The file that the code was mapped from; empty where strace could not tell. */
  readonly module: string;
  /** The nearest exported or local symbol, which in a stripped library may be another function's. */
  readonly symbol: string;
  /** Of the address from that symbol, in bytes. */
  readonly offset: number;
  /** In the module's file; the address behind the call, but for the innermost frame. */
  readonly address: number;
}

/** An open with the stack that it was made from, innermost frame first. */
export interface Opening {
  /** As the program gave it. */
  readonly path: string;
  readonly frames: readonly Frame[];
}

const OPENS = /^(?:open|openat|openat2|creat)$/;

/** The opens in what `strace -f -k -o FILE` wrote, of all processes, in order. */
export function readStacks(trace: string): Opening[] {
  const openings: { path: string; frames: Frame[] }[] = [];
  const begun = new Map<string, string>();
  let frames: Frame[] | undefined;
  for (const line of trace.split('\n')) {
    if (line.startsWith(' > ')) {
      frames?.push(frameOf(line.slice(3)));
      continue;
    }
    frames = undefined;
    const [, pid = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(rest)?.[1];
    if (unfinished !== undefined) {
      begun.set(pid, unfinished);
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
    const call = resumed === undefined ? rest : (begun.get(pid) ?? '') + resumed;
    const [, name = '', given = ''] = /^(\w+)\((.*)$/.exec(call) ?? [];
    if (!OPENS.test(name)) continue;
    frames = [];
    openings.push({ path: /"((?:[^"\\]|\\.)*)"/.exec(given)?.[1] ?? '', frames });
  }
  return openings;
}

function frameOf(text: string): Frame {
  const [, module = '', symbol = '', offset = '0', address = '0'] =
    /^(.*)\((?:(.*)\+0x([0-9a-f]+))?\) \[0x([0-9a-f]+)\]$/.exec(text) ?? [];
  return { module, symbol, offset: parseInt(offset, 16), address: parseInt(address, 16) };
}
