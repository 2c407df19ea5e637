/** What a guide to hardening asks of files: the most bits that their modes may have. */
export interface Guide {
  /** Matched against the path on the installed system. */
  readonly files: RegExp;
  readonly most: number;
  /** Who asks, and where. */
  readonly who: string;
}

/**
 * Those of the guides in force that name files which may be code; docs/deploy.md says where each was read. What they ask
 * of a library (0755 or less) no x bit offends.
 */
const GUIDES: readonly Guide[] = [
  {
    files: /^\/(?:etc\/skel|root|home\/[^/]+)\/\.[^/]+$/,
    most: 0o644,
    who: 'CIS ("local interactive user dot files access"): no x for anybody',
  },
  {
    files: /^\/(?:etc\/skel|root|home\/[^/]+)\/\.[^/]+$/,
    most: 0o740,
    who: 'STIG (RHEL-09-232045): 0740 or less',
  },
  { files: /^\/etc\/(?:motd|issue|issue\.net|passwd-?|group-?)$/, most: 0o644, who: 'CIS: 0644 or less' },
  { files: /^\/etc\/(?:crontab|ssh\/sshd_config)$/, most: 0o600, who: 'CIS: 0600 or less' },
];

/**
 * The guides that x bits for a file would offend; what it offends already is not counted.
 *
 * @param path on the installed system
 * @param before its permission bits
 * @param after those that it would have
 */
export function guidesAgainst(path: string, before: number, after: number): readonly Guide[] {
  const more = after & ~before;
  return GUIDES.filter(({ files, most }) => (more & ~most) !== 0 && files.test(path));
}
