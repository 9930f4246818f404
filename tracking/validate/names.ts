import type { Container } from './container.ts';
import { LAYERS } from './container.ts';
import type { Finding } from './finding.ts';
import type { Placed } from './values.ts';
import { textAt } from './values.ts';

/** Ids and names: unique in their layer, names of characters that an import takes, one account everywhere. */
export function checkNames(container: Container): readonly Finding[] {
  return Object.entries(LAYERS).flatMap(([layer, idKey]) => {
    const entities = container.layers[layer as keyof typeof LAYERS];
    return [
      ...(idKey === undefined ? [] : repeated(entities, idKey, 'CX8212')),
      ...repeated(entities, 'name', 'CX8213'),
      ...entities.flatMap(forbiddenCharacters),
      ...entities.flatMap((entity) => strangers(entity, container.version)),
    ];
  });
}

function repeated(
  entities: readonly Placed[],
  key: string,
  code: 'CX8212' | 'CX8213',
): readonly Finding[] {
  const first = new Map<string, string>();
  return entities.flatMap((entity) => {
    const value = textAt(entity, key);
    const other = first.get(value);
    if (other === undefined) first.set(value, textAt(entity, 'name'));
    if (other === undefined || value === '') return [];
    return [
      {
        code,
        path: [...entity.path, key],
        message:
          code === 'CX8212'
            ? `the id \`${value}\` is also that of \`${other}\``
            : `the name \`${value}\` is given twice`,
        hint:
          code === 'CX8212'
            ? 'give one of the two a number that is free in this layer'
            : 'rename one of the two, and what refers to it',
      },
    ];
  });
}

function forbiddenCharacters(entity: Placed): readonly Finding[] {
  const found = /[:<>&"']/.exec(textAt(entity, 'name'))?.[0];
  if (found === undefined) return [];
  return [
    {
      code: 'CX8214',
      path: [...entity.path, 'name'],
      message: `a name with \`${found}\` is refused at import`,
      hint: 'write it without `: < > & "` and `\'`, and change what refers to it',
    },
  ];
}

function strangers(entity: Placed, version: Placed): readonly Finding[] {
  return ['accountId', 'containerId'].flatMap((key) => {
    const own = textAt(entity, key);
    const wanted = textAt(version, key);
    if (own === '' || own === wanted) return [];
    return [
      {
        code: 'CX8219',
        path: [...entity.path, key],
        message: `\`${key}\` is \`${own}\` here and \`${wanted}\` in \`containerVersion\``,
        hint: 'give every entity the ids of the container',
      },
    ];
  });
}
