import { checkConsent } from './consent.ts';
import type { Container } from './container.ts';
import type { Finding } from './finding.ts';
import { checkNames } from './names.ts';
import { checkReferences } from './references.ts';
import { checkScripts } from './scripts.ts';
import { checkShape } from './shape.ts';
import type { Fields } from './values.ts';
import { isFields, placedAt } from './values.ts';

/** All that would break an import, and what makes tags send too much or too little. Order: by check, then place. */
export function checkContainer(file: Fields): readonly Finding[] {
  const { containerVersion } = file;
  if (!isFields(containerVersion)) return [noContainerVersion()];
  const version = { fields: containerVersion, path: ['containerVersion'] };
  const container: Container = {
    version,
    layers: {
      tag: placedAt(version, 'tag'),
      trigger: placedAt(version, 'trigger'),
      variable: placedAt(version, 'variable'),
      folder: placedAt(version, 'folder'),
      customTemplate: placedAt(version, 'customTemplate'),
      builtInVariable: placedAt(version, 'builtInVariable'),
    },
  };
  return [
    ...checkShape(container),
    ...checkNames(container),
    ...checkReferences(container),
    ...checkScripts(container),
    ...checkConsent(container),
  ];
}

function noContainerVersion(): Finding {
  return {
    code: 'CX8210',
    path: ['containerVersion'],
    message: '`containerVersion` must be a map',
    hint: 'export the container from Tag Manager again, or write it by `cortex tracking gtm`',
  };
}
