// The statements of a build, sent by nothing but mysql2: argument 1 is a JSON file
// `{ connection, session: [sql], groups: [{ id, after: [id], statements: [sql] }] }`. Four
// connections each take the first group that waits for nothing any more and send its statements in order.
import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';

const CONNECTIONS = 4;
const { connection, session, groups } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const waiting = new Map(groups.map((group) => [group.id, group]));
const done = new Set();
let wake = [];

function takeNext() {
  for (const group of waiting.values()) {
    if (group.after.every((id) => done.has(id))) {
      waiting.delete(group.id);
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
    done.add(group.id);
    for (const resolve of wake.splice(0)) resolve();
  }
  for (const resolve of wake.splice(0)) resolve();
  await client.end();
}

await Promise.all(Array.from({ length: CONNECTIONS }, work));
