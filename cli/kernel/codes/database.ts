import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX50xx–CX51xx: connecting, and statements the database refused. */
export const DATABASE_CODES = {
  CX5001: errorCode(
    'connect-failed',
    'The database could not be reached',
    'Host, port or socket do not answer. `cortex debug` looks for the reason step by step.',
  ),
  CX5002: errorCode(
    'access-denied',
    'The server refused the user',
    'The server answered, but does not let this user in, or not into this database. Check user and password of the target and from which host the user may connect (`SELECT user, host FROM mysql.user`).',
  ),
  CX5003: errorCode(
    'database-missing',
    'The database of the target does not exist and cannot be made',
    'Cortex makes the database of a target when it is missing. Here the user lacks the privilege: somebody who has it must create the database and grant the user all privileges on it.',
  ),
  CX5004: errorCode(
    'server-unsupported',
    'A server that is too old',
    'Cortex needs window functions, common table expressions and an atomic RENAME of several tables, which the server does not have. Upgrade it.',
  ),
  CX5005: errorCode(
    'tls-failed',
    'The encrypted connection could not be made',
    'Either the server demands TLS and the target has no `ssl`, or the target demands it and the server has none, or the certificate of the server is not signed by an authority that this machine knows. Name the authority with `ssl.ca`.',
  ),
  CX5006: errorCode(
    'tls-file-unreadable',
    'A certificate or key that cannot be read',
    'The file named by `ssl.ca`, `ssl.cert` or `ssl.key` of the target does not exist or may not be read by the current user.',
  ),
  CX5007: errorCode(
    'auth-plugin',
    'A way to log in that Cortex does not speak',
    'The account logs in through a plugin of the server that the driver does not have. Give the account a password (`ALTER USER … IDENTIFIED BY …`), or use another one.',
  ),
  CX5008: errorCode(
    'too-many-connections',
    'The server has no connection left',
    'All connections that `max_connections` or the limit of the account allows are taken. Lower `threads` of the target, close other clients or raise the limit.',
  ),
  CX5009: errorCode(
    'privilege-missing',
    'A statement that the user may not run',
    'The user of the target lacks a privilege. `cortex debug` lists them one by one, with the GRANT that gives each.',
  ),
  CX5010: errorCode(
    'lock-timeout',
    'Another session kept a lock for too long',
    'The statement waited for rows or a table that another session holds in an open transaction, and gave up. Nothing was changed. Let the other session finish and run again.',
  ),
  CX5011: errorCode(
    'deadlock',
    'The server ended the transaction to resolve a deadlock',
    'Two sessions waited for each other, and the server rolled this one back. Cortex repeats such a step by itself; when this message shows, every attempt met a deadlock. Let only one process write to the table.',
  ),
  CX5012: errorCode(
    'connection-lost',
    'The connection broke while a statement ran',
    'The server was stopped or restarted, an administrator or a proxy closed the connection, or the network failed. The server may have finished the statement; the next run looks at what is there.',
  ),
  CX5013: errorCode(
    'packet-too-large',
    'A statement longer than the server takes',
    '`max_allowed_packet` of the server is smaller than the statement. Raise it (64 MB is a good value), or make the statement shorter.',
  ),
  CX5014: errorCode(
    'statement-time-limit',
    'A statement that ran longer than allowed',
    'The read time-out of the target or a limit of the server (`max_execution_time`, `max_statement_time`) ended the statement. Raise the limit or make the query faster.',
  ),
  CX5015: errorCode(
    'server-read-only',
    'A server that does not take changes',
    'The server is a replica or was set to `read_only`. Use the address of the primary server as target.',
  ),
  CX5016: errorCode(
    'server-disk-full',
    'The disk of the server is full',
    'The server found no room to write a table, a temporary table or its log. What was published before stays as it is, and what was half-built is dropped by the next run. Make room on the disk of the server and run again.',
  ),
  CX5020: errorCode(
    'cancelled',
    'A statement that somebody ended',
    'The statement was killed from outside Cortex, by an administrator or a monitor that ends long queries.',
  ),
  CX5030: errorCode(
    'run-locked',
    'Another run works on the same target',
    'Two runs on one target database would build the same tables, so the second is refused. Wait until the first ends, or pass `--wait`. When the first was killed, its lock goes as soon as the server has ended its last statement.',
  ),
  CX5040: errorCode(
    'server-missing',
    'No MySQL or MariaDB server on this machine',
    'A target of type `local` needs the program `mariadbd` or `mysqld`. Install one, or name its path in CORTEX_SERVER_BINARY, or use a target of type `mysql`.',
  ),
  CX5041: errorCode(
    'server-start-failed',
    'The private server did not start',
    'The notes show the end of its log. The usual reasons are a full disk, a data directory made by a newer version, and a directory that belongs to another user. `.cortex/server` holds nothing but what Cortex built, and can be deleted when the project can be built again from its sources.',
  ),
  CX5042: errorCode(
    'server-install-failed',
    'The database server could not be installed',
    'The command shown failed. Type it yourself to see why, then run Cortex again.',
  ),
  CX5101: errorCode(
    'unknown-column',
    'A column that the relation does not have',
    'The statement names a column that none of its tables has, or that is out of reach at that place. A column alias of the select list can be used in GROUP BY, HAVING and ORDER BY, not in WHERE.',
  ),
  CX5102: errorCode(
    'sql-rejected',
    'A statement that the database refused',
    'The server refused the statement for the reason in its own words, shown in the note.',
  ),
  CX5103: errorCode(
    'data-too-long',
    'A text longer than its column',
    'A value does not fit into its column. Make the column wider with `data_type`, or cut the value with LEFT.',
  ),
  CX5104: errorCode(
    'duplicate-key',
    'Two rows with the same value of a unique key',
    'The rows that the query gives repeat a value of the primary key or of a unique index. Remove the duplicates in the query, or choose a key that is unique.',
  ),
  CX5105: errorCode(
    'unknown-table',
    'A table that does not exist',
    'The statement names a table or view that the server does not have. Tables that Cortex builds are named by `ref`, loaded ones by `source`, so that they are built first.',
  ),
  CX5106: errorCode(
    'value-invalid',
    'A value that cannot become the type it is needed as',
    'Writing is strict: a text that is not a number, a date that does not exist or a number out of range ends the statement, where a plain SELECT would only warn. Cast safely, or filter the value out.',
  ),
  CX5107: errorCode(
    'ambiguous-column',
    'A column name that several tables have',
    'Write the alias of the table before the column: `orders.id` in place of `id`.',
  ),
  CX5108: errorCode(
    'null-not-allowed',
    'A NULL in a column that takes none',
    'The query gives NULL for a column that is NOT NULL or part of the primary key. Replace it with COALESCE, filter the row out, or allow NULL.',
  ),
  CX5109: errorCode(
    'unknown-function',
    'A function that the server does not have',
    'Functions differ between servers: MD5 and SHA1 are gone from MySQL 9.6, ANY_VALUE and REGEXP_LIKE are not in MariaDB. The library of macros has forms that work on all of them.',
  ),
  CX5110: errorCode(
    'collations-differ',
    'Texts of two collations compared with each other',
    'The two sides of a comparison sort by different rules, and the server does not choose. Write `COLLATE utf8mb4_unicode_ci` after one of them, or give both columns the same collation.',
  ),
  CX5111: errorCode(
    'division-by-zero',
    'A division by zero',
    'Writing is strict: a division by zero ends the statement. Divide by NULLIF(x, 0), or use the macro for safe division.',
  ),
  CX5112: errorCode(
    'not-grouped',
    'A selected column that is neither grouped nor aggregated',
    'With GROUP BY, every column of the select list must be in it or inside an aggregate such as MAX, so that the result does not depend on which row the server reads first.',
  ),
  CX5113: errorCode(
    'syntax-refused',
    'SQL that the server cannot read',
    'The place shown is where the server stopped; the mistake is there or just before it. Common reasons are a missing or extra comma, an unclosed bracket, a reserved word used as a name without backticks, and syntax that this server does not have.',
  ),
  CX5114: errorCode(
    'duplicate-column',
    'Two columns of the same name',
    'The columns of a table must have different names. Give one of them an alias; after a join, `select *` of both tables is the usual reason.',
  ),
  CX5115: errorCode(
    'invalid-json',
    'JSON or a JSON path that is not well-formed',
    'A value that is stored in or read as JSON is not well-formed (filter with JSON_VALID), or a path does not begin with `$`.',
  ),
  CX5116: errorCode(
    'identifier-too-long',
    'A name that the server refuses for its length',
    'MySQL and MariaDB take names of at most 64 characters: of columns, aliases, tables and indexes. Give the expression a shorter alias with AS; a column without an alias is named after its whole text.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
