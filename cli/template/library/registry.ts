import type { MacroDefinition } from '../environment.ts';
import { anyValue } from './any-value.ts';
import { boolToText, cast } from './cast.ts';
import { dateSpine } from './date-spine.ts';
import { dateTrunc } from './date-trunc.ts';
import { dateadd } from './dateadd.ts';
import { datediff } from './datediff.ts';
import { deduplicate } from './deduplicate.ts';
import { equals } from './equals.ts';
import { generateSeries } from './generate-series.ts';
import { jsonBool, jsonNum, jsonStr, jsonTs } from './json.ts';
import { lastDay } from './last-day.ts';
import { listagg } from './listagg.ts';
import { localTime } from './local-time.ts';
import { md5 } from './md5.ts';
import { pivot } from './pivot.ts';
import { powersOfTwo } from './powers-of-two.ts';
import { safeCast } from './safe-cast.ts';
import { safeDivide } from './safe-divide.ts';
import { splitPart } from './split-part.ts';
import { starExcept } from './star-except.ts';
import { hash, position } from './strings.ts';
import { surrogateKey } from './surrogate-key.ts';
import { unionRelations } from './union-relations.ts';
import { unpivot } from './unpivot.ts';

const MACROS: readonly MacroDefinition[] = [
  anyValue,
  boolToText,
  cast,
  dateSpine,
  dateTrunc,
  dateadd,
  datediff,
  deduplicate,
  equals,
  generateSeries,
  hash,
  jsonBool,
  jsonNum,
  jsonStr,
  jsonTs,
  lastDay,
  listagg,
  localTime,
  md5,
  pivot,
  position,
  powersOfTwo,
  safeCast,
  safeDivide,
  splitPart,
  starExcept,
  surrogateKey,
  unionRelations,
  unpivot,
];

/** The macros that ship with Cortex, package `cortex`. */
export function builtInMacros(): readonly MacroDefinition[] {
  return MACROS;
}
