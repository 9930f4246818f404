import type { PiiPath } from '../sdk/definition.ts';

/** Personal data of an address; city, state and country stay. */
export function addressPii(path: string): readonly PiiPath[] {
  return [
    { path: `${path}.firstName`, kind: 'name' },
    { path: `${path}.lastName`, kind: 'name' },
    { path: `${path}.name`, kind: 'name' },
    { path: `${path}.company`, kind: 'name' },
    { path: `${path}.address1`, kind: 'address' },
    { path: `${path}.address2`, kind: 'address' },
    { path: `${path}.phone`, kind: 'phone' },
  ];
}
