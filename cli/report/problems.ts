import type { Code } from '../kernel/codes.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { SourceTexts } from '../kernel/span.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { renderDiagnostic } from './render-diagnostic.ts';
import type { Style } from './style.ts';

/** Diagnostics of a run: the code per node for its line, and all of them in full for the end. */
export class Problems {
  readonly byNode = new Map<NodeId, Code>();
  readonly #held: Diagnostic[] = [];
  readonly #shown = new Set<string>();

  add(diagnostic: Diagnostic): void {
    if (diagnostic.node !== undefined && diagnostic.severity === 'error') {
      this.byNode.set(diagnostic.node, diagnostic.code);
    }
    const key = JSON.stringify([
      diagnostic.code,
      diagnostic.message,
      diagnostic.labels,
      diagnostic.node,
    ]);
    if (this.#shown.has(key)) return;
    this.#shown.add(key);
    this.#held.push(diagnostic);
  }

  /** The texts of what was added since the last call, warnings first, so that errors stand last. */
  take(texts: SourceTexts, style: Style): string[] {
    const held = this.#held.splice(0);
    const warnings = held.filter((found) => found.severity === 'warning');
    const errors = held.filter((found) => found.severity === 'error');
    return [...warnings, ...errors].map((found) => renderDiagnostic(found, texts, style));
  }
}
