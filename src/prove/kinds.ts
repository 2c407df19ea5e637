import type { Kind } from './local.ts';

/** The beds of the running kernel. A kernel of one's own is a bed from elsewhere. */
export const bedKinds: readonly Kind[] = [
  {
    name: 'supervisor',
    mechanism: 'flag',
    policies: [0, 1, 2, 3],
    supervised: String,
    restricted: () => false,
  },
  {
    name: 'securebits',
    mechanism: 'check',
    policies: [0, 3],
    supervised: () => 'none',
    restricted: (policy) => policy !== 0,
  },
  { name: 'stock', mechanism: 'none', policies: [0], supervised: () => 'none', restricted: () => false },
];
