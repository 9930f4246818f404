import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX77xx: pipelines and their schedule. */
export const PIPELINE_CODES = {
  CX7701: errorCode(
    'invalid-pipeline',
    'A setting of pipelines that cannot be used',
    'The settings under `pipelines:` are checked before a pipeline starts: an unknown key, a step that no pipeline can have, a schedule that is not five cron fields, a time that is not written as `30m`.',
  ),
  CX7702: errorCode(
    'unknown-pipeline',
    'A pipeline that the project does not have',
    'The pipelines are `daily`, `hourly`, `weekly` and `backfill`, and the keys under `pipelines:` of the project file.',
  ),
  CX7703: errorCode(
    'pipeline-running',
    'Another pipeline works on the target',
    'Only one pipeline works on a target at a time. The message says which one holds it, where and since when. Wait for its end, or start with `--wait`. Nothing was run.',
  ),
  CX7704: errorCode(
    'pipeline-changed',
    'A pipeline cannot go on because its steps have changed',
    'A run goes on at the step where it stopped. The steps of the project file are others than those of that run, so that place does not exist any more. Start the pipeline anew, without `--resume`.',
  ),
  CX7705: errorCode(
    'pipeline-step-failed',
    'A step of a pipeline did not succeed',
    'The messages of the step say why; they stand above. `cortex run-pipeline <name> --resume` goes on at this step.',
  ),
  CX7706: errorCode(
    'schedule-not-portable',
    'A schedule cannot be written for what is to start it',
    'systemd has no words for `L`, `W` and `#`; GitHub Actions knows UTC only, so a list of hours, or a day of the month, that crosses midnight there cannot be shifted. Nothing was written.',
  ),
  CX7707: errorCode(
    'schedule-file-not-ours',
    'A file of the schedule was written by someone else',
    '`cortex schedule install` writes over its own files only, which say so in their first line. Nothing was written.',
  ),
  CX7708: errorCode(
    'health-port-taken',
    'The port of the health endpoint cannot be listened on',
    'Another program listens on the port, or the system does not let this one do so.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
