import { byName } from '../candidates.ts';
import type { Asked } from '../language.ts';

/** The name that a file is imported by, without those of the packages around it. */
export function moduleName(file: string): string | undefined {
  return /([^/]+?)(?:\/__init__)?\.py$/.exec(file)?.[1];
}

/** The files whose functions of a name a call may be of: its own, that of the module which it names, or a few others. */
export function candidates(asked: Asked): readonly string[] {
  const { path, name, from, definers } = asked;
  const dotted = path.includes('.');
  if (definers.includes(from) && (!dotted || /^(?:self|cls|super)?\.\w+$/.test(path))) return [from];
  const module = dotted ? fileOf(path.slice(0, path.lastIndexOf('.')), asked) : importedFrom(name, asked);
  if (module !== undefined) return definers.includes(module) ? [module] : [];
  if (!dotted) return [];
  // A method, whose object is not known.
  return byName('', definers);
}

function importedFrom(name: string, asked: Asked): string | undefined {
  const pattern = new RegExp(`^[ \\t]*from[ \\t]+([\\w.]+)[ \\t]+import\\b[^\\n]*\\b${name}\\b`, 'm');
  const module = pattern.exec(asked.text(asked.from))?.[1];
  return module === undefined ? undefined : fileOf(module, asked);
}

/** The file of a module by its dotted name, as a file of the tree imports it. */
function fileOf(name: string, { from, ships }: Asked): string | undefined {
  const path = name.replace(/^\.+/, '').replaceAll('.', '/');
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  const top = /^(?:.*\/)?Lib\//.exec(from)?.[0] ?? '';
  const starts = name.startsWith('.') ? [folder] : [top, folder];
  const names = starts.flatMap((start) => [`${start}${path}.py`, `${start}${path}/__init__.py`]);
  return names.find(ships);
}
