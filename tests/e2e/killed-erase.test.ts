import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Finished } from '../support/built-cortex.ts';
import { builtCortex, cortexKilledAt } from '../support/built-cortex.ts';
import type { ErasableShop } from '../support/erasable-shop.ts';
import { erasableShop, sentCustomer } from '../support/erasable-shop.ts';
import { filesWith, tablesWith } from '../support/person-search.ts';
import { servers } from '../support/server.ts';

interface Report {
  readonly raw_rows: Readonly<Record<string, number>>;
  readonly conversions_cancelled: readonly string[];
  readonly not_recallable: readonly object[];
}

/** How far an erasure has come. */
class Progress {
  readonly #shop: ErasableShop;
  readonly #orderId: string;
  readonly #reports: number;

  constructor(shop: ErasableShop, orderId: string) {
    this.#shop = shop;
    this.#orderId = orderId;
    this.#reports = this.#reportCount();
  }

  /** It has written down what it found. */
  async hasFound(): Promise<boolean> {
    return this.#holds(
      `select 1 from __cortex_privacy_requests where action = 'erase' and status = 'running' and figures is not null`,
    );
  }

  async hasEmptied(): Promise<boolean> {
    return this.#holds(
      `select 1 from raw_nuvemshop_orders where id = ${this.#orderId} and contact_email is null`,
    );
  }

  /** Models are built again from now on. */
  async hasReported(): Promise<boolean> {
    return this.#reportCount() > this.#reports;
  }

  #reportCount(): number {
    const folder = join(this.#shop.directory.path, '.cortex/privacy/reports');
    return existsSync(folder) ? readdirSync(folder).length : 0;
  }

  async #holds(query: string): Promise<boolean> {
    return (await this.#shop.own.query(query)).length > 0;
  }
}

/** When each erasure of a person is killed: what it has come to, and milliseconds after that. */
const KILLS = [
  ['hasFound', 0],
  ['hasEmptied', 0],
  ['hasReported', 0],
  ['hasReported', 200],
] as const;

describe.each(servers)('an erasure that is killed on $name', (server) => {
  test('is finished by the next one, with everything in its report', async () => {
    await using own = await erasableShop(server);
    const { path } = own.directory;
    for (const command of ['sync', 'build', 'convert']) {
      const { exitCode, stderr } = await own.run(command);
      expect(exitCode, stderr).toBe(0);
    }
    const person = await sentCustomer(own);
    own.directory.write('target/notes.txt', `call ${person.phone}`);
    const erase = ['privacy', 'erase', '--email', person.email, '--json'];
    const dry = await builtCortex(path, [...erase, '--dry-run'], own.environment);
    const { raw_rows, conversions_cancelled, not_recallable } = JSON.parse(dry.stdout) as Report;

    const killed: Finished[] = [];
    for (const [come, ms] of KILLS) {
      const progress = new Progress(own, person.orderId);
      const moment = async (signal: AbortSignal) => {
        while (!signal.aborted && !(await progress[come]())) await sleep(2);
        await sleep(ms);
      };
      killed.push(
        await cortexKilledAt(path, [...erase, '--yes'], { moment, env: own.environment }),
      );
    }
    const ended = await builtCortex(path, [...erase, '--yes'], own.environment);

    expect(killed.map(({ exitCode }) => exitCode)).toEqual(KILLS.map(() => null));
    expect(ended.exitCode, ended.stderr).toBe(0);
    const report: unknown = JSON.parse(ended.stdout);
    expect(report).toMatchObject({ status: 'done', left: [] });
    expect(report).toMatchObject({ raw_rows, conversions_cancelled, not_recallable });
    expect(conversions_cancelled).toContain(`tiktok purchase.${person.orderId}`);
    expect(await tablesWith(own.own, person.texts)).toEqual([]);
    expect(filesWith(path, person.texts)).toEqual([]);
  }, 300_000);
});
