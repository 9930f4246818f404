import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FileDeclarations } from './declarations.ts';
import { readProperties } from './read-properties.ts';

/** A properties file as it is on disk. */
export interface PropertiesText {
  /** As messages show it. */
  readonly path: string;
  readonly text: string;
}

/** What both threads work through: each takes the next file that nobody has taken. */
export interface PropertiesJob {
  readonly files: readonly PropertiesText[];
  /** Two 32-bit numbers that both threads see: the next file to take, and how many answers were posted. */
  readonly counters: Int32Array;
  /** Where the second thread posts `Answer`s. */
  readonly port: MessagePort;
}

interface Answer {
  readonly index: number;
  readonly declarations: FileDeclarations;
}

const NEXT = 0;
const POSTED = 1;
/** Characters from which a second thread takes less time than it costs to start. */
const WORTH_A_THREAD = 500_000;
/** Milliseconds without a sign of the second thread, after which its files are read here. */
const LONGEST_SILENCE = 2000;

/**
 * Reads properties files, answers in their order. A large project has a second thread read some of them:
 * YAML takes longer than all else in reading a project anew. `meanwhile` is work that has to be done anyway
 * and needs no properties: it is called only when another thread reads during it.
 */
export function readManyProperties(
  files: readonly PropertiesText[],
  meanwhile: () => void,
): readonly FileDeclarations[] {
  const job = startSecondThread(files);
  if (job === undefined) return files.map(({ text, path }) => readProperties(text, path));
  meanwhile();
  const found = new Map<number, FileDeclarations>();
  readShare(job, ({ index, declarations }) => found.set(index, declarations));
  collect(job, found);
  return files.map(({ text, path }, index) => found.get(index) ?? readProperties(text, path));
}

/** Takes files until none is left and hands over what stands in each. */
function readShare({ files, counters }: PropertiesJob, give: (answer: Answer) => void): void {
  for (;;) {
    const index = Atomics.add(counters, NEXT, 1);
    const file = files[index];
    if (file === undefined) return;
    give({ index, declarations: readProperties(file.text, file.path) });
  }
}

/** What the second thread does with its job. */
export function postShare(job: PropertiesJob): void {
  readShare(job, (answer) => {
    job.port.postMessage(answer);
    Atomics.add(job.counters, POSTED, 1);
    Atomics.notify(job.counters, POSTED);
  });
}

/** Adds the answers of the second thread; those of a thread that ended or hangs stay missing. */
function collect(
  { files, counters, port }: PropertiesJob,
  found: Map<number, FileDeclarations>,
): void {
  for (;;) {
    const posted = Atomics.load(counters, POSTED);
    for (let next = receive(port); next !== undefined; next = receive(port))
      found.set(next.index, next.declarations);
    if (found.size === files.length) break;
    if (Atomics.wait(counters, POSTED, posted, LONGEST_SILENCE) === 'timed-out') break;
  }
  port.close();
}

function receive(port: MessagePort): Answer | undefined {
  return receiveMessageOnPort(port)?.message as Answer | undefined;
}

/** `undefined` where it is not worth it, and where the program runs from its sources. */
function startSecondThread(files: readonly PropertiesText[]): PropertiesJob | undefined {
  const characters = files.reduce((sum, { text }) => sum + text.length, 0);
  if (characters < WORTH_A_THREAD || availableParallelism() < 2) return undefined;
  const program = fileURLToPath(new URL('properties-thread.js', import.meta.url));
  if (!existsSync(program)) return undefined;
  const { port1, port2 } = new MessageChannel();
  const counters = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const job: PropertiesJob = { files, counters, port: port2 };
  const worker = new Worker(program, {
    // The third word names the code that is kept of what the thread calls.
    argv: ['properties-thread'],
    workerData: job,
    transferList: [port2],
  });
  worker.unref();
  // A thread that fails posts no answer, and its files are read here.
  worker.on('error', () => undefined);
  return { ...job, port: port1 };
}
