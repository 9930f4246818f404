import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import { parseTemplate } from '../template/parse.ts';
import { renderTemplate } from '../template/render.ts';
import type { ConfigLevel } from './config-merge.ts';
import { atPlace } from './file-analysis.ts';

export interface RenderPlace {
  readonly environment: TemplateEnvironment;
  readonly packageName: string;
  /** Where mistakes in the templates are reported. */
  readonly span: Span;
  readonly diagnostics: Diagnostic[];
}

/** Hooks are templates that run with their node, not while parsing. */
const LATER: ReadonlySet<string> = new Set([
  'pre_hook',
  'post_hook',
  'pre-hook',
  'post-hook',
  'sql_header',
]);

/** Evaluates the templates inside a level of configuration; gives the level itself when it holds none. */
export function renderConfig(level: ConfigLevel, place: RenderPlace): ConfigLevel {
  let rendered: Record<string, unknown> | undefined;
  for (const [key, value] of Object.entries(level)) {
    if (LATER.has(key)) continue;
    const next = renderValue(value, place);
    if (next === value) continue;
    rendered ??= { ...level };
    rendered[key] = next;
  }
  return rendered ?? level;
}

/** Evaluates the templates inside a value, at any depth; gives the value itself when it holds none. */
export function renderValue(value: unknown, place: RenderPlace): unknown {
  if (typeof value === 'string') return value.includes('{{') ? renderText(value, place) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => renderValue(item, place));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, inner, renderValue(inner, place)] as const,
  );
  if (entries.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(entries.map(([key, , after]) => [key, after]));
}

function renderText(text: string, place: RenderPlace): unknown {
  const { span, packageName, environment, diagnostics } = place;
  const parsed = parseTemplate({ path: span.file, text });
  diagnostics.push(...parsed.diagnostics.map((found) => atPlace(found, span)));
  if (parsed.value === undefined) return text;
  const rendered = renderTemplate(parsed.value, environment, { packageName });
  diagnostics.push(...rendered.diagnostics.map((found) => atPlace(found, span)));
  const isWhole = /^\s*\{\{[^}]*\}\}\s*$/.test(text);
  return isWhole ? retyped(rendered.value.text.trim()) : rendered.value.text;
}

/** A value that is one template counts as what it gives: `{{var "x"}}` may be a boolean or a number. */
function retyped(text: string): unknown {
  if (text === 'true' || text === 'True') return true;
  if (text === 'false' || text === 'False') return false;
  if (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) && String(Number(text)) === text) return Number(text);
  return text;
}
