/** Takes the run lock of the target given as JSON, says so, and holds it until it is killed. */
import type { ServerTarget } from '../../cli/manifest/target.ts';
import { systemClock } from '../../cli/platform/clock.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { acquireRunLock } from '../../cli/warehouse/run-lock.ts';

const target = JSON.parse(process.argv[2] ?? '') as ServerTarget;
const database = await connectTarget(target, { runId: 'killed' });
await acquireRunLock(database, { command: 'cortex build', wait: false, clock: systemClock });
const session = await database.connect();
await session.execute('CREATE TABLE orders__cortex_new (id INT)');
console.log(session.threadId);
await session.execute('INSERT INTO orders__cortex_new SELECT SLEEP(20)');
