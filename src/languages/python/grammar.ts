import type { Grammar } from '../../parse/grammar.ts';

export const GRAMMAR: Grammar = { package: 'tree-sitter-python' };
