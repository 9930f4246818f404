import type { NodeDeclaration } from '../project/properties/declarations.ts';
import { duplicateProperties, unusedProperties } from './messages.ts';
import type { Described } from './node-parts.ts';
import type { PropertiesFile, Workspace } from './workspace.ts';
import { spanOf } from './workspace.ts';

/** Declarations of one kind by `package.name`; notes which of them describe something. */
export class DescribedNodes<T extends NodeDeclaration> {
  readonly #kind: string;
  readonly #byName = new Map<string, Described<T>>();
  readonly #used = new Set<string>();

  constructor(kind: string, workspace: Workspace, read: (file: PropertiesFile) => readonly T[]) {
    this.#kind = kind;
    for (const properties of workspace.properties) {
      for (const declaration of read(properties))
        this.#add({ declaration, file: properties.file }, workspace);
    }
  }

  #add(described: Described<T>, workspace: Workspace): void {
    const { declaration, file } = described;
    const key = `${file.packageName}.${declaration.name}`;
    const first = this.#byName.get(key);
    if (first === undefined) {
      this.#byName.set(key, described);
      return;
    }
    const before = spanOf(first.file, first.declaration.nameRange);
    const span = spanOf(file, declaration.nameRange);
    workspace.diagnostics.push(duplicateProperties(this.#kind, declaration.name, before, span));
  }

  get(packageName: string, name: string): Described<T> | undefined {
    const key = `${packageName}.${name}`;
    const found = this.#byName.get(key);
    if (found !== undefined) this.#used.add(key);
    return found;
  }

  values(): Iterable<Described<T>> {
    return this.#byName.values();
  }

  /** Warns of entries that nobody asked for. */
  reportUnused(names: Iterable<string>, workspace: Workspace): void {
    const known = [...names];
    for (const [key, { declaration, file }] of this.#byName) {
      if (this.#used.has(key)) continue;
      const span = spanOf(file, declaration.nameRange);
      workspace.diagnostics.push(unusedProperties(this.#kind, declaration.name, span, known));
    }
  }
}
