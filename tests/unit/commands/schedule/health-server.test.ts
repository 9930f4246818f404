import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { serveHealth } from '../../../../cli/commands/schedule/health-server.ts';
import { ScheduleMetrics } from '../../../../cli/commands/schedule/schedule-metrics.ts';

async function takenPort() {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test('a port that is taken is refused, a free one answers until it is closed', async () => {
  const { server, port } = await takenPort();
  const metrics = new ScheduleMetrics();
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;

  await expect(serveHealth(port, metrics)).rejects.toThrow(/port \d+ cannot be listened on/);
  await expect(serveHealth(port, metrics)).rejects.toMatchObject({
    diagnostics: [{ code: 'CX7708' }],
  });
  server.close();
  await once(server, 'close');
  const health = await serveHealth(port, metrics);
  const before = [await ask('/live'), await ask('/ready'), await ask('/nothing')];
  metrics.isReady = true;
  const after = await ask('/ready');
  await health[Symbol.asyncDispose]();

  expect(before).toEqual([200, 503, 404]);
  expect(after).toBe(200);
  await expect(ask('/live')).rejects.toThrow('fetch failed');
});
