import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX10xx–CX11xx: the command line, the project file, targets and the environment. */
export const COMMAND_LINE_CODES = {
  CX1001: errorCode(
    'unknown-flag',
    'A flag or command that Cortex does not have',
    'The command line names a flag, a command or a value that Cortex does not know. `cortex --help` lists them.',
  ),
  CX1002: errorCode(
    'bad-flag-value',
    'A flag, environment variable or project flag with a value that cannot be used',
    'The value does not fit the flag: a word in place of a number, or none of the allowed values. A flag can be given on the command line, as `CORTEX_<FLAG>` in the environment, or under `flags:` in `cortex_project.yml`; the message names the place that counts.',
  ),
  CX1003: errorCode(
    'state-unreadable',
    'Artifacts of an earlier run that cannot be read',
    'The directory of `--state` must hold what an earlier run of Cortex left in its target path: `manifest.json`, and `run_results.json` or `sources.json` for the methods that need them.',
  ),
  CX1004: errorCode(
    'flags-exclude-each-other',
    'Two flags that cannot be combined',
    'Each of the two flags says what the command works on, and they say different things. Leave one out.',
  ),
  CX1005: errorCode(
    'clean-outside-project',
    'A clean target outside the project',
    '`cortex clean` deletes only folders inside the project directory, and never the project directory itself or a folder with sources. Nothing was deleted. Correct `clean_targets` in `cortex_project.yml`.',
  ),
  CX1006: warningCode(
    'file-exists',
    'A file that is already there is not written',
    '`cortex init` never overwrites. The file was left as it is and the other files were written.',
  ),
  CX1007: errorCode(
    'project-exists',
    'The directory already holds a project',
    '`cortex init` starts a new project and found a `cortex_project.yml`. Nothing was written.',
  ),
  CX1008: errorCode(
    'nothing-to-show',
    'No single node, query or test to show',
    '`cortex show` prints rows of one model, seed, source or snapshot, of the query of `--inline`, or of the failing rows of the test of `--failures`.',
  ),
  CX1009: errorCode(
    'unknown-code',
    'A code that no message has',
    '`cortex explain` takes a code such as `CX2101` or its name such as `unknown-ref`. `docs/errors.md` lists them.',
  ),
  CX1010: errorCode(
    'unknown-macro',
    'A macro that does not exist',
    '`cortex run-operation` runs a macro of the project, of a package or of the shipped library by its name.',
  ),
  CX1012: errorCode(
    'not-a-local-target',
    'A private server was asked for, and the target is another one',
    '`cortex server` looks after the server that Cortex starts itself for targets of type `local`. Other servers are left alone.',
  ),
  CX1013: errorCode(
    'other-demo',
    'A demo of another generated shop stands in the directory',
    '`cortex demo` goes on with the demo that it finds in its directory, which is only possible for the same `--orders`, `--days` and `--seed`. Give those, name another `--directory`, or stop the server of the old one and delete its directory. Nothing was changed.',
  ),
  CX1015: errorCode(
    'files-in-the-way',
    'Files stand where the model pack is to be written',
    '`cortex init --platform` writes models, seeds, macros, tests, sources, guides and a dictionary of events. Files of these names are there already, and would be mixed with them or lost. Nothing was written.',
  ),
  CX1016: errorCode(
    'setup-refused',
    'The account may not set up the databases',
    '`cortex setup` makes databases and the user of the dashboards, for which an account needs CREATE, CREATE USER and GRANT OPTION. The statements that the server refused are listed, to be sent by an administrator; the others were done. Passwords are not shown: put yours in.',
  ),
  CX1019: errorCode(
    'file-refused',
    'The system refused to read or write a file',
    'Cortex writes below the target path, the log path and `.cortex`. The message says which path the system refused and why: no permission, a read-only or full disk, or a file where a directory has to be. Make room or give permission, or choose another `--target-path`.',
  ),
  CX1020: errorCode(
    'item-is-seen',
    'An item of the checklist that Cortex looks at itself was to be ticked',
    '`cortex onboarding done` ticks what only people know, such as an agreement. Credentials, backfills, tests, reports, pipelines and conversions are looked at in their real state each time: `cortex onboarding` says what is missing.',
  ),
  CX1101: errorCode(
    'config-invalid',
    'A value of the project file that is not allowed',
    'The value at the place shown has the wrong type or is not one of the allowed ones, which the message names. `cortex schema` writes a JSON Schema with which an editor checks the file while it is written.',
  ),
  CX1102: errorCode(
    'config-unknown-key',
    'A key of the project file that Cortex does not know',
    'Keys that Cortex does not know are refused, because a misspelt key would be ignored in silence. Correct it, or move your own values under `vars` or `meta`.',
  ),
  CX1103: errorCode(
    'yaml-syntax',
    'A file that is not well-formed YAML',
    'The parser could not read the file at the place shown. The usual reasons are indentation, a tab, a colon inside an unquoted text, a repeated key and an unclosed quote or bracket.',
  ),
  CX1104: errorCode(
    'project-not-found',
    'No cortex_project.yml in this directory or above it',
    'Cortex looks for `cortex_project.yml` in the current directory and its parents. Change into a project, pass `--project-dir`, or start one with `cortex init`.',
  ),
  CX1105: errorCode(
    'file-unreadable',
    'A file that cannot be read as UTF-8 text',
    'The file went away, may not be read by the current user, or holds bytes that are not UTF-8. Save it as UTF-8.',
  ),
  CX1106: warningCode(
    'config-path-unused',
    'A folder of the project file that matches nothing',
    'The configuration of the folder shown applies to no node, most often because the folder was renamed or misspelt. Folders are written as they stand below the resource path.',
  ),
  CX1110: errorCode(
    'target-missing',
    'A target that the project does not have',
    'The name given by `--target`, by the environment or by `target:` must be a key of `targets:`.',
  ),
  CX1111: errorCode(
    'target-incomplete',
    'A target without what is needed to connect',
    'A target of type `mysql` needs `user` and `database`, and a `host` or a `socket`. A target of type `local` takes no address, because Cortex starts the server itself.',
  ),
  CX1120: errorCode(
    'env-var-missing',
    'An environment variable that is not set',
    'The project file names an environment variable as `${NAME}`, and neither the environment nor `.env` sets it. Set it, or write a default as `${NAME:-default}`.',
  ),
  CX1131: errorCode(
    'package-invalid',
    'A package that cannot be used',
    'Every entry of `packages` must be `local: <directory>` of a project with a `cortex_project.yml`, and no two packages may have one name.',
  ),
  CX1150: errorCode(
    'client-missing',
    'A client that the project does not have',
    'A client is a file `clients/<code>.yml` beside `cortex_project.yml`. `--client` takes its code, or `all` for every client. A code has lower-case letters, digits, `-` and `_`, at most 40.',
  ),
  CX1151: errorCode(
    'client-secrets-open',
    'Secrets of a client that other users can read',
    'A file `clients/<code>.env` holds passwords and tokens, so only its owner may read it: `chmod 600 clients/<code>.env`. Nothing was run.',
  ),
  CX1152: errorCode(
    'client-switch-unknown',
    'A client switches off what the project does not have',
    '`false` in `clients/<code>.yml` takes away an entry of the project file: a connector, a pipeline, a destination of conversions, a channel or a rule of alerts. The name at the place shown is none of them.',
  ),
  CX1153: errorCode(
    'clients-share-database',
    'Two clients that would write to one database',
    'Each client has databases of its own: that of its target, and the raw databases of its connectors. Two clients came to the same one on the same server, so nothing was run. Give each a `database` of its own in `clients/<code>.yml`; where the name comes from an environment variable, look at `clients/<code>.env`.',
  ),
  CX1154: errorCode(
    'database-of-another-client',
    'A database that belongs to another client',
    'The first run with `--client` that writes to a database leaves the code of the client in it (`__cortex_client`). Later runs of another client, or without `--client`, are refused before they change anything. Correct the target; where the client was renamed, change the row by hand.',
  ),
  CX1155: errorCode(
    'not-for-all-clients',
    'A command or flag that cannot be used for all clients at once',
    '`--client all` is for commands that work alone, once per client. The message says what stands against it. Name one client.',
  ),
  CX1156: errorCode(
    'relation-outside-client',
    'A model that would leave the databases of its client',
    'With `--client`, what is built stands in the database of the client’s target or in one whose name begins with it and an underscore (`aurora_marts`), and never in one that another client claims. A `database:` config, or `schema_naming: environment`, led elsewhere. Nothing was run.',
  ),
  CX1140: errorCode(
    'script-macro-invalid',
    'A script macro that cannot be loaded',
    'A macro written in TypeScript or JavaScript is one file that exports one function. The message says what stopped it from being loaded.',
  ),

  CX1141: errorCode(
    'script-model-invalid',
    'A TypeScript model that cannot be loaded',
    'A model written in TypeScript or JavaScript exports `model({ … })` as its default. The message says what stopped it from being loaded, and where.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
