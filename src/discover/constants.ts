// The rest of a line is looked at where it can be a name, a text or flags: most are numbers.
const DEFINE = /#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+((?=[A-Za-z_("])[^\n]*)/g;

const WITH_PARAMETERS = /#[ \t]*define[ \t]+([A-Za-z_]\w*)\(((?:\\\r?\n|[^\n])*)/g;

/** Behind the parenthesis of a macro that has none: an expression that is a variable, be it behind a cast. */
const VARIABLE = /^\s*\)\s*\(*\s*(?:\(\s*[A-Za-z_][\w\s]*\*+\s*\)[\s(]*)?([A-Za-z_]\w*)[\s)]*(?:\/[/*].*)?$/;

const NAME = /#[ \t]*define[ \t]+([A-Za-z_]\w*)/g;

/** The positions of two arguments of a macro, from 0: what is in the one is put into the other. */
interface Assignment {
  readonly from: number;
  readonly to: number;
}

/** What a macro assigns, by what is behind the parenthesis of its parameters. */
function assignmentsIn(definition: string): Assignment[] {
  if (!definition.includes('=')) return [];
  const end = definition.indexOf(')');
  const parameters: readonly string[] = definition.slice(0, Math.max(0, end)).match(/\w+/g) ?? [];
  return [...definition.slice(end + 1).matchAll(/\b(\w+)\s*\)?\s*=(?!=)\s*\(?\s*(\w+)\b/g)].flatMap(
    ([, left = '', right = '']) => {
      const [to, from] = [parameters.indexOf(left), parameters.indexOf(right)];
      return to >= 0 && from >= 0 ? [{ from, to }] : [];
    },
  );
}

/** What the macros without arguments of some files stand for, where that is a name, a text, or the flags of an open. */
export class Constants {
  private readonly values = new Map<string, string>();
  private readonly named = new Map<string, string[]>();

  /** The macros with arguments that are one call, and what they call. */
  private readonly calls = new Map<string, string>();
  private readonly called = new Map<string, string[]>();
  /** The macros with arguments that put one of them into another. */
  private readonly assignments = new Map<string, Assignment[]>();
  /** The macros that are called like functions without arguments, and give a variable. */
  private readonly variables = new Map<string, string>();
  private readonly texts: string[] = [];
  private macros: Set<string> | undefined;
  /** The macros with arguments that are statements. */
  private readonly blocks = new Map<string, string>();

  /** Adds those of a file. */
  add(text: string): void {
    this.texts.push(text);
    WITH_PARAMETERS.lastIndex = 0;
    for (let found = WITH_PARAMETERS.exec(text); found !== null; found = WITH_PARAMETERS.exec(text)) {
      const called = /^[^()]*\)\s*\(?\s*([A-Za-z_]\w*)\s*\([^;{]*$/.exec(found[2] ?? '')?.[1];
      if (called !== undefined && !this.calls.has(found[1] ?? '')) {
        this.calls.set(found[1] ?? '', called);
        const others = this.called.get(called);
        if (others) others.push(found[1] ?? '');
        else this.called.set(called, [found[1] ?? '']);
      }
      const variable = VARIABLE.exec(found[2] ?? '')?.[1];
      if (variable !== undefined) this.variables.set(found[1] ?? '', variable);
      const assigned = assignmentsIn(found[2] ?? '');
      if (assigned.length > 0) this.assignments.set(found[1] ?? '', assigned);
      if (/[{]|\breturn\b/.test(found[2] ?? '')) this.blocks.set(found[1] ?? '', found[2] ?? '');
    }
    DEFINE.lastIndex = 0;
    for (let found = DEFINE.exec(text); found !== null; found = DEFINE.exec(text)) {
      const [, name = '', rest = ''] = found;
      const value = rest.replace(/\/\*.*|\/\/.*/, '').trim();
      const alone = /^\(*\s*([A-Za-z_]\w*)\s*\)*$/.exec(value)?.[1];
      if (alone !== undefined) {
        const others = this.named.get(alone);
        if (others) others.push(name);
        else this.named.set(alone, [name]);
      }
      if (alone === undefined && !/"|\bO_[A-Z]/.test(value)) continue;
      if (!this.values.has(name)) this.values.set(name, value);
    }
  }

  /** What a name stands for; undefined where it is no such macro. */
  value(name: string): string | undefined {
    return this.values.get(name);
  }

  /** The arguments that a macro puts into another one of its arguments, as one that calls again after a signal does. */
  assignedBy(name: string): readonly Assignment[] {
    return this.assignments.get(name) ?? [];
  }

  /** Whether a name is that of a macro, be it with arguments or not. */
  isMacro(name: string): boolean {
    this.macros ??= new Set(
      this.texts.flatMap((text) => [...text.matchAll(NAME)].map(([, found = '']) => found)),
    );
    return this.macros.has(name);
  }

  /** What a macro stands for that is one call, or another name; the name itself for whatever else. */
  meant(name: string): string {
    let now = name;
    for (let depth = 0; depth < 3; depth += 1) {
      const value = this.calls.get(now) ?? this.values.get(now);
      if (value === undefined || !/^\w+$/.test(value)) break;
      now = value;
    }
    return now;
  }

  /** The macros that are one call of a function. */
  callsOf(name: string): readonly string[] {
    return this.called.get(name) ?? [];
  }

  /** The variable that a macro gives which is called without arguments; undefined for any other. */
  variableOf(name: string): string | undefined {
    return this.variables.get(name);
  }

  /** Whether a macro with arguments returns from the function that it is used in. */
  returns(name: string, depth = 3): boolean {
    const body = this.blocks.get(name);
    if (body === undefined) return false;
    if (/\breturn\b/.test(body)) return true;
    return depth > 0 && [...body.matchAll(/\w+(?=\s*\()/g)].some(([one]) => this.returns(one, depth - 1));
  }

  /** The macros that are another name of something. */
  namesOf(name: string): readonly string[] {
    return this.named.get(name) ?? [];
  }
}
