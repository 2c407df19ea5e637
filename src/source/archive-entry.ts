/** What an archive says of one entry, before anything of it is believed. */
export interface ArchiveEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'symlink' | 'hardlink' | 'other';
  /** The archive's own name of the kind, for messages. */
  readonly type: string;
  /** Of a link: where it points; empty for the other kinds. */
  readonly target: string;
  /** Permission bits. */
  readonly mode: number;
  /** In ms since 1970. */
  readonly mtime: number;
}

/** An entry that may be unpacked. */
export interface SafeEntry {
  readonly entry: ArchiveEntry;
  /** Relative to the tree: the archive's one top folder is left out, so that the folder itself is ''. */
  readonly name: string;
  /** Of a hard link, the file that it is another name of, relative to the tree. */
  readonly linked: string;
}
