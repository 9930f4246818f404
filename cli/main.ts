#!/usr/bin/env node
import { cortexVersion } from './platform/version.ts';

const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${cortexVersion()}\n`);
} else {
  const { main } = await import('./start.ts');
  process.exitCode = await main(args);
}
