/** Starts the private server of the directory given, as a command would, and prints how it is reached. */
import { systemClock } from '../../cli/platform/clock.ts';
import { ensureServer } from '../../cli/server/server.ts';

const server = await ensureServer(process.argv[2] ?? '', {
  clock: systemClock,
  environment: process.env,
});
console.log(JSON.stringify(server));
