import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX30xx: the graph and node selection. */
export const GRAPH_CODES = {
  CX3001: errorCode(
    'cycle',
    'Models that depend on each other in a circle',
    'The path shown leads back to its start, so no order of building exists. Break one of its references.',
  ),
  CX3010: errorCode(
    'selector-syntax',
    'A part of a selection that cannot be read',
    'A part is written `[@][N+]method:value[+N]`: parts separated by spaces are united, parts joined by commas are intersected. `@` already takes what is below and cannot stand together with a `+` at the end.',
  ),
  CX3011: warningCode(
    'nothing-selected',
    'A part of a selection that matches nothing',
    'No enabled node fits the part, so it adds nothing. The hint names what comes near it, or says why a wildcard missed: a wildcard is matched against the whole dotted path of a node, from its top folder.',
  ),
  CX3012: errorCode(
    'unknown-selector-method',
    'A selection method that does not exist',
    'The word before the colon names how nodes are found: `tag:`, `path:`, `source:` and so on. The hint names the methods that come near.',
  ),
  CX3013: errorCode(
    'selector-value',
    'A value that its selection method does not take',
    'Some methods take a few words only (`test_type:generic`, `version:latest`, `state:modified`), others a name with a limited number of dots (`source:package.source.table`). The message names what is taken.',
  ),
  CX3014: errorCode(
    'comparison-missing',
    'A selection that compares with an earlier run, without one',
    '`state:`, `result:` and `source_status:` compare with the artifacts of an earlier run, and `changed:` with git. Name the directory of those artifacts with `--state`, or run inside a git repository.',
  ),
  CX3015: errorCode(
    'selectors-invalid',
    'A YAML selector that cannot be read',
    'A definition is a text, `{method, value, …}`, a shortcut such as `{tag: nightly}`, or exactly one of `union` and `intersection` with a list of definitions. At most one selector is the default.',
  ),
  CX3016: errorCode(
    'selector-circle',
    'YAML selectors that refer to each other in a circle',
    'A selector may build on another with `method: selector`, but the path shown leads back to its start. Break one of its references.',
  ),
  CX3017: errorCode(
    'unknown-selector',
    'A YAML selector that does not exist',
    'The name given to `--selector` or to `selector:` must be one of those in `selectors.yml` or under `selectors` in the project file.',
  ),
  CX3018: warningCode(
    'selection-ignored',
    '`--select` and `--exclude` beside `--selector`',
    'A YAML selector says completely what is selected, so `--select` and `--exclude` have no effect beside it. Leave one of them out.',
  ),
  CX3019: errorCode(
    'selection-conflict',
    '`--models` together with `--select` or `--resource-type`',
    '`--models` selects models only, so it contradicts `--select` and `--resource-type`. Use `--select` with `--resource-type model` instead.',
  ),
  CX3020: errorCode(
    'contract-broken',
    'A contract that was changed in a way that breaks its readers',
    'Compared with the earlier state, an enforced contract lost a column, changed the type of one, lost an enforced constraint or is no longer enforced. For a versioned model this is an error: make a new version. For others it is a warning.',
  ),
  CX3021: errorCode(
    'git-unavailable',
    'Git cannot say what changed',
    '`--dirty` and `changed:` ask git which files differ from the last commit. That needs the `git` program and a project inside a git repository.',
  ),
  CX3022: warningCode(
    'selector-text-comma',
    'A YAML selector text that holds a comma or a space',
    'In YAML a text is one part, as in dbt: a comma or a space in it belongs to the name and is not an intersection or a union. Write `intersection:` or `union:` with a list.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
