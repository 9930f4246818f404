import { generateKeyPairSync } from 'node:crypto';
import { SIMULATED_PLATFORMS } from '../../../connectors/simulators/simulated-platforms.ts';
import { createWorld } from '../../../connectors/simulators/shop/world.ts';

/**
 * Serves Analytics of a generated shop: argument 1 is the instant that it is, argument 2 the number of orders of its
 * two years. Prints the account as in a project file, as one line of JSON.
 */
const [, , now = '', orders] = process.argv;
const world = createWorld({
  seed: 7,
  orders: Number(orders),
  days: 730,
  startDate: '2024-10-02',
});
const analytics = SIMULATED_PLATFORMS.find(({ name }) => name === 'ga4');
if (analytics === undefined) throw new Error('there is no simulated Analytics');
const { origin } = await analytics.start({ world, clock: { now: () => Date.parse(now) } });
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
console.log(JSON.stringify({ settings: analytics.account(world, { privateKey }), origin }));
