import { BlockList, isIP } from 'node:net';
import { cleaned } from '../identity/text.ts';

const RESERVED_4 = [
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
] as const;
const RESERVED_6 = [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['2001:db8::', 32],
] as const;

const RESERVED = new BlockList();
for (const [net, bits] of RESERVED_4) RESERVED.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of RESERVED_6) RESERVED.addSubnet(net, bits, 'ipv6');

/** First numbers of the addresses that the list has to be asked about, which takes twenty times as long as a look. */
const FIRST_4 = new Set(RESERVED_4.map(([net]) => firstNumber(net)));

/** The address, or `undefined` for one that is private, reserved or none: it names a proxy, not a customer. */
export function publicIp(value: string | null | undefined): string | undefined {
  const text = cleaned(value);
  if (text === undefined) return undefined;
  const version = isIP(text);
  if (version === 0) return undefined;
  const isReserved = version === 4 ? isReserved4(text) : RESERVED.check(text, 'ipv6');
  return isReserved ? undefined : text;
}

/** From 224 on all are reserved. */
function isReserved4(address: string): boolean {
  const first = firstNumber(address);
  return first >= 224 || (FIRST_4.has(first) && RESERVED.check(address));
}

/** `10.0.0.1` begins with 10. */
function firstNumber(address: string): number {
  return Number(address.slice(0, address.indexOf('.')));
}
