import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { CortexError } from '../../kernel/errors.ts';
import { badBytes, brokenGzip, fileNotFound, fileUnreadable } from '../messages.ts';

const BLOCK_BYTES = 256 * 1024;

/** A file of a stream. */
export interface InputFile {
  /** Absolute. */
  readonly path: string;
  /** As people know it: relative to the project directory. */
  readonly name: string;
}

/**
 * The text of a file as UTF-8 bytes, without its byte-order mark: unpacked when it begins as gzip does,
 * recoded when it is in another encoding. Bytes of a UTF-8 file are passed on unchecked.
 */
export async function* fileBlocks(file: InputFile, encoding: string): AsyncGenerator<Buffer, void> {
  const handle = await openFile(file);
  try {
    const blocks = (await isGzip(handle)) ? unpacked(file, handle) : handleBlocks(file, handle);
    yield* encoding === 'utf-8' ? withoutMark(blocks) : recoded(file, blocks, encoding);
  } finally {
    await handle.close();
  }
}

async function openFile(file: InputFile): Promise<FileHandle> {
  try {
    return await open(file.path, 'r');
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    const found = error.code === 'ENOENT' ? fileNotFound(file.name) : unreadable(file, error);
    throw new CortexError([found], { cause });
  }
}

function unreadable(file: InputFile, error: Error) {
  return fileUnreadable({ file: file.name }, error.message);
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const magic = Buffer.alloc(2);
  const { bytesRead } = await handle.read(magic, 0, 2, 0).catch(() => ({ bytesRead: 0 }));
  return bytesRead === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
}

async function* handleBlocks(file: InputFile, handle: FileHandle): AsyncGenerator<Buffer, void> {
  let position = 0;
  for (;;) {
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    const { bytesRead } = await handle
      .read(block, 0, BLOCK_BYTES, position)
      .catch((cause: Error) => {
        throw new CortexError([unreadable(file, cause)], { cause });
      });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield block.subarray(0, bytesRead);
  }
}

async function* unpacked(file: InputFile, handle: FileHandle): AsyncGenerator<Buffer, void> {
  const gunzip = createGunzip({ chunkSize: BLOCK_BYTES });
  const packed = handle.createReadStream({
    autoClose: false,
    highWaterMark: BLOCK_BYTES,
    start: 0,
  });
  packed.on('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    for await (const block of gunzip) yield block as Buffer;
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    const found = error.code?.startsWith('Z_')
      ? brokenGzip({ file: file.name }, error.message)
      : unreadable(file, error);
    throw new CortexError([found], { cause });
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

async function* withoutMark(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let isFirst = true;
  for await (const block of blocks) {
    const hasMark = isFirst && block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf;
    isFirst = false;
    yield hasMark ? block.subarray(3) : block;
  }
}

async function* recoded(
  file: InputFile,
  blocks: AsyncIterable<Buffer>,
  encoding: string,
): AsyncGenerator<Buffer, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const block of blocks) yield Buffer.from(decoder.decode(block, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CortexError([badBytes({ file: file.name }, encoding)], { cause });
  }
}
