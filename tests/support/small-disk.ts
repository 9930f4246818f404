import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEGABYTE = 1024 * 1024;

/** A file system of its own, held in memory, that can be filled up. */
export interface SmallDisk {
  /** Leaves this many bytes free. */
  fillUp(bytesLeft: number): void;
  /** Takes away what `fillUp` wrote. */
  makeRoom(): void;
  unmount(): void;
}

/** Mounts a disk at a folder, which is made; `undefined` where the system does not allow it. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  const ballast = join(folder, 'ballast');
  return {
    fillUp(bytesLeft) {
      // The server writes too: in blocks, each after a look at what is left.
      const file = openSync(ballast, 'w');
      for (;;) {
        const { bavail, bsize } = statfsSync(folder);
        const bytes = Math.min(MEGABYTE, bavail * bsize - bytesLeft);
        if (bytes <= 0) break;
        writeSync(file, Buffer.alloc(bytes));
      }
      closeSync(file);
    },
    makeRoom: () => rmSync(ballast, { force: true }),
    unmount: () => void spawnSync('umount', ['--lazy', folder]),
  };
}

/** Whether this user of this machine may mount a file system in memory. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-mount-'));
  const disk = mountSmallDisk(folder, 1);
  disk?.unmount();
  rmSync(folder, { recursive: true, force: true });
  return disk !== undefined;
}
