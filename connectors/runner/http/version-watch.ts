import type { PlatformDefinition } from '../../sdk/definition.ts';

/** So long before a version ends people are told, in time for an update. */
const NOTICE_MS = 60 * 86_400_000;

/** What people should know of the version of an API; each of it is told once. */
export class VersionWatch {
  readonly #platform: Pick<PlatformDefinition, 'label' | 'apiVersion'>;
  #isServedKnown = false;
  #isEndChecked = false;

  constructor(platform: Pick<PlatformDefinition, 'label' | 'apiVersion'>) {
    this.#platform = platform;
  }

  /** Looks at an answer's headers. `now` is in milliseconds, by the platform's clock. */
  *notices(headers: Readonly<Record<string, string>>, now: number): Generator<string> {
    const { label, apiVersion } = this.#platform;
    const { version, servedIn = '' } = apiVersion;
    if (!this.#isEndChecked) {
      this.#isEndChecked = true;
      const end = this.#endText(now);
      if (end !== undefined) yield end;
    }
    const served = headers[servedIn.toLowerCase()];
    if (this.#isServedKnown || served === undefined) return;
    this.#isServedKnown = true;
    if (served === version) return;
    yield `${label} served version ${served} of its API, not ${version}: Cortex needs an update`;
  }

  #endText(now: number): string | undefined {
    const { label, apiVersion } = this.#platform;
    const { version, sunset } = apiVersion;
    if (sunset === undefined) return undefined;
    const end = Date.parse(sunset);
    if (now < end - NOTICE_MS) return undefined;
    const ends = now < end ? 'ends' : 'ended';
    return `version ${version} of the API of ${label} ${ends} on ${sunset}: Cortex needs an update`;
  }
}
