import { readdir } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { InputFile } from './file-blocks.ts';

/**
 * The files that a path or pattern means, in the order of their names. `*` and `?` stay within a name,
 * `**` crosses folders, `{a,b}` is a or b. A path without any of these is taken as it is, whether
 * the file exists or not.
 */
export async function matchingFiles(
  directory: string,
  pattern: string,
): Promise<readonly InputFile[]> {
  const absolute = isAbsolute(pattern) ? pattern : join(directory, pattern);
  if (!/[*?{]/.test(pattern)) return [inputFile(directory, absolute)];
  const segments = absolute.split(sep);
  const firstWild = segments.findIndex((segment) => /[*?{]/.test(segment));
  const root = segments.slice(0, firstWild).join(sep) || sep;
  const wanted = new RegExp(`^${segments.slice(firstWild).map(segmentSource).join('')}$`, 'u');
  const depth = segments.includes('**') ? Infinity : segments.length - firstWild;
  const found = await filesBelow(root, '', depth);
  return found
    .filter((path) => wanted.test(`/${path}`))
    .sort()
    .map((path) => inputFile(directory, join(root, path)));
}

function inputFile(directory: string, path: string): InputFile {
  const name = relative(directory, resolve(path));
  const isInside = !name.startsWith('..') && !isAbsolute(name);
  return { path, name: isInside ? name.split(sep).join('/') : path };
}

function segmentSource(segment: string): string {
  if (segment === '**') return '(?:/[^/]+)*';
  const source = segment.replace(/\*|\?|\{[^}]*\}|[\\^$.+()[\]{}|]/g, (mark) => {
    if (mark === '*') return '[^/]*';
    if (mark === '?') return '[^/]';
    if (mark.startsWith('{') && mark.endsWith('}')) {
      return `(?:${mark
        .slice(1, -1)
        .split(',')
        .map(segmentSource)
        .map((part) => part.slice(1))
        .join('|')})`;
    }
    return `\\${mark}`;
  });
  return `/${source}`;
}

async function filesBelow(root: string, prefix: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory() && depth > 1) found.push(...(await filesBelow(root, path, depth - 1)));
    else if (!entry.isDirectory()) found.push(path);
  }
  return found;
}
