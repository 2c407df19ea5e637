import type { Grammar } from '../../parse/grammar.js';

export const GRAMMAR: Grammar = { package: 'tree-sitter-python' };
