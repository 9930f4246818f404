import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX21xx: references between nodes, and property files. */
export const REFERENCE_CODES = {
  CX2101: errorCode(
    'unknown-ref',
    'A ref names a model that does not exist',
    'Every name given to ref must be the file name of a model, seed or snapshot of the project or of an installed package.',
  ),
  CX2102: errorCode(
    'ambiguous-ref',
    'A ref names models of several packages',
    'Two packages have a model of this name and neither is the package that refers to it. Name the package: `{{ref "package" "model"}}`.',
  ),
  CX2103: errorCode(
    'disabled-ref',
    'A ref names a model that is switched off',
    'The model exists but its configuration says `enabled: false`. Enable it, or switch off what refers to it as well.',
  ),
  CX2104: errorCode(
    'private-ref',
    'A ref to a private model from outside its group',
    'A model with `access: private` can be referred to only by models of the same group. Put both in one group, or make the model `protected`.',
  ),
  CX2105: errorCode(
    'unknown-version',
    'A ref names a version that a model does not have',
    'The model exists, but no entry of its `versions` has this number. Without a version, ref gives the latest one.',
  ),
  CX2106: warningCode(
    'deprecated-ref',
    'A ref to a model that has a deprecation date',
    'The model still works and is announced to go away at the date shown. Move to another version or model before that.',
  ),
  CX2110: errorCode(
    'unknown-source',
    'A source that no properties file declares',
    'Every pair of names given to source must be declared under `sources` of a properties file.',
  ),
  CX2111: errorCode(
    'disabled-source',
    'A source that is switched off',
    'The source table is declared but its configuration says `enabled: false`. Enable it, or switch off what reads it as well.',
  ),
  CX2112: errorCode(
    'relation-call-invalid',
    'A text that should be ref(…) or source(…)',
    "What depends on a node names it as `ref('model')` or `source('source', 'table')`.",
  ),
  CX2120: errorCode(
    'duplicate-node',
    'Two things of one kind and name',
    'Names must be unique within a package: models, seeds and snapshots share one set of names; sources, exposures, tests, macros and doc blocks have their own. Rename or remove one of the two.',
  ),
  CX2121: errorCode(
    'duplicate-relation',
    'Two nodes that would stand under one name in the database',
    'Both nodes resolve to the same database and name, so one would overwrite the other. Change the `alias`, `schema` or `database` of one of them.',
  ),
  CX2122: errorCode(
    'name-too-long',
    'A name of more than 64 characters',
    'MySQL, MariaDB and TiDB allow 64 characters for the name of a database or relation. Set a shorter `alias` or `schema`.',
  ),
  CX2123: errorCode(
    'unknown-group',
    'A group that no properties file declares',
    'The `group` of a node must be declared under `groups` of a properties file.',
  ),
  CX2130: errorCode(
    'properties-invalid',
    'A value of a properties file that is not allowed',
    'The value at the place shown has the wrong type or is not one of the allowed ones. The vocabulary is that of dbt.',
  ),
  CX2131: errorCode(
    'unknown-property',
    'A key that does not exist in a properties file',
    'Misspelt keys would be ignored in silence, so they are refused. Your own values belong under `meta`.',
  ),
  CX2132: warningCode(
    'properties-unused',
    'Properties that belong to nothing',
    'The entry describes a model, seed, snapshot, macro or test that does not exist, most often after a file was renamed, or a kind of thing that Cortex does not run.',
  ),
  CX2133: errorCode(
    'duplicate-properties',
    'One thing described twice',
    'Two entries describe the same node or column. Merge them.',
  ),
  CX2134: warningCode(
    'unknown-config',
    'A configuration key that Cortex does not know',
    'The key is kept and can be selected on, but nothing reads it. Your own values belong under `meta`.',
  ),
  CX2135: errorCode(
    'config-value-invalid',
    'A configuration value of a node that is not allowed',
    'After merging the project file, the properties file and the `config` call, the value shown has the wrong type or is not one of the allowed ones.',
  ),
  CX2136: errorCode(
    'test-invalid',
    'A data test that is not well formed',
    'A data test is a name, or a map of one name to `arguments` and `config`.',
  ),
  CX2137: errorCode(
    'unknown-generic-test',
    'A data test that does not exist',
    'The name is neither a test that ships with Cortex nor a macro `test_<name>` of the project.',
  ),
  CX2138: errorCode(
    'versions-invalid',
    'Versions of a model that do not fit its files',
    'Every entry of `versions` needs a file `<model>_v<version>.sql` or the one named by `defined_in`, and `latest_version` must be one of them.',
  ),
  CX2140: errorCode(
    'unknown-doc-block',
    'A doc block that does not exist',
    'A description asks for a block that no Markdown file declares as `{% docs name %} … {% enddocs %}`.',
  ),
  CX2141: errorCode(
    'doc-block-invalid',
    'A doc block that is not well formed',
    'Blocks are written `{% docs name %} … {% enddocs %}` and do not nest.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
