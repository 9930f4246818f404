import type { Code } from '../kernel/codes.ts';
import type { DatabaseError } from './database-error.ts';
import type { StatementProblem } from './describe-error.ts';

type Explain = (error: DatabaseError) => StatementProblem;

/** Explains one error; the first quoted part of the server's message is what it is about. */
const about =
  (
    code: Code,
    message: (quoted: string) => string,
    extra: Partial<StatementProblem> = {},
  ): Explain =>
  (error) => {
    const name = quotedPart(error.message);
    return {
      code,
      message: message(`\`${name}\``),
      ...(extra.nameIs === undefined && extra.label === undefined ? {} : { name }),
      ...extra,
    };
  };

const plain =
  (code: Code, message: string, hint?: string): Explain =>
  () => ({ code, message, ...(hint === undefined ? {} : { hint }) });

const UNKNOWN_TABLE = about('CX5105', (name) => `the table ${name} does not exist`, {
  nameIs: 'table',
  label: 'no such table',
  hint: 'build or load it first, or correct its name',
});

const TOO_LONG_NAME = about('CX5116', (name) => `the name ${name} has more than 64 characters`, {
  label: 'too long',
  hint: 'give it a shorter alias with AS',
});

const BAD_NAME = about('CX5102', (name) => `a column cannot be called ${name}`, {
  label: 'not a name',
  hint: 'give it another alias with AS',
});

const DUPLICATE_KEY: Explain = (error) => {
  const found = /Duplicate entry '([\s\S]*)' for key '(.*?)'/.exec(error.message);
  return {
    code: 'CX5104',
    message: `two rows have the value \`${found?.[1] ?? ''}\` of the key \`${found?.[2] ?? ''}\``,
    hint: 'count the rows by key with `cortex show --inline`, then remove the duplicates or choose another key',
  };
};

const TOO_LONG = about('CX5103', (name) => `a text is longer than its column ${name}`, {
  label: 'too narrow for a value',
  hint: 'make the column wider with `data_type`, or cut the value with LEFT',
});

const OUT_OF_RANGE = about('CX5106', (name) => `a number is out of range for ${name}`, {
  label: 'too narrow for a value',
  hint: 'choose a wider type, or filter the value out',
});

const INVALID_VALUE: Explain = (error) => {
  const found = /(?:value|'): '([\s\S]*?)'(?: for column .*?[`']?([^`'.]+)[`']? at row)?/.exec(
    error.message,
  );
  const value = found?.[1];
  const column = /for column (?:`[^`]*`\.`[^`]*`\.)?[`']([^`']+)[`']/.exec(error.message)?.[1];
  return {
    code: 'CX5106',
    message: `${value === undefined ? 'a value' : `the value \`${value}\``} cannot become the type of ${column === undefined ? 'its place' : `the column \`${column}\``}`,
    ...(column === undefined ? {} : { name: column, label: 'from here' }),
    hint: 'convert it with the macro for safe casts, or filter it out',
  };
};

const NOT_NULL = about('CX5108', (name) => `a NULL in the column ${name}, which takes none`, {
  label: 'NULL in some row',
  hint: 'replace it with COALESCE, filter the row out, or allow NULL',
});

const NOT_GROUPED: Explain = (error) => {
  const column = /column '(.*?)'|^'(.*?)' isn't/i.exec(error.message);
  const name = (column?.[1] ?? column?.[2] ?? '').split('.').slice(-2).join('.');
  return {
    code: 'CX5112',
    message: `\`${name}\` is neither grouped nor aggregated`,
    ...(name === '' ? {} : { name, label: 'add it to GROUP BY, or aggregate it' }),
    hint: 'add it to GROUP BY, or wrap it in MAX, MIN or another aggregate',
  };
};

const COLLATIONS = plain(
  'CX5110',
  'texts of different collations are compared',
  'write `COLLATE utf8mb4_unicode_ci` after one side, or give both columns one collation',
);

const PRIVILEGE = plain(
  'CX5009',
  'the user of the target may not do this',
  '`cortex debug` lists the missing privileges, with the GRANT that gives each',
);

const READ_ONLY = plain(
  'CX5015',
  'the server takes no changes',
  'use the address of the primary server, or turn `read_only` off',
);

const LIMIT = plain(
  'CX5014',
  'the statement ran longer than allowed',
  'raise the limit, or make the query faster',
);

const BY_NUMBER: Readonly<Record<number, Explain>> = {
  1054: about('CX5101', (name) => `there is no column ${name}`, {
    nameIs: 'column',
    label: 'no such column here',
  }),
  1052: about('CX5107', (name) => `the column ${name} is in more than one table`, {
    label: 'of which table?',
    hint: 'write the alias of the table before it',
  }),
  1146: UNKNOWN_TABLE,
  1051: UNKNOWN_TABLE,
  1109: UNKNOWN_TABLE,
  1049: about('CX5105', (name) => `the database ${name} does not exist`, {
    label: 'no such database',
  }),
  1062: DUPLICATE_KEY,
  1586: DUPLICATE_KEY,
  1406: TOO_LONG,
  1260: plain('CX5103', 'the result of GROUP_CONCAT was cut', 'raise `group_concat_max_len`'),
  1264: OUT_OF_RANGE,
  1690: OUT_OF_RANGE,
  1265: about('CX5106', (name) => `a value does not fit the type of the column ${name}`, {
    label: 'from here',
    hint: 'cast it explicitly, or give the column a wider `data_type`',
  }),
  1292: INVALID_VALUE,
  1366: INVALID_VALUE,
  1367: INVALID_VALUE,
  1411: INVALID_VALUE,
  1048: NOT_NULL,
  1364: NOT_NULL,
  1263: NOT_NULL,
  1305: about('CX5109', (name) => `the server has no function ${name}`, {
    label: 'no such function',
  }),
  1630: about('CX5109', (name) => `the server has no function ${name}`, {
    label: 'no such function',
  }),
  1267: COLLATIONS,
  1270: COLLATIONS,
  1271: COLLATIONS,
  1365: plain('CX5111', 'a division by zero', 'divide by `NULLIF(x, 0)`'),
  1055: NOT_GROUPED,
  1140: NOT_GROUPED,
  1064: plain(
    'CX5113',
    'the server cannot read the SQL from here on',
    'look at what stands just before: a comma, a bracket or a keyword too many or too few',
  ),
  1149: plain('CX5113', 'the server cannot read the SQL'),
  1059: TOO_LONG_NAME,
  1166: (error) => (quotedPart(error.message).length > 64 ? TOO_LONG_NAME : BAD_NAME)(error),
  1060: about('CX5114', (name) => `two columns are called ${name}`, {
    label: 'give one of them an alias',
    hint: 'give one of them an alias',
  }),
  3140: plain('CX5115', 'a value that is stored as JSON is not well-formed'),
  3141: plain(
    'CX5115',
    'a value that is read as JSON is not well-formed',
    'filter with JSON_VALID',
  ),
  3143: plain(
    'CX5115',
    'a JSON path is not well-formed',
    'a path starts with `$`: `$.items[0].id`',
  ),
  4042: plain(
    'CX5115',
    'a JSON path is not well-formed',
    'a path starts with `$`: `$.items[0].id`',
  ),
  1142: PRIVILEGE,
  1143: PRIVILEGE,
  1044: PRIVILEGE,
  1227: PRIVILEGE,
  1370: PRIVILEGE,
  1290: READ_ONLY,
  1836: READ_ONLY,
  1792: READ_ONLY,
  1205: plain('CX5010', 'another session kept a lock for too long', 'let it finish, and run again'),
  3572: plain('CX5010', 'another session holds a lock', 'let it finish, and run again'),
  1213: plain(
    'CX5011',
    'the server rolled back to resolve a deadlock',
    'run again, and let only one process write to the table',
  ),
  1153: plain(
    'CX5013',
    'the statement is longer than `max_allowed_packet`',
    'raise `max_allowed_packet` of the server',
  ),
  1317: plain(
    'CX5020',
    'somebody ended the statement',
    'ask the administrator of the server, or run again',
  ),
  1969: LIMIT,
  3024: LIMIT,
};

const FULL = plain(
  'CX5016',
  'the server’s disk is full',
  'make room on the server, then run again',
);

/** Numbers of a full disk or table space: of the server, its temporary tables, and of the system. */
const FULL_NUMBERS: ReadonlySet<number> = new Set([3, 1021, 1026, 1114, 3019]);

/** Whether the server found no room to write (`errno: 28` is the system's word for it). */
export function isDiskFull(error: DatabaseError): boolean {
  return FULL_NUMBERS.has(error.errno) || /errno: 28\b|No space left/i.test(error.message);
}

/** Says in the user's terms what was wrong with a statement. */
export function statementProblem(error: DatabaseError): StatementProblem {
  if (error.symbol === 'READ_TIMEOUT') return LIMIT(error);
  if (isDiskFull(error)) return FULL(error);
  const explain = BY_NUMBER[error.errno];
  if (explain !== undefined) return explain(error);
  if (error.kind === 'connection_lost' || error.kind === 'connect_failed') {
    return {
      code: 'CX5012',
      message: 'the connection to the server broke',
      hint: 'run again: Cortex looks at what the server has finished',
    };
  }
  return { code: 'CX5102', message: 'the server refused the statement' };
}

/** The first part between quotes, without the database in front of a table. */
function quotedPart(message: string): string {
  const quoted = /'((?:[^']|'')*)'|`([^`]*)`/.exec(message);
  const doesNotExist = /FUNCTION (\S+) does not exist/.exec(message)?.[1];
  const name = doesNotExist ?? quoted?.[1] ?? quoted?.[2] ?? '';
  return /^[^.\s]+\.[^.\s]+$/.test(name) && /doesn't exist|does not exist/i.test(message)
    ? (name.split('.')[1] ?? name)
    : name;
}
