import type { Grammar } from '../../parse/grammar.ts';

/** Of C, a few stretches of a few files are parsed. */
export const GRAMMAR: Grammar = { package: 'tree-sitter-c', fast: true };
