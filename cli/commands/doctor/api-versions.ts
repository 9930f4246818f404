import { findPlatform } from '../../../connectors/registry.ts';
import type { ApiVersion } from '../../../connectors/sdk/definition.ts';
import { conversionDestinations } from '../../project/conversion-destinations.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import { readConversions } from '../convert/read-conversions.ts';
import type { ProjectSession } from '../session.ts';
import { connectorNames } from '../sync/read-connectors.ts';
import { DAY_MS } from './finding.ts';

/** A version that ends within this many days is told. */
const WARNED_DAYS = 60;

/** The versions of the platforms' interfaces that are asked for, and the days on which they end. */
export async function* apiVersions(session: ProjectSession): AsyncGenerator<Check> {
  const now = session.world.clock.now();
  for (const name of connectorNames(session)) {
    const { value } = await findPlatform(name, session.project);
    if (value !== undefined) yield versionCheck(`api: ${name}`, value.apiVersion, now);
  }
  yield* ofConversions(session, now);
}

/** Versions of destinations are settings; the platforms' own tell when they end. */
async function* ofConversions(session: ProjectSession, now: number): AsyncGenerator<Check> {
  if (conversionDestinations(session.project).length === 0) return;
  const { destinations } = readConversions(session, []);
  for (const [name, settings] of Object.entries(destinations)) {
    if (!('api_version' in settings)) continue;
    const platform = settings.type === 'meta-capi' ? 'meta_ads' : 'google_ads';
    const { value } = await findPlatform(platform, session.project);
    const version = settings.api_version;
    const sunset = value?.apiVersion.version === version ? value.apiVersion.sunset : undefined;
    yield versionCheck(`api: conversion ${name}`, { version, sunset }, now);
  }
}

function versionCheck(name: string, { version, sunset }: ApiVersion, now: number): Check {
  if (sunset === undefined) return ok(name, `${version}, no end is known`);
  const left = Math.ceil((Date.parse(sunset) - now) / DAY_MS);
  const hint = 'install a newer release of Cortex';
  if (left <= 0) return fail(name, `${version} ended on ${sunset}`, hint);
  return left <= WARNED_DAYS
    ? warn(name, `${version} ends on ${sunset}, in ${left} days`, `${hint} before that day`)
    : ok(name, `${version} until ${sunset}`);
}
