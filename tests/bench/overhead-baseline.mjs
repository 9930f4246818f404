// The statements of a build, sent by nothing but mysql2: argument 1 is a JSON file
// `{ connection, session: [sql], groups: [{ node, parents: [node], statements: [sql] }] }`.
// Four connections each take the next group whose parents are done and send its statements in order.
import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';

const CONNECTIONS = 4;
const { connection, session, groups } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const waiting = new Map(groups.map((group) => [group.node, group]));
const known = new Set(waiting.keys());
const done = new Set();
let wake = [];

function takeNext() {
  for (const group of waiting.values()) {
    if (group.parents.every((parent) => !known.has(parent) || done.has(parent))) {
      waiting.delete(group.node);
      return group;
    }
  }
  return undefined;
}

async function work() {
  const client = await createConnection({ ...connection, flags: ['-IGNORE_SPACE', '-FOUND_ROWS'] });
  for (const sql of session) await client.query(sql);
  while (waiting.size > 0) {
    const group = takeNext();
    if (group === undefined) {
      await new Promise((resolve) => wake.push(resolve));
      continue;
    }
    for (const sql of group.statements) await client.query(sql);
    done.add(group.node);
    for (const resolve of wake.splice(0)) resolve();
  }
  for (const resolve of wake.splice(0)) resolve();
  await client.end();
}

await Promise.all(Array.from({ length: CONNECTIONS }, work));
