import type { SourcePlace } from '../../../tracking/outbox/conversion-source.ts';
import type { ConversionsConfig } from '../../../tracking/outbox/settings-schema.ts';
import type { Relation } from '../../manifest/relation.ts';

/** The relations that conversions are read from; `database` is the target's own. */
export function conversionPlace(config: ConversionsConfig, database: string): SourcePlace {
  return {
    model: relationOf(config.model, database),
    identity: config.identity === undefined ? undefined : relationOf(config.identity, database),
    identityKey: config.identity_key,
  };
}

/** `database.relation`, or a relation of the target's own database. */
function relationOf(written: string, own: string): Relation {
  const [first = '', second] = written.split('.');
  return second === undefined ? { database: own, name: first } : { database: first, name: second };
}
