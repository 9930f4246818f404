import { didYouMean } from '../../cli/kernel/suggest.ts';
import type { YamlPath } from '../../cli/project/yaml.ts';
import type { Container } from './container.ts';
import { LAYERS } from './container.ts';
import type { Finding } from './finding.ts';
import { pathText } from './finding.ts';
import type { Placed } from './values.ts';
import { isFields, placedAt } from './values.ts';
import {
  BUILT_IN_VARIABLES,
  CONDITION_TYPES,
  CONSENT_STATUSES,
  FIRING_OPTIONS,
  PARAMETER_TYPES,
  TRIGGER_TYPES,
} from './vocabulary.ts';

/** Types of values and words of enumerations: what an import reads first. */
export function checkShape(container: Container): readonly Finding[] {
  const { version, layers } = container;
  const lists = Object.keys(LAYERS).flatMap((layer) => listShape(version, layer));
  const entities = Object.entries(LAYERS).flatMap(([layer, idKey]) =>
    layers[layer as keyof typeof LAYERS].flatMap((entity) => entityShape(entity, idKey)),
  );
  return [
    ...lists,
    ...entities,
    ...layers.tag.flatMap(tagShape),
    ...layers.trigger.flatMap(triggerShape),
    ...layers.variable.flatMap((entity) => parametersShape(entity, 'parameter')),
    ...layers.builtInVariable.flatMap((entity) => wordAt(entity, 'type', BUILT_IN_VARIABLES)),
  ];
}

/** A layer is a list of maps, or absent. */
function listShape({ fields, path }: Placed, layer: string): readonly Finding[] {
  const value = fields[layer];
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [wrongType([...path, layer], 'a list')];
  return value.flatMap((item: unknown, index) =>
    isFields(item) ? [] : [wrongType([...path, layer, index], 'a map')],
  );
}

function entityShape(entity: Placed, idKey: string | undefined): readonly Finding[] {
  const keys = ['accountId', 'containerId', 'name', ...(idKey === undefined ? [] : [idKey])];
  return keys.flatMap((key) =>
    typeof entity.fields[key] === 'string' ? [] : [wrongType([...entity.path, key], 'a text')],
  );
}

function tagShape(tag: Placed): readonly Finding[] {
  const consent = tag.fields['consentSettings'];
  const settings = isFields(consent)
    ? [{ fields: consent, path: [...tag.path, 'consentSettings'] }]
    : [];
  return [
    ...(typeof tag.fields['type'] === 'string' ? [] : [wrongType([...tag.path, 'type'], 'a text')]),
    ...optionalWord(tag, 'tagFiringOption', FIRING_OPTIONS),
    ...settings.flatMap((placed) => wordAt(placed, 'consentStatus', CONSENT_STATUSES)),
    ...parametersShape(tag, 'parameter'),
  ];
}

const FILTERS = ['filter', 'customEventFilter', 'autoEventFilter'] as const;

function triggerShape(trigger: Placed): readonly Finding[] {
  const conditions = FILTERS.flatMap((key) => placedAt(trigger, key));
  return [
    ...wordAt(trigger, 'type', TRIGGER_TYPES),
    ...parametersShape(trigger, 'parameter'),
    ...conditions.flatMap((condition) => [
      ...wordAt(condition, 'type', CONDITION_TYPES),
      ...parametersShape(condition, 'parameter'),
      ...leftSide(condition),
    ]),
  ];
}

/** The left side of a condition is one variable. */
function leftSide(condition: Placed): readonly Finding[] {
  const side = placedAt(condition, 'parameter').find(({ fields }) => fields['key'] === 'arg0');
  const value = side?.fields['value'];
  if (typeof value === 'string' && /^\{\{[^{}]+\}\}$/.test(value)) return [];
  const path = side === undefined ? condition.path : [...side.path, 'value'];
  return [
    {
      code: 'CX8218',
      path,
      message: 'the left side (`arg0`) of this condition is no variable',
      hint: 'write the name of one variable in double braces, such as `{{_event}}`',
    },
  ];
}

/** Parameters of an entity and all below them. Settings of triggers have no key, and may have no value. */
function parametersShape(owner: Placed, key: 'parameter' | 'list' | 'map'): readonly Finding[] {
  const value = owner.fields[key];
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [wrongType([...owner.path, key], 'a list')];
  const parameters = placedAt(owner, key);
  return [
    ...parameters.flatMap((parameter) => [
      ...wordAt(parameter, 'type', PARAMETER_TYPES),
      ...valueShape(parameter),
      ...parametersShape(parameter, 'list'),
      ...parametersShape(parameter, 'map'),
    ]),
    ...(key === 'list' ? [] : repeatedKeys(parameters)),
  ];
}

function valueShape({ fields, path }: Placed): readonly Finding[] {
  const { type, value } = fields;
  if (value === undefined) return [];
  const at = [...path, 'value'];
  if (typeof value !== 'string') return [wrongType(at, 'a text, numbers and booleans too')];
  const isOfType =
    value.includes('{{') ||
    (type === 'BOOLEAN'
      ? /^(true|false)$/.test(value)
      : type !== 'INTEGER' || /^-?\d+$/.test(value));
  return isOfType
    ? []
    : [wrongType(at, type === 'BOOLEAN' ? '`"true"` or `"false"`' : 'digits in quotes')];
}

function repeatedKeys(parameters: readonly Placed[]): readonly Finding[] {
  const seen = new Set<unknown>();
  return parameters.flatMap(({ fields, path }) => {
    const { key } = fields;
    if (typeof key !== 'string') return [];
    const isRepeated = seen.has(key);
    seen.add(key);
    if (!isRepeated) return [];
    return [
      {
        code: 'CX8217',
        path: [...path, 'key'],
        message: `the key \`${key}\` stands twice in one map`,
        hint: 'keep one of the two',
      },
    ];
  });
}

function optionalWord(
  owner: Placed,
  key: string,
  allowed: ReadonlySet<string>,
): readonly Finding[] {
  return owner.fields[key] === undefined ? [] : wordAt(owner, key, allowed);
}

function wordAt(
  { fields, path }: Placed,
  key: string,
  allowed: ReadonlySet<string>,
): readonly Finding[] {
  const value = fields[key];
  const at = [...path, key];
  if (typeof value !== 'string') return [wrongType(at, 'a text')];
  if (allowed.has(value)) return [];
  const upper = value.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  return [
    {
      code: 'CX8211',
      path: at,
      message: `\`${value}\` is not a word that Tag Manager takes for \`${key}\``,
      hint: allowed.has(upper)
        ? `write \`${upper}\`: an import takes upper case only`
        : (didYouMean(value, allowed) ?? 'take the word from an export of Tag Manager'),
    },
  ];
}

function wrongType(path: YamlPath, wanted: string): Finding {
  return {
    code: 'CX8210',
    path,
    message: `\`${pathText(path)}\` must be ${wanted}`,
    hint: 'write it as exports of Tag Manager do: all ids and values are texts in quotes',
  };
}
