import { didYouMean } from '../../cli/kernel/suggest.ts';
import type { YamlPath } from '../../cli/project/yaml.ts';
import type { Container } from './container.ts';
import type { Finding } from './finding.ts';
import type { Placed } from './values.ts';
import { placedAt, textAt, textsBelow } from './values.ts';
import { SYSTEM_TRIGGERS } from './vocabulary.ts';

/** Triggers, variables, folders and tags that are referred to exist. */
export function checkReferences(container: Container): readonly Finding[] {
  const { tag, trigger, variable } = container.layers;
  return [
    ...tag.flatMap((entity) => missingTriggers(entity, container)),
    ...tag.flatMap((entity) => missingTags(entity, container)),
    ...[...tag, ...trigger, ...variable].flatMap((entity) => [
      ...missingFolder(entity, container),
      ...missingVariables(entity, container),
    ]),
  ];
}

function missingTriggers(tag: Placed, { layers }: Container): readonly Finding[] {
  const known = new Set(layers.trigger.map((trigger) => textAt(trigger, 'triggerId')));
  return ['firingTriggerId', 'blockingTriggerId'].flatMap((key) => {
    const ids = tag.fields[key];
    if (!Array.isArray(ids)) return [];
    return ids.flatMap((id: unknown, index): readonly Finding[] =>
      typeof id === 'string' && (known.has(id) || SYSTEM_TRIGGERS.has(id))
        ? []
        : [
            {
              code: 'CX8215',
              path: [...tag.path, key, index],
              message: `no trigger has the id \`${String(id)}\``,
              hint: 'add the trigger, or take its id out of the tag',
            },
          ],
    );
  });
}

function missingTags(tag: Placed, { layers }: Container): readonly Finding[] {
  const known = layers.tag.map((other) => textAt(other, 'name'));
  return ['setupTag', 'teardownTag'].flatMap((key) =>
    placedAt(tag, key).flatMap((reference): readonly Finding[] => {
      const name = textAt(reference, 'tagName');
      if (known.includes(name)) return [];
      return [
        missing(
          [...reference.path, 'tagName'],
          `no tag is named \`${name}\``,
          didYouMean(name, known),
        ),
      ];
    }),
  );
}

function missingFolder(entity: Placed, { layers }: Container): readonly Finding[] {
  const id = textAt(entity, 'parentFolderId');
  if (id === '' || layers.folder.some((folder) => textAt(folder, 'folderId') === id)) return [];
  return [missing([...entity.path, 'parentFolderId'], `no folder has the id \`${id}\``, undefined)];
}

function missing(path: YamlPath, message: string, nearby: string | undefined): Finding {
  return { code: 'CX8215', path, message, hint: nearby ?? 'add it, or take the reference out' };
}

/** `{{Name}}` in any text is a variable, a built-in variable that is switched on, or `{{_event}}`. */
function missingVariables(entity: Placed, { layers }: Container): readonly Finding[] {
  const known = [...layers.variable, ...layers.builtInVariable].map((other) =>
    textAt(other, 'name'),
  );
  const found: Finding[] = [];
  for (const { text, path } of textsBelow(entity.fields, entity.path)) {
    for (const [, name = ''] of text.matchAll(/\{\{([^{}]+)\}\}/g)) {
      if (name === '_event' || known.includes(name)) continue;
      const message = `no variable is named \`${name}\``;
      const hint =
        didYouMean(name, known) ?? 'add the variable, or switch the built-in variable on';
      found.push({ code: 'CX8216', path, message, hint });
    }
  }
  return found;
}
