import { connect } from 'node:net';

const PATIENCE_MS = 2000;
const PROTOCOL_VERSION = 10;

/**
 * Whether a server of MySQL's protocol answers on a loopback port. It greets only when it takes sessions:
 * after recovery and after its initial statements.
 */
export async function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    // A greeting is a packet header of four bytes, then the version of the protocol.
    socket.once('data', (greeting) => finish(greeting[4] === PROTOCOL_VERSION));
  });
}
