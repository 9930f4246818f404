import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPlatform, platformNames } from '../../../connectors/registry.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/pt-BR/credenciais.md'), 'utf8');

/** The part of the page about a platform. */
function sectionOf(platform: string): string {
  return page.split(/^## /m).find((part) => part.includes(`\`cortex connect ${platform}\``)) ?? '';
}

test.each([...platformNames])(
  'the Portuguese page says where each value of %s comes from, in the order of the steps',
  async (name) => {
    const { steps = [], variables = [] } = (await loadPlatform(name))?.connect ?? {};
    const section = sectionOf(name);

    const rows = [...section.matchAll(/^\| `(\w+)`( \(secreto\))? \|/gm)];
    expect(rows.map(([, key, secret]) => ({ key, isSecret: secret !== undefined }))).toEqual(
      steps.map(({ key, isSecret }) => ({ key, isSecret })),
    );
    for (const { name: variable, setting } of variables) {
      expect(section).toContain(`\`${setting}: \${${variable}}\``);
    }
  },
);
