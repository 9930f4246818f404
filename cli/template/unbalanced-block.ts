import type { TextRange } from './handlebars-lexer.ts';
import { TOKEN, tokens } from './handlebars-lexer.ts';

interface BlockTag extends TextRange {
  readonly kind: 'open' | 'close';
  readonly name: string;
}

const OPENERS: ReadonlySet<number | string> = new Set([
  TOKEN.openBlock,
  TOKEN.openInverse,
  TOKEN.openPartialBlock,
]);

/** A block without a partner, in words. */
export interface UnbalancedBlock {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly opener?: TextRange;
  readonly hint?: string;
}

/** Pairs the opening and closing tags of a text and gives the first that has no partner. */
export function unbalancedBlock(text: string): UnbalancedBlock | undefined {
  const open: BlockTag[] = [];
  for (const tag of blockTags(text)) {
    if (tag.kind === 'open') {
      open.push(tag);
      continue;
    }
    const last = open.pop();
    if (last === undefined) {
      return {
        ...tag,
        message: `\`{{/${tag.name}}}\` closes a block that is not open`,
        label: 'nothing to close',
      };
    }
    if (last.name !== tag.name) {
      return {
        ...tag,
        message: `\`{{#${last.name}}}\` is closed by \`{{/${tag.name}}}\``,
        label: `\`{{/${last.name}}}\` was expected here`,
        opener: last,
      };
    }
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  return {
    ...last,
    message: `\`{{#${last.name}}}\` is never closed`,
    label: 'opened here',
    hint: `write \`{{/${last.name}}}\` where the block ends`,
  };
}

function blockTags(text: string): readonly BlockTag[] {
  const tags: BlockTag[] = [];
  let pending: { readonly kind: 'open' | 'close'; readonly start: number } | undefined;
  for (const { token, start, end } of tokens(text)) {
    if (OPENERS.has(token)) pending = { kind: 'open', start };
    else if (token === TOKEN.openEndBlock) pending = { kind: 'close', start };
    else if (pending !== undefined && token === TOKEN.identifier) {
      tags.push({ ...pending, name: headName(text, start), end });
      pending = undefined;
    }
  }
  return tags;
}

/** A dotted head is several tokens; its name runs to the first blank or brace. */
function headName(text: string, start: number): string {
  return /^[^\s}~|]+/.exec(text.slice(start, start + 200))?.[0] ?? '';
}
