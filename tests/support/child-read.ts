import { connectTarget } from '../../cli/warehouse/connect.ts';
import { openTestStream, orderShape, readOrders, windowOf } from './raw-streams.ts';
import type { TestOrder } from './raw-streams.ts';
import type { TestDatabase } from './server.ts';

/**
 * The program of a process that reads one day after the other, to be killed: it goes on where the state
 * says that it stopped, and begins again when the month is over.
 */
const { name, target, ordersADay } = JSON.parse(process.argv[2] ?? '') as {
  name: string;
  target: TestDatabase['target'];
  ordersADay: number;
};

await using database = await connectTarget(target, { runId: `child-${process.pid}` });
await using opened = await openTestStream(database, orderShape(name));
const state = await opened.state.stream(
  { platform: 'test', accountId: '4567', stream: 'orders' },
  1,
);
console.log('ready');
const first = Number((state?.cursor ?? '2026-10-01').slice(8));
for (let day = first; day < 28; day += 1) {
  const window = windowOf(dayText(day), dayText(day + 1));
  const orders = Array.from({ length: ordersADay }, (_, row): TestOrder => {
    const id = String(day * 1_000_000 + row);
    return { id, version: '1', day: dayText(day), note: 'x'.repeat(200), lines: ['a', 'b'] };
  });
  await readOrders(opened.stream, window, [orders]);
}

function dayText(day: number): string {
  return `2026-10-${String(day).padStart(2, '0')}`;
}
