/**
 * Compiles a shell pattern over one text, as Python's `fnmatch` reads it: `*` any characters (dots and
 * slashes too), `?` one, `[abc]`, `[a-z]`, `[!abc]`. Case counts. A `[` that is never closed is itself.
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  if (pattern === '*') return () => true;
  if (!hasWildcard(pattern)) return (text) => text === pattern;
  const expression = new RegExp(`^${translate(pattern)}$`, 'su');
  return (text) => expression.test(text);
}

export function hasWildcard(text: string): boolean {
  return /[*?[\]]/.test(text);
}

function translate(pattern: string): string {
  let result = '';
  for (let index = 0; index < pattern.length;) {
    const close = pattern[index] === '[' ? closingBracket(pattern, index) : -1;
    if (close > 0) {
      result += characterSet(pattern.slice(index + 1, close));
      index = close + 1;
      continue;
    }
    const character = String.fromCodePoint(pattern.codePointAt(index) ?? 0);
    if (character === '*') result += '.*';
    else result += character === '?' ? '.' : escaped(character);
    index += character.length;
  }
  return result;
}

/** A `]` right after `[` or `[!` is a member of the set, not its end. */
function closingBracket(pattern: string, open: number): number {
  const first = pattern[open + 1] === '!' ? open + 2 : open + 1;
  return pattern.indexOf(']', first + 1);
}

function characterSet(content: string): string {
  const isNegated = content.startsWith('!');
  const characters = Array.from(isNegated ? content.slice(1) : content);
  let members = '';
  for (let index = 0; index < characters.length; index += 1) {
    const from = characters[index] ?? '';
    const to = characters[index + 2];
    if (characters[index + 1] === '-' && to !== undefined) {
      if (from <= to) members += `${escapedMember(from)}-${escapedMember(to)}`;
      index += 2;
    } else {
      members += escapedMember(from);
    }
  }
  if (members === '') return isNegated ? '.' : '(?!)';
  return `[${isNegated ? '^' : ''}${members}]`;
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** Inside `[…]` a hyphen would make a range. */
function escapedMember(character: string): string {
  return character === '-' ? '\\-' : escaped(character);
}

/**
 * Compiles a pattern over a path, as Python's `Path.glob` reads it: `*`, `?` and `[…]` stay within one
 * folder, `**` stands for any number of folders. A leading `./` and a trailing `/` do not count.
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (pattern === '' || pattern.startsWith('/')) return () => false;
  const tests = segments.map((segment) => (segment === '**' ? undefined : globMatcher(segment)));
  return (path) => matchesSegments(tests, path === '' ? [] : path.split('/'));
}

/** `undefined` among the tests stands for any number of folders. */
function matchesSegments(
  tests: readonly (((text: string) => boolean) | undefined)[],
  segments: readonly string[],
): boolean {
  let reachable = new Set([0]);
  const skipFolders = (positions: Set<number>) => {
    for (const position of positions) {
      if (position < tests.length && tests[position] === undefined) positions.add(position + 1);
    }
    return positions;
  };
  skipFolders(reachable);
  for (const segment of segments) {
    const next = new Set<number>();
    for (const position of reachable) {
      if (position >= tests.length) continue;
      const test = tests[position];
      if (test === undefined) next.add(position);
      else if (test(segment)) next.add(position + 1);
    }
    reachable = skipFolders(next);
  }
  return reachable.has(tests.length);
}

/** The folders above a path, nearest first; the last is the root, an empty text. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    folders.push(path.slice(0, end));
  }
  return [...folders, ''];
}
