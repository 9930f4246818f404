import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CancelledError } from '../kernel/errors.ts';

/** Asks for one line at the terminal, on standard error. What is typed for a secret is not shown. Ctrl-C and Ctrl-D cancel. */
export function askLine(
  question: string,
  { isSecret }: { readonly isSecret: boolean },
): Promise<string> {
  process.stderr.write(question);
  const output = isSecret ? silent() : process.stderr;
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve, reject) => {
    let answer: string | undefined;
    lines.on('line', (line) => {
      answer = line.trim();
      lines.close();
    });
    lines.on('close', () => {
      if (isSecret || answer === undefined) process.stderr.write('\n');
      if (answer === undefined) reject(new CancelledError('interrupted'));
      else resolve(answer);
    });
  });
}

function silent(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
