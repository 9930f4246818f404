import { once } from 'node:events';
import { createServer } from 'node:http';
import { diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { ScheduleMetrics } from './schedule-metrics.ts';

/** Answers `/live`, `/ready`, `/doctor` and `/metrics` until it is disposed. Throws CX7708 where the port is taken. */
export async function serveHealth(
  port: number,
  metrics: ScheduleMetrics,
): Promise<AsyncDisposable> {
  const server = createServer(({ url = '/' }, response) => {
    const [path] = url.split('?');
    const { status, text } = answer(path ?? '/', metrics);
    response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(text);
  });
  try {
    server.listen(port);
    await once(server, 'listening');
  } catch (cause) {
    const refused = diagnostic('CX7708', `the port ${port} cannot be listened on`, {
      hint: 'give another `--health-port`',
    });
    throw new CortexError([refused], { cause });
  }
  return {
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}

function answer(path: string, metrics: ScheduleMetrics): { status: number; text: string } {
  switch (path) {
    case '/live':
      return { status: 200, text: 'live\n' };
    case '/ready':
      return metrics.isReady
        ? { status: 200, text: 'ready\n' }
        : { status: 503, text: 'the database has not answered\n' };
    case '/doctor': {
      const { isWell, text } = metrics.summary ?? { isWell: false, text: 'not looked at yet\n' };
      return { status: isWell ? 200 : 503, text };
    }
    case '/metrics':
      return { status: 200, text: metrics.text() };
    default:
      return { status: 404, text: 'there are /live, /ready, /doctor and /metrics\n' };
  }
}
