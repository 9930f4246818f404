import type { Container } from './container.ts';
import type { Finding } from './finding.ts';
import type { Placed } from './values.ts';
import { placedAt, textsBelow } from './values.ts';

/** Custom HTML that Tag Manager does not take, and secrets that anybody could read on the site. */
export function checkScripts({ version, layers }: Container): readonly Finding[] {
  return [...layers.tag.flatMap(newerScript), ...secrets(version)];
}

/** The text of a custom HTML tag and its place. */
export function htmlOf(tag: Placed): { readonly html: string; readonly at: Placed } | undefined {
  if (tag.fields['type'] !== 'html') return undefined;
  const at = placedAt(tag, 'parameter').find(({ fields }) => fields['key'] === 'html');
  const value = at?.fields['value'];
  return at === undefined || typeof value !== 'string' ? undefined : { html: value, at };
}

const NEWER: readonly (readonly [RegExp, string])[] = [
  [/\b(?:const|let)\s+[\w${[]/, '`const` or `let`'],
  [/=>/, 'an arrow function'],
  [/`/, 'a template literal'],
];

/** Texts in quotes and comments are no code. */
function codeOf(html: string): string {
  return html
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|[^:])\/\/.*$/gm, '$1')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, '""');
}

function newerScript(tag: Placed): readonly Finding[] {
  const found = htmlOf(tag);
  if (found === undefined) return [];
  const code = codeOf(found.html);
  const what = NEWER.find(([pattern]) => pattern.test(code))?.[1];
  if (what === undefined) return [];
  return [
    {
      code: 'CX8220',
      path: [...found.at.path, 'value'],
      message: `the script of this tag uses ${what}, which is newer than ES5`,
      hint: 'write it with `var`, `function` and `+`',
    },
  ];
}

const SECRETS: readonly RegExp[] = [
  /\bEAA[A-Za-z0-9]{30,}/,
  /\b(?:access_token|api_secret|app_secret|client_secret)\b['"]?\s*[:=]\s*['"]?[\w-]{8,}/i,
];

/** Never repeats the text itself. */
function secrets({ fields, path }: Placed): readonly Finding[] {
  return [...textsBelow(fields, path)]
    .filter(({ text }) => SECRETS.some((pattern) => pattern.test(text)))
    .map((found) => ({
      code: 'CX8221',
      path: found.path,
      message: 'this text holds an access token or an API secret, which every visitor could read',
      hint: 'take it out, make a new one at the platform, and keep it in the environment of the server',
    }));
}
