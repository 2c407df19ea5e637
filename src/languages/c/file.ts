import type { Node, Parser } from 'web-tree-sitter';
import type { Site, Span, Target } from '../../target/contract.ts';
import { ancestor, Syntax } from '../../parse/syntax.ts';
import { ahead, back, callOf, holderOf, isMember } from './around.ts';
import { folded } from '../folded.ts';
import { blockAt } from './blocks.ts';
import type { Block } from './blocks.ts';
import type { Hit } from '../hits.ts';
import { declaredBefore } from './declared.ts';
import { guardsAt } from './directives.ts';
import type { Directive } from './directives.ts';
import type { Judge } from '../language.ts';
import { Slices } from '../slices.ts';
import { Layout, masksOf } from './layout.ts';
import { codeOnly, regionAt } from '../regions.ts';
import { regionsOf } from './regions.ts';
import type { Region } from '../regions.ts';
import { span } from '../site.ts';
import { statementAround } from './statement.ts';
import type { Judged } from '../site.ts';

// A statement is parsed in a function of our own: the real one may be a K&R definition or be made of macros, which
// stop the parser, and is long.
const BEFORE = 'void f() {';
const AFTER = ';}';

// What comes before `name (` and leaves no doubt that it is a call: an operator that declares nothing.
const OPERATOR = /[=!<>?|]$|&&$|\breturn$/;

// Words before `name (` that make it a call although they look like a type.
const NO_TYPES = /(?:^|\W)(?:return|else|do|case|goto|sizeof|typeof|__typeof__)$/;

// `API(FILE *)` before a name: a macro around the type that a function gives.
const MACRO_OF_TYPE = /\b[A-Za-z_]\w*\s*\((?:\s*(?:const|struct|unsigned)\b)*\s*[A-Za-z_]\w*[\s*]*\)$/;

/** A statement with the `if`, `else` or loop that it is the whole body of, so that its condition can be read. */
function controlling(statement: Node): Node {
  const parent = statement.parent;
  const controls = parent && /^(?:if|while|for|do)_statement$|^else_clause$/.test(parent.type);
  return controls ? controlling(parent) : statement;
}

/** Whether the text in a declarator's parentheses declares: nothing, or types with more than a bare name. */
function declaresParameters(declarator: Node): boolean {
  const parameters = declarator.childForFieldName('parameters')?.namedChildren ?? [];
  return parameters.every(
    (one) =>
      one.type === 'variadic_parameter' ||
      (one.type === 'parameter_declaration' &&
        (one.childForFieldName('declarator') !== null ||
          one.childForFieldName('type')?.type !== 'type_identifier')),
  );
}

/** Whether a name that is parsed as a type is one: it has a tag before it, or declares something. */
function isType(node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (/^(?:struct|union|enum)_specifier$/.test(parent.type)) return true;
  return parent.childForFieldName('type')?.id === node.id && parent.childForFieldName('declarator') !== null;
}

/**
 * Where a word begins that is no part of a longer one, or -1. There is one to look for at each hit, and a regular
 * expression for it takes far longer to make than this takes to search.
 */
function indexOfWord(text: string, word: string): number {
  const inWord = (at: number): boolean => /\w/.test(text.charAt(at));
  let at = text.indexOf(word);
  while (at >= 0 && (inWord(at - 1) || inWord(at + word.length))) at = text.indexOf(word, at + 1);
  return at;
}

/** Whether parentheses follow behind the macro that old prototypes have around their parameters. */
function calledByMacro(code: string, hit: Hit): boolean {
  return /^\s*[A-Z_]\w*\s*\(\(/.test(code.slice(hit.end, hit.end + 200));
}

/** Whether the text in parentheses is passed and not declared. */
function passes(call: string): boolean {
  return /["']|->|&\s*\w|\bO_[A-Z]/.test(call);
}

/** Judges the hits in one C file. */
export class CFile implements Judge {
  private readonly file: string;
  private readonly text: string;
  private readonly target: Pick<Target, 'masks' | 'dead'>;
  private readonly parser: Parser;
  private readonly regions: readonly Region[];
  private made: Layout | undefined;
  private readonly parsed = new Slices();

  /**
   * @param file its name
   * @param text its bytes as latin1
   * @param target whose masks and dead conditions apply
   * @param parser of C
   */
  constructor(file: string, text: string, target: Pick<Target, 'masks' | 'dead'>, parser: Parser) {
    this.file = file;
    this.text = text;
    this.target = target;
    this.parser = parser;
    this.regions = regionsOf(text, masksOf(target.masks, file));
  }

  /** How the file is laid out. Many files hold hits in comments alone: those never need it. */
  get layout(): Layout {
    return (this.made ??= new Layout(this.text, this.regions));
  }

  /** The layout, where it was needed. */
  get outline(): Layout | undefined {
    return this.made;
  }

  /** How many statements had to be parsed for the answers so far. */
  get slices(): number {
    return this.parsed.count;
  }

  /** Frees the parsed slices. */
  free(): void {
    this.parsed.free();
  }

  /**
   * Says what a hit is.
   *
   * @param wanted `call` for whoever needs nothing of the statement around a call: where the text tells that it is one no
   * parser is asked, and the call is given as its statement
   */
  judge(hit: Hit, wanted: 'statement' | 'call' = 'statement'): Judged {
    const region = regionAt(this.regions, hit.start);
    const isText = hit.opener.as !== 'callee';
    if (region && !(isText && region.kind === 'string')) return { other: region.kind };
    const guards = guardsAt(this.layout.steps, hit.start);
    if (this.target.dead.some((dead) => guards.some((guard) => dead.test(guard)))) return { other: 'dead' };

    const directive = this.layout.directives.find((one) => hit.start >= one.start && hit.start < one.end);
    if (directive) return this.inDirective(hit, directive, guards);
    const block = blockAt(this.layout.blocks, hit.start);
    if (block?.name !== undefined) return this.inFunction(hit, block, block.name, guards, wanted);
    return this.outside(hit, block, guards);
  }

  private inDirective(hit: Hit, directive: Directive, guards: readonly string[]): Judged {
    const define = directive.define;
    if (define === undefined || hit.start < define.body.start) return { other: 'directive' };
    const { as } = hit.opener;
    const parameter = (): boolean => new RegExp(`[(,]\\s*${this.word(hit)}\\s*[,)]`).test(define.parameters);
    if (as === 'callee' && (parameter() || isMember(this.text, this.regions, hit.start)))
      return { other: 'local' };
    const { start } = define.body;
    const call = as === 'argument' ? holderOf(this.text, this.regions, hit, start) : this.callSpan(hit);
    const kind = as === 'value' ? 'text' : call ? 'macro' : 'value';
    const owner = { kind: 'define' as const, name: define.name.text };
    return this.site(hit, kind, owner, guards, { call, statement: define.body, owner: define.body });
  }

  private inFunction(
    hit: Hit,
    block: Block,
    name: string,
    guards: readonly string[],
    wanted: 'statement' | 'call',
  ): Judged {
    const header = this.layout.code.slice(block.header.start, block.header.end);
    const word = this.word(hit);
    const isName = hit.opener.as === 'callee';
    const nameAt = block.header.start + indexOfWord(header, name);
    // What comes before a function's name need not belong to it: a macro that takes no semicolon.
    if (hit.start < nameAt) return this.outside(hit, undefined, guards);
    if (isName && hit.start < block.body.start) return { other: word === name ? 'prototype' : 'local' };
    if (isName && isMember(this.text, this.regions, hit.start)) return { other: 'local' };
    // A variable or parameter of that name that is not called: no parser need be asked, and these are many.
    const parameters = header.slice(nameAt - block.header.start + name.length);
    const { code } = this.layout;
    const shadowed = (): boolean =>
      indexOfWord(parameters, word) >= 0 || declaredBefore(code, block.body.start, hit.start, word);
    const call = isName ? this.callSpan(hit) : undefined;
    if (isName && !call && shadowed()) return { other: 'local' };
    const owner = { kind: 'function' as const, name };
    if (wanted === 'call' && call) {
      const before = back(code, [], hit.start);
      if (OPERATOR.test(code.slice(Math.max(block.body.start, before - 8), before)))
        return this.site(hit, 'call', owner, guards, { call, statement: undefined, owner: block.span });
    }
    const syntax = this.syntaxOf(block, hit);
    const node = syntax.at(hit.start, hit.end);
    const statement = ancestor(
      node,
      (at) => /_statement$|^declaration$/.test(at.type) && !at.type.startsWith('compound'),
    );
    const saying = statement && controlling(statement);
    const where = {
      statement: statement ? span(syntax.start(statement), syntax.end(statement)) : undefined,
      saying: saying ? span(syntax.start(saying), syntax.end(saying)) : undefined,
      owner: block.span,
    };
    if (hit.opener.as === 'value')
      return this.site(hit, 'text', owner, guards, { ...where, call: undefined });
    if (hit.opener.as === 'argument') {
      const holder = ancestor(
        node,
        (at) => at.type === 'call_expression' && (syntax.start(at) < hit.start || syntax.end(at) > hit.end),
      );
      const within = holder ? span(syntax.start(holder), syntax.end(holder)) : undefined;
      return this.site(hit, holder ? 'call' : 'text', owner, guards, { ...where, call: within });
    }

    const parent = node.parent;
    if (node.type === 'field_identifier' || node.type === 'statement_identifier') return { other: 'local' };
    if (node.type === 'type_identifier' && isType(node)) return { other: 'local' };
    if (parent?.type === 'call_expression' && parent.childForFieldName('function')?.id === node.id) {
      return this.site(hit, 'call', owner, guards, { ...where, call });
    }
    if (parent && /declarator$|^declaration$|^parameter_declaration$/.test(parent.type)) {
      const value = parent.type === 'init_declarator' && parent.childForFieldName('value')?.id === node.id;
      // `MACRO open (name, O_RDONLY);` looks like a declaration, and is a call behind a macro.
      const disguised = parent.type === 'function_declarator' && !declaresParameters(parent);
      if (disguised) return this.site(hit, 'call', owner, guards, { ...where, call });
      if (!value) return { other: parent.type === 'function_declarator' ? 'prototype' : 'local' };
    }
    return this.site(hit, call ? 'call' : 'value', owner, guards, { ...where, call });
  }

  /** Outside of functions: a prototype, a member, a macro's use, or a name in an initialiser. */
  private outside(hit: Hit, block: Block | undefined, guards: readonly string[]): Judged {
    const owner = { kind: 'file' as const, name: '-' };
    const whole = block?.span ?? this.lineSpan(hit);
    if (hit.opener.as !== 'callee') {
      return this.site(hit, 'text', owner, guards, { call: undefined, statement: whole, owner: whole });
    }
    const { code } = this.layout;
    if (isMember(this.text, this.regions, hit.start)) return { other: 'local' };
    const call = this.callSpan(hit);
    const end = back(code, [], hit.start);
    const before = code.slice(Math.max(0, end - 40), end);
    const typed = (/[\w*]$/.test(before) && !NO_TYPES.test(before)) || MACRO_OF_TYPE.test(before);
    if (block) {
      const header = code.slice(block.header.start, block.header.end);
      if (/\b(?:struct|union|enum)\b[^=()]*$/.test(header)) return { other: call ? 'prototype' : 'local' };
      // `{ open: its_open }`, how gcc named members before C99.
      const label = /[{,]$/.test(before) && /^:[^:]/.test(code.slice(ahead(code, [], hit.end)));
      if (label) return { other: 'local' };
    } else {
      if (typed && !call) return { other: calledByMacro(code, hit) ? 'prototype' : 'local' };
      if (typed && call && !passes(this.text.slice(call.start, call.end))) return { other: 'prototype' };
      // `open (a, b)` at the left margin, K&R style, with its type on the line above or none at all.
      const margin = hit.start === 0 || this.text[hit.start - 1] === '\n';
      const definition = call && /^[^;,]/.test(code.slice(ahead(code, [], call.end)));
      if (margin && definition && (before === '' || /[;}]$/.test(before))) return { other: 'prototype' };
    }
    return this.site(hit, call ? 'call' : 'value', owner, guards, { call, statement: whole, owner: whole });
  }

  private site(
    hit: Hit,
    kind: Site['kind'],
    owner: Site['owner'],
    guards: readonly string[],
    where: { call: Span | undefined; statement: Span | undefined; owner: Span; saying?: Span | undefined },
  ): Judged {
    const callee = span(hit.start, hit.end);
    const call = where.call ?? callee;
    const statement = where.statement ?? call;
    const saying = where.saying ?? statement;
    const whole = this.text.slice(call.start, call.end);
    return {
      site: {
        file: this.file,
        callee: folded(this.word(hit)),
        text: folded(whole),
        statement: folded(this.text.slice(saying.start, saying.end)),
        kind,
        guards,
        owner,
        state: hit.opener.rewritten === true ? 'rewritten' : 'plain',
        gives: hit.opener.gives,
        spans: { callee, call, statement, owner: where.owner },
      },
    };
  }

  /** The call whose callee the hit is, or undefined when no parenthesis follows. */
  private callSpan(hit: Hit): Span | undefined {
    return callOf(this.text, this.regions, hit);
  }

  private syntaxOf(block: Block, hit: Hit): Syntax {
    const { code, directives } = this.layout;
    const { start, end } = statementAround(code, block.body, hit.start);
    return this.parsed.of(String(start), () => {
      const within = directives
        .filter((one) => one.start >= start && one.start < end)
        .map((one) => ({ start: one.start - start, end: one.end - start, kind: 'comment' as const }));
      // An `else` without its `if` is no statement.
      const statement = codeOnly(this.text.slice(start, end), within).replace(/^else\b/, '    ');
      return new Syntax(this.parser, BEFORE + statement + AFTER, start - BEFORE.length);
    });
  }

  private word(hit: Hit): string {
    return this.text.slice(hit.start, hit.end);
  }

  private lineSpan(hit: Hit): Span {
    const end = this.text.indexOf('\n', hit.end);
    return span(this.text.lastIndexOf('\n', hit.start) + 1, end < 0 ? this.text.length : end);
  }
}
