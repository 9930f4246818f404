import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { Span } from '../kernel/span.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';
import type { ManifestNode, ModelNode } from '../manifest/node.ts';

/** `model `orders``: a node as messages name it. */
function describeNode(node: ManifestNode): string {
  const isVersioned = node.resourceType === 'model' && node.version !== undefined;
  const name = isVersioned ? `${node.name}.v${node.version}` : node.name;
  return `${node.resourceType.replace('_', ' ')} \`${name}\``;
}

export function unknownRef(name: string, span: Span, known: Iterable<string>): Diagnostic {
  return diagnostic('CX2101', `no model, seed or snapshot is named \`${name}\``, {
    span,
    label: 'referenced here',
    hint: didYouMean(name, known),
  });
}

export function unknownPackage(
  name: string,
  packageName: string,
  span: Span,
  known: Iterable<string>,
): Diagnostic {
  return diagnostic(
    'CX2101',
    `no package is named \`${packageName}\`, so \`${name}\` cannot be found in it`,
    {
      span,
      hint: didYouMean(packageName, known),
    },
  );
}

export function ambiguousRef(name: string, packages: readonly string[], span: Span): Diagnostic {
  const names = packages.map((owner) => `\`${owner}\``);
  return diagnostic('CX2102', `\`${name}\` is a model of the packages ${listOf(names, 'and')}`, {
    span,
    hint: `name the package: \`{{ref "${packages[0] ?? ''}" "${name}"}}\``,
  });
}

export function disabledRef(target: ManifestNode, span: Span): Diagnostic {
  return diagnostic('CX2103', `${describeNode(target)} is disabled`, {
    span,
    label: 'referenced here',
    labels:
      target.span === undefined
        ? []
        : [{ span: target.span, text: 'disabled by the configuration of this node' }],
    hint: 'enable it, or disable what refers to it as well',
  });
}

export function privateRef(from: string, target: ManifestNode, span: Span): Diagnostic {
  const group = target.group === undefined ? 'no group' : `the group \`${target.group}\``;
  return diagnostic(
    'CX2104',
    `\`${from}\` refers to ${describeNode(target)}, which is private to ${group}`,
    {
      span,
      hint: 'put both in one group, or give the model `access: protected`',
    },
  );
}

export function unknownVersion(
  name: string,
  version: string,
  known: readonly string[],
  span: Span,
): Diagnostic {
  const versions = known.map((each) => `\`${each}\``);
  return diagnostic('CX2105', `model \`${name}\` has no version \`${version}\``, {
    span,
    hint:
      versions.length === 0
        ? 'it has no versions at all'
        : `its versions are ${listOf(versions, 'and')}`,
  });
}

export function deprecatedRef(target: ManifestNode, date: string, span: Span): Diagnostic {
  return diagnostic('CX2106', `${describeNode(target)} is deprecated from ${date}`, { span });
}

export function unknownSource(
  source: string,
  table: string,
  span: Span,
  known: readonly string[],
): Diagnostic {
  const wanted = `${source}.${table}`;
  return diagnostic('CX2110', `no source \`${wanted}\` is declared`, {
    span,
    hint: didYouMean(wanted, known),
  });
}

export function disabledSource(target: ManifestNode, span: Span): Diagnostic {
  return diagnostic('CX2111', `${describeNode(target)} is disabled`, { span });
}

export function invalidRelationCall(text: string, span: Span): Diagnostic {
  return diagnostic('CX2112', `\`${text}\` is neither \`ref(…)\` nor \`source(…)\``, {
    span,
    hint: "write `ref('model')` or `source('source', 'table')`",
  });
}

export function duplicateNode(
  what: string,
  first: Span | undefined,
  second: Span | undefined,
): Diagnostic {
  return diagnostic('CX2120', `there are two ${what}`, {
    span: second,
    label: 'the second',
    labels: first === undefined ? [] : [{ span: first, text: 'the first' }],
    hint: 'rename or remove one of them',
  });
}

export function duplicateRelation(
  relation: string,
  first: ManifestNode,
  second: ManifestNode,
): Diagnostic {
  return diagnostic(
    'CX2121',
    `${describeNode(first)} and ${describeNode(second)} would both be ${relation}`,
    {
      span: second.span,
      labels: first.span === undefined ? [] : [{ span: first.span }],
      hint: 'change the `alias`, `schema` or `database` of one of them',
      node: second.id,
    },
  );
}

export function nameTooLong(what: string, name: string, span: Span | undefined): Diagnostic {
  return diagnostic(
    'CX2122',
    `the ${what} \`${name}\` has ${Array.from(name).length} characters, and a server allows 64`,
    {
      span,
      hint: what === 'database' ? 'set a shorter `schema` or `database`' : 'set a shorter `alias`',
    },
  );
}

export function unknownGroup(
  group: string,
  span: Span | undefined,
  known: Iterable<string>,
): Diagnostic {
  return diagnostic('CX2123', `no group is named \`${group}\``, {
    span,
    hint: didYouMean(group, known),
  });
}

export function unusedProperties(
  kind: string,
  name: string,
  span: Span,
  known: Iterable<string>,
): Diagnostic {
  return diagnostic(
    'CX2132',
    `these properties describe no ${kind}: there is none named \`${name}\``,
    {
      span,
      hint: didYouMean(name, known),
    },
  );
}

export function duplicateProperties(
  kind: string,
  name: string,
  first: Span,
  second: Span,
): Diagnostic {
  return diagnostic('CX2133', `${kind} \`${name}\` is described twice`, {
    span: second,
    label: 'here again',
    labels: [{ span: first, text: 'first here' }],
  });
}

export function unknownConfig(key: string, span: Span, known: Iterable<string>): Diagnostic {
  return diagnostic('CX2134', `\`${key}\` is not a configuration that Cortex knows`, {
    span,
    hint: didYouMean(key, known) ?? 'keep your own values under `meta`',
  });
}

export function invalidConfig(key: string, complaint: string, span: Span): Diagnostic {
  return diagnostic('CX2135', `the configuration \`${key}\`: ${complaint}`, { span });
}

export function unknownTest(name: string, span: Span, known: Iterable<string>): Diagnostic {
  return diagnostic('CX2137', `no data test is named \`${name}\``, {
    span,
    hint:
      didYouMean(name, known) ??
      `write it as the macro \`test_${name}\`, or as tests/generic/${name}.sql`,
  });
}

export function versionWithoutFile(
  model: string,
  version: string,
  stem: string,
  span: Span,
): Diagnostic {
  return diagnostic(
    'CX2138',
    `version \`${version}\` of model \`${model}\` has no file \`${stem}.sql\``,
    {
      span,
      hint: 'add the file, or name another with `defined_in`',
    },
  );
}

export function unknownLatestVersion(model: string, version: string, span: Span): Diagnostic {
  return diagnostic(
    'CX2138',
    `\`latest_version\` of model \`${model}\` is \`${version}\`, which is none of its versions`,
    {
      span,
    },
  );
}

export function unknownDoc(name: string, span: Span, known: Iterable<string>): Diagnostic {
  return diagnostic('CX2140', `no doc block is named \`${name}\``, {
    span,
    hint: didYouMean(name, known),
  });
}

export function brokenDocBlock(detail: string, span: Span): Diagnostic {
  return diagnostic('CX2141', detail, { span, hint: 'write `{% docs name %} … {% enddocs %}`' });
}

export function unusedFolder(path: string, section: string, span: Span): Diagnostic {
  return diagnostic(
    'CX1106',
    `nothing lies in the folder \`${path}\` that \`${section}\` configures`,
    { span },
  );
}

export function scriptIsTable({ name, config }: ModelNode, span: Span): Diagnostic {
  return diagnostic(
    'CX1141',
    `the TypeScript model \`${name}\` is configured as \`${config.materialized ?? ''}\`, and can only be a table`,
    { span, hint: 'leave `materialized` out of its config' },
  );
}
