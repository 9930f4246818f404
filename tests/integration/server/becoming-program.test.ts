import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { serverPaths } from '../../../cli/server/server-paths.ts';
import { runningServerPid } from '../../../cli/server/server-process.ts';
import { createDirectory } from '../../support/command-line.ts';

const EXECS = 300;
/** A shell that becomes itself again and again, with the arguments of a server. */
const AGAIN = 'left=$1; shift; [ "$left" = 0 ] || exec /bin/sh -c "$AGAIN" sh $((left - 1)) "$@"';

test('a server is seen at every moment of its start, and no longer once it ended', async () => {
  const paths = serverPaths(createDirectory().path);
  mkdirSync(paths.folder, { recursive: true });
  const child = spawn('/bin/sh', ['-c', AGAIN, 'sh', `${EXECS}`, `--datadir=${paths.data}`], {
    env: { PATH: process.env['PATH'], AGAIN },
  });
  await once(child, 'spawn');
  writeFileSync(paths.pid, `${child.pid}`);

  // A child that ended in this loop is not reaped: it stays as a zombie, which is no server.
  let [looks, missedInARow] = [0, 0];
  for (; missedInARow < 50; looks += 1) {
    const isSeen = runningServerPid(paths) === child.pid;
    if (isSeen) expect(missedInARow, 'it was missing in between').toBe(0);
    missedInARow = isSeen ? 0 : missedInARow + 1;
  }

  expect(looks).toBeGreaterThan(EXECS);
});
