// Posts batches one after the other, each read from a line of a file and written as JSON again. Argument 1 is the
// file, argument 2 the address.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , file, address] = process.argv;
for await (const line of createInterface({ input: createReadStream(file) })) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(JSON.parse(line)),
  });
  const { events_received } = await response.json();
  if (events_received === 0) throw new Error('an empty batch');
}
