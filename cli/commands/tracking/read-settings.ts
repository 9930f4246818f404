import type { Diagnostic } from '../../kernel/diagnostic.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { outcome } from '../../kernel/outcome.ts';
import { interpolate } from '../../project/interpolate.ts';
import type { Project } from '../../project/project.ts';
import type { TrackingConfig } from '../../project/tracking-config.ts';
import { trackingSchema } from '../../project/tracking-config.ts';
import { complaintOf, validate } from '../../project/validate.ts';
import type { FlagKey, Flags } from '../flags.ts';
import { flagName } from '../flags.ts';
import { badFlagValue, noTrackingIds } from '../messages.ts';

const CODES = { invalid: 'CX1101', unknownKey: 'CX1102' } as const;

/** Flags that stand for a key of `tracking:`, and are stronger. */
const KEYS = {
  ga4Id: 'ga4_id',
  metaPixelId: 'meta_pixel_id',
  tiktokPixelCode: 'tiktok_pixel_code',
  consentDefault: 'consent_default',
} as const satisfies Partial<Record<FlagKey, keyof TrackingConfig>>;

/** `tracking:` of the project, with the flags over it; everything wrong with either at once. */
export function readTrackingSettings(
  project: Project | undefined,
  flags: Flags,
): Outcome<TrackingConfig> {
  const own = projectSettings(project);
  const given = givenSettings(flags);
  const value = { ...own.value, ...given.value };
  const diagnostics = [...own.diagnostics, ...given.diagnostics];
  const ids = [value.ga4_id, value.meta_pixel_id, value.tiktok_pixel_code];
  const isEmpty = diagnostics.length === 0 && ids.every((id) => typeof id !== 'string');
  return outcome(value, isEmpty ? [noTrackingIds()] : diagnostics);
}

function projectSettings(project: Project | undefined): Outcome<TrackingConfig> {
  const defaults = trackingSchema.parse({});
  if (project?.tracking === undefined) return outcome(defaults);
  const { yaml, file } = project.tracking;
  const filled = interpolate(yaml, project.environment, file);
  const checked = validate(trackingSchema, filled.value, file, CODES);
  return outcome(checked.value ?? defaults, [...filled.diagnostics, ...checked.diagnostics]);
}

function givenSettings(flags: Flags): Outcome<Partial<TrackingConfig>> {
  const diagnostics: Diagnostic[] = [];
  const values = Object.entries(KEYS).flatMap(([name, key]) => {
    const flag = name as keyof typeof KEYS;
    const raw = flags[flag];
    if (raw === undefined) return [];
    const checked = trackingSchema.shape[key].safeParse(raw);
    if (checked.success) return [[key, checked.data] as const];
    const complaint = checked.error.issues.map(complaintOf)[0] ?? '';
    const wanted = complaint.replace(/^must be /, '');
    diagnostics.push(badFlagValue(`--${flagName(flag)}`, raw, wanted));
    return [];
  });
  return outcome(Object.fromEntries(values), diagnostics);
}
