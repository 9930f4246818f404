import { BlockList, isIP } from 'node:net';
import { cleaned } from '../identity/text.ts';

const RESERVED = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  RESERVED.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['2001:db8::', 32],
] as const) {
  RESERVED.addSubnet(net, bits, 'ipv6');
}

/** The address, or `undefined` for one that is private, reserved or none: it names a proxy, not a customer. */
export function publicIp(value: string | null | undefined): string | undefined {
  const text = cleaned(value);
  if (text === undefined) return undefined;
  const version = isIP(text);
  if (version === 0) return undefined;
  return RESERVED.check(text, version === 4 ? 'ipv4' : 'ipv6') ? undefined : text;
}
