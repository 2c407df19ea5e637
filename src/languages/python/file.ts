import type { Node, Parser } from 'web-tree-sitter';
import type { Judge } from '../language.ts';
import { Slices } from '../slices.ts';
import { ancestor } from '../../parse/syntax.ts';
import type { Site, Span, Target } from '../../target/contract.ts';
import { folded } from '../folded.ts';
import type { Hit } from '../hits.ts';
import type { Syntax } from '../../parse/syntax.ts';
import { parsedPart } from './parsed-part.ts';
import { partsOf, pythonText } from './parts.ts';
import type { Part, PythonText } from './parts.ts';
import { regionAt } from '../regions.ts';
import { span } from '../site.ts';
import type { Judged } from '../site.ts';

/** Whether an import gives what it takes from a module another name. */
function renames(node: Node): boolean {
  const alias = ancestor(node, (at) => at.type === 'aliased_import');
  if (alias?.parent?.type !== 'import_from_statement') return false;
  const [name, other] = [alias.childForFieldName('name'), alias.childForFieldName('alias')];
  return name?.text !== other?.text && (name?.endIndex ?? 0) >= node.endIndex;
}

/** Whether a name is one that something is bound to: a parameter, a variable, a keyword. */
function binds(node: Node, parent: Node): boolean {
  const isField = (of: Node, field: string, one: Node): boolean => of.childForFieldName(field)?.id === one.id;
  switch (parent.type) {
    case 'keyword_argument':
    case 'default_parameter':
    case 'typed_default_parameter':
    case 'named_expression':
      return isField(parent, 'name', node);
    case 'parameters':
    case 'lambda_parameters':
    case 'typed_parameter':
    case 'as_pattern_target':
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
    case 'global_statement':
    case 'nonlocal_statement':
      return true;
    case 'assignment':
    case 'for_statement':
    case 'for_in_clause':
      return isField(parent, 'left', node);
    case 'attribute':
      // `x.open = …`
      return (
        isField(parent, 'attribute', node) &&
        parent.parent?.type === 'assignment' &&
        isField(parent.parent, 'left', parent)
      );
    default:
      return false;
  }
}

/** The condition or the loop of which a statement is the whole body, so that a rule can read it. */
function controlling(statement: Node): Node | undefined {
  const block = statement.parent;
  const holder = block?.parent;
  const alone =
    block?.type === 'block' && block.namedChildren.filter((one) => one.type !== 'comment').length === 1;
  const controls = holder && /^(?:if|while|for)_statement$|^(?:elif|else)_clause$/.test(holder.type);
  return alone && controls ? holder : undefined;
}

/** Judges the hits in one Python file. What has to be parsed is parsed by definitions, most of which hold no hit. */
export class PythonFile implements Judge {
  private readonly file: string;
  private readonly text: string;
  private readonly target: Target;
  private readonly parser: Parser;
  private readonly known: PythonText;
  private readonly everything: Part;
  private divided: readonly Part[] | undefined;
  private readonly parsed = new Slices();
  /** Nothing that another question needs. */
  readonly outline = undefined;

  /**
   * @param file its name
   * @param text its bytes as latin1
   * @param target whose opener the hits are of
   * @param parser of Python
   */
  constructor(file: string, text: string, target: Target, parser: Parser) {
    this.file = file;
    this.text = text;
    this.target = target;
    this.parser = parser;
    this.known = pythonText(text);
    this.everything = { start: 0, end: text.length };
  }

  /** How many parts of the file had to be parsed for the answers so far. */
  get slices(): number {
    return this.parsed.count;
  }

  /** Frees the parsed parts. */
  free(): void {
    this.parsed.free();
  }

  /** Says what a hit is. */
  judge(hit: Hit): Judged {
    const { regions, formatted } = this.known;
    const region = regionAt(regions, hit.start);
    if (region?.kind === 'comment') return { other: 'comment' };
    if (region && !formatted.has(region.start) && hit.opener.as === 'callee') return { other: 'string' };

    const part = this.partAt(hit);
    const judged = this.judgeIn(this.syntaxOf(part), hit);
    // The class itself holds it: the span of all of it is wanted.
    const inClass = part.whole !== undefined && 'site' in judged && judged.site.owner.kind === 'class';
    return inClass ? this.judgeIn(this.syntaxOf(part.whole), hit) : judged;
  }

  private partAt(hit: Hit): Part {
    this.divided ??= partsOf(this.text, this.known.regions);
    return this.divided.find((one) => hit.start < one.end) ?? this.everything;
  }

  /** A part parsed, or the whole file where it was cut in the wrong place, or is no Python that the grammar knows. */
  private syntaxOf(part: Part): Syntax {
    const syntax = this.parse(part);
    return syntax.broken ? this.parse(this.everything) : syntax;
  }

  private parse(part: Part): Syntax {
    return this.parsed.of(`${part.start}-${part.end}`, () => parsedPart(this.parser, this.text, part));
  }

  private judgeIn(syntax: Syntax, hit: Hit): Judged {
    const node = syntax.at(hit.start, hit.end);
    if (ancestor(node, (at) => at.type === 'comment')) return { other: 'comment' };
    const string = ancestor(node, (at) => at.type === 'string' || at.type === 'interpolation');
    if (string?.type === 'string' && hit.opener.as === 'callee') return { other: 'string' };
    const condition = this.guards(node);
    if (this.target.dead.some((dead) => condition.some((guard) => dead.test(guard))))
      return { other: 'dead' };
    if (hit.opener.as === 'value') return this.site(syntax, hit, node, 'text', undefined, condition);
    if (hit.opener.as === 'argument') {
      const call = ancestor(
        node,
        (at) => at.type === 'call' && (syntax.start(at) < hit.start || syntax.end(at) > hit.end),
      );
      return this.site(syntax, hit, node, call ? 'call' : 'text', call, condition);
    }

    const parent = node.parent;
    if (parent === null) return this.site(syntax, hit, node, 'value', undefined, condition);
    if (
      /^(?:function_definition|class_definition)$/.test(parent.type) &&
      parent.childForFieldName('name')?.id === node.id
    ) {
      return { other: 'prototype' };
    }
    if (ancestor(node, (at) => /^import_(?:from_)?statement$/.test(at.type))) {
      // Under another name it can be called in places that no scan for its own name finds.
      return renames(node)
        ? this.site(syntax, hit, node, 'value', undefined, condition)
        : { other: 'directive' };
    }
    if (binds(node, parent)) return { other: 'local' };
    const callee =
      parent.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id ? parent : node;
    const call = callee.parent;
    if (call?.type === 'call' && call.childForFieldName('function')?.id === callee.id) {
      return this.site(syntax, hit, node, 'call', call, condition);
    }
    return this.site(syntax, hit, node, 'value', undefined, condition);
  }

  private site(
    syntax: Syntax,
    hit: Hit,
    node: Node,
    kind: Site['kind'],
    call: Node | undefined,
    guards: readonly string[],
  ): Judged {
    const holder = ancestor(
      node,
      (at) => at.type === 'function_definition' || at.type === 'class_definition',
    );
    const outer = holder && ancestor(holder.parent ?? holder, (at) => at.type === 'class_definition');
    const plain = holder?.childForFieldName('name')?.text ?? '-';
    const within = outer && outer.id !== holder.id ? `${outer.childForFieldName('name')?.text ?? ''}.` : '';
    const kindOfOwner =
      holder === undefined ? 'file' : holder.type === 'class_definition' ? 'class' : 'function';
    const callee = span(hit.start, hit.end);
    const spanOf = (one: Node): Span => span(syntax.start(one), syntax.end(one));
    const whole = call ? spanOf(call) : callee;
    const statement = ancestor(node, (at) => at.type.endsWith('_statement'));
    const where = statement ? spanOf(statement) : whole;
    const condition = statement && controlling(statement);
    const saying = condition ? span(syntax.start(condition), where.end) : where;
    return {
      site: {
        file: this.file,
        callee: folded(this.text.slice(hit.start, hit.end)),
        text: folded(this.text.slice(whole.start, whole.end)),
        statement: folded(this.text.slice(saying.start, saying.end)),
        kind,
        guards,
        owner: { kind: kindOfOwner, name: within + plain },
        state: hit.opener.rewritten === true ? 'rewritten' : 'plain',
        gives: hit.opener.gives,
        spans: {
          callee,
          call: whole,
          statement: where,
          owner: holder ? spanOf(holder) : span(0, this.text.length),
        },
      },
    };
  }

  /** Conditions of the `if`s at the top of the module around a node, as text. */
  private guards(node: Node): readonly string[] {
    const found: string[] = [];
    for (let at: Node | null = node; at !== null; at = at.parent) {
      if (at.type === 'if_statement' && at.parent?.type === 'module') {
        found.unshift(folded(at.childForFieldName('condition')?.text ?? ''));
      }
    }
    return found;
  }
}
