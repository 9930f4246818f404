import { setFlagsFromString } from 'node:v8';

/**
 * From now on the garbage collector starts when the heap is twice what is in use. Left to itself it waits for four
 * times that, and a process through which gigabytes flow keeps a hundred megabytes of what it no longer needs.
 * What V8 compiled under other flags it takes from no cache: the program's own code is to be there already.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100');
}

/** Leaves the heap to V8 again. */
export function letHeapGrow(): void {
  setFlagsFromString('--heap-growing-percent=0');
}
