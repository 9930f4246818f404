import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Capabilities of a server of protocol 4.1 without TLS that authenticates by a native password. */
const CAPABILITIES = 0x00_0a_a2_0f;
const TEXT_COLUMN = 0xfd;
const END_OF_FIELDS = Buffer.from([0xfe, 0, 0, 2, 0]);
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

/**
 * A server of MySQL's protocol that calls itself by a version, lets everybody in and answers each question
 * with that version. Answers with its port; it ends with the test.
 */
export async function greetingServer(version: string): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.write(packet(0, greeting(version)));
    let isLoggedIn = false;
    socket.on('data', () => {
      socket.write(isLoggedIn ? answer(version.replace(/^5\.5\.5-/, '')) : packet(2, OK));
      isLoggedIn = true;
    });
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A packet is its length in three bytes, its number, and its content. */
function packet(number: number, content: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(content.length, 0, 3);
  header[3] = number;
  return Buffer.concat([header, content]);
}

function greeting(version: string): Buffer {
  const flags = Buffer.alloc(7);
  flags.writeUInt16LE(CAPABILITIES & 0xffff, 0);
  flags[2] = 33;
  flags.writeUInt16LE(2, 3);
  flags.writeUInt16LE(CAPABILITIES >>> 16, 5);
  return Buffer.concat([
    Buffer.from([10]),
    Buffer.from(`${version}\0`),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('saltsalt\0'),
    flags,
    Buffer.from([21]),
    Buffer.alloc(10),
    Buffer.from('saltsaltsalt\0'),
    Buffer.from('mysql_native_password\0'),
  ]);
}

/** One row with one column of text. */
function answer(value: string): Buffer {
  const text = (words: string) => Buffer.concat([Buffer.from([words.length]), Buffer.from(words)]);
  const column = Buffer.concat([
    ...['def', '', '', '', 'version', ''].map(text),
    Buffer.from([0x0c, 33, 0, 255, 0, 0, 0, TEXT_COLUMN, 0, 0, 0, 0, 0]),
  ]);
  const parts = [Buffer.from([1]), column, END_OF_FIELDS, text(value), END_OF_FIELDS];
  return Buffer.concat(parts.map((part, index) => packet(index + 1, part)));
}
