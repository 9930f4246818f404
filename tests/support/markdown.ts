import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A Markdown page of the repository. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block: ```` ```yaml project ```` has the words `yaml` and `project`. */
export interface FencedBlock {
  readonly page: string;
  /** Of the fence, counted from 1. */
  readonly line: number;
  readonly words: readonly string[];
  readonly text: string;
}

/** README.md, AGENTS.md, the pages of docs/, and those beside what they describe. */
export function documentationPages(): readonly Page[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  const others = ['README.md', 'AGENTS.md', 'connectors/files/README.md'];
  return [...others, ...docs.toSorted()].map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }));
}

export function fencedBlocks(page: Page): readonly FencedBlock[] {
  const found = page.text.matchAll(/^```([^\n`]*)\n(.*?)^```$/gms);
  return [...found].map(({ index, 1: words = '', 2: text = '' }) => ({
    page: page.path,
    line: page.text.slice(0, index).split('\n').length,
    words: words.split(' ').filter((word) => word !== ''),
    text,
  }));
}

/** Targets of links outside of code. */
export function linksOf(page: Page): readonly string[] {
  const prose = page.text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, 'code');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(page: Page): ReadonlySet<string> {
  const prose = page.text.replaceAll(/^```.*?^```$/gms, '');
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
