import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import type { TestDatabase } from './server.ts';

export interface Cut {
  /** The first statement with this text is the last one of its connection. */
  readonly at: string;
  /** Whether the server receives it; its answer is lost in any case. */
  readonly isDelivered: boolean;
}

/** The target of a database over a network that fails once, in the middle of a statement. */
export async function cutTarget(
  { target }: TestDatabase,
  cut: Cut,
): Promise<TestDatabase['target']> {
  let isOver = false;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(target.port, target.host);
    let isCut = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (socket === client ? server : client).destroy());
    }
    client.on('data', (chunk) => {
      if (!isOver && chunk.includes(cut.at)) {
        isOver = true;
        isCut = true;
        if (cut.isDelivered) server.write(chunk);
        setTimeout(() => client.destroy(), 200);
      } else if (!isCut) server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (!isCut) client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  return { ...target, host: '127.0.0.1', port: (proxy.address() as AddressInfo).port };
}
