import type { Manifest } from '../../manifest/manifest.ts';
import { nodesOfType } from '../../manifest/nodes-of-type.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import { spanText } from '../freshness/measure-source.ts';
import type { Patient } from './finding.ts';
import { MINUTE_MS } from './finding.ts';

/** CONVERT_TZ with a name, in a text of a model. */
const NAMED_ZONE = /\bconvert_tz\s*\([^;]*?['"][A-Za-z]+\/[A-Za-z_/+-]+['"]/i;

/** Whether the clocks agree, and whether models ask a server for zones that it does not know. */
export async function* clocksAndZones(patient: Patient): AsyncGenerator<Check> {
  yield await clockCheck(patient);
  const { database, manifest } = patient;
  if (database.capabilities.namedTimeZones) return;
  const names = modelsWithZones(manifest);
  if (names.length > 0) {
    yield fail(
      'models',
      `CONVERT_TZ with names of zones gives NULL in ${names.join(', ')}`,
      'load the time zones into the server, or use the macro for local time, which does not need them',
    );
  }
}

async function clockCheck({ session, database }: Patient): Promise<Check> {
  const [row] = await database.control.query(
    "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) AS now",
  );
  const ahead = session.world.clock.now() - Number(row?.['now']) / 1000;
  const apart = Math.abs(ahead);
  if (apart < MINUTE_MS) return ok('clocks', 'this machine and the server agree');
  const way = ahead > 0 ? 'ahead of' : 'behind';
  const detail = `this machine is ${spanText(apart)} ${way} the server`;
  return warn('clocks', detail, 'set the clocks of both, by NTP for example');
}

function modelsWithZones({ nodes }: Manifest): readonly string[] {
  return nodesOfType(nodes, 'model')
    .filter(({ rawCode }) => NAMED_ZONE.test(rawCode))
    .map(({ name }) => name);
}
