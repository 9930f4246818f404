import type { Clock } from '../../cli/kernel/clock.ts';
import type {
  ClaimedEvent,
  ConversionOutbox,
  EventChange,
} from '../../cli/warehouse/state/conversion-outbox.ts';
import type { JsonRecord } from '../../connectors/sdk/json.ts';
import { splitBatch } from '../conversion/batches.ts';
import type { Operation } from '../conversion/conversion.ts';
import type { DestinationState, EventOutcome, Reading } from '../conversion/reading.ts';
import { settleAll } from '../conversion/reading.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import type { ConversionRow } from './conversion-columns.ts';
import type { Destination } from './destination.ts';
import type { JudgeContext } from './judge.ts';
import { DESTINATION_KINDS } from './kinds.ts';
import type { Answered, Post } from './post.ts';
import type { JudgedEvent, PreparedBatch, Sendable } from './prepare-batches.ts';
import { BatchPreparation } from './prepare-batches.ts';
import { isOrdinaryEnd } from './ordinary-ends.ts';
import { MAX_ATTEMPTS, retryDelayMs } from './retry.ts';

export interface SendOptions {
  readonly outbox: ConversionOutbox;
  readonly destination: Destination;
  readonly settings: ConversionSettings;
  readonly isErased?: JudgeContext['isErased'];
  readonly clock: Clock;
  /** Names this worker in the outbox. */
  readonly worker: string;
  /** Events at most; all that are due otherwise. */
  readonly limit?: number | undefined;
  readonly signal: AbortSignal;
  /** The orders with their customers, in clear. */
  readonly read: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, ConversionRow>>;
  readonly post: Post;
}

/** What a run did to a destination. */
export interface SendSummary {
  delivered: number;
  retried: number;
  dead: number;
  /** Of the dead ones, those that somebody should look at. */
  refused: number;
  held: number;
  requests: number;
  state: DestinationState;
  /** Of the pause. */
  code: string | undefined;
  readonly warnings: Set<string>;
}

/** Until a person without consent is asked for again. */
const HELD_MS = 3_600_000;

/**
 * Sends what is due to one destination, batch by batch, until nothing is or the destination stops. While one batch is
 * under way, the next ones are claimed, read and judged.
 */
export async function sendDue(options: SendOptions): Promise<SendSummary> {
  const worker = new Sender(options);
  await worker.run();
  return worker.summary;
}

class Sender {
  readonly summary: SendSummary = {
    delivered: 0,
    retried: 0,
    dead: 0,
    refused: 0,
    held: 0,
    requests: 0,
    state: 'ok',
    code: undefined,
    warnings: new Set(),
  };
  readonly #options: SendOptions;
  /** The platform has trouble: the rest waits for another run. */
  #isTroubled = false;
  #isPaused = false;

  constructor(options: SendOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { outbox, destination } = this.#options;
    this.#isPaused = (await outbox.pauses()).has(destination.name);
    const preparation = new BatchPreparation(this.#options);
    // A destination that stopped is tried with one event first.
    while (this.#isPaused && this.#isGoingOn()) {
      const batch = await preparation.next(1);
      if (batch === undefined) return;
      await this.#sendPrepared(batch);
    }
    if (!this.#isGoingOn()) return;
    try {
      for await (const batch of preparation.ahead(DESTINATION_KINDS[destination.kind].batchSize)) {
        await this.#sendPrepared(await preparation.fresh(batch));
        if (!this.#isGoingOn()) break;
      }
    } finally {
      await preparation.release();
    }
  }

  #isGoingOn(): boolean {
    return !this.#options.signal.aborted && this.summary.state === 'ok' && !this.#isTroubled;
  }

  async #sendPrepared({ judged }: PreparedBatch): Promise<void> {
    const { outbox, worker } = this.#options;
    await this.#settleUnsent(judged);
    const sendable = judged.filter((one): one is Sendable => one.judgement.verdict === 'send');
    const held = await outbox.beginSending(
      worker,
      sendable.map((one) => ({
        id: one.claimed.id,
        value: one.judgement.value,
        identifiers: one.judgement.identifiers,
      })),
      this.#now(),
    );
    const ours = sendable.filter((one) => held.has(one.claimed.id));
    for (const group of byEndpoint(ours)) await this.#sendBatch(group);
  }

  /** Sends a batch, its halves where it is refused as a whole, and those again that did nothing wrong. */
  async #sendBatch(batch: readonly Sendable[]): Promise<void> {
    const open: (readonly Sendable[])[] = [batch];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (!this.#isGoingOn()) {
        await this.#release(next);
        continue;
      }
      const reading = await this.#request(next);
      if (reading.action === 'split') open.unshift(...splitBatch(next));
      else {
        const again = await this.#settle(next, reading);
        if (again.length > 0) open.unshift(again);
      }
    }
  }

  async #request(batch: readonly Sendable[]): Promise<Reading> {
    const { destination, post } = this.#options;
    const operation = (batch[0]?.claimed.operation ?? 'conversion') as Operation;
    const events: readonly JsonRecord[] = batch.map(({ judgement }) => judgement.event);
    this.summary.requests += 1;
    const answered: Answered = await post(destination, events, operation);
    if (answered.kind === 'refused_access') {
      return settleAll(
        batch.length,
        { outcome: 'retry', code: answered.code, isInnocent: true, isRefused: true },
        { destination: 'pause_auth' },
      );
    }
    if (answered.kind === 'no_answer') {
      return settleAll(batch.length, {
        outcome: 'retry',
        code: 'NO_ANSWER',
        ...(answered.isSent ? {} : { isRefused: true }),
      });
    }
    return destination.read(answered.answer, batch.length);
  }

  /** Returns the events that are to be sent again at once. */
  async #settle(
    batch: readonly Sendable[],
    reading: Extract<Reading, { readonly action: 'settle' }>,
  ): Promise<readonly Sendable[]> {
    if (reading.warning !== undefined) this.summary.warnings.add(reading.warning);
    const again: Sendable[] = [];
    const changes = new Changes();
    const now = this.#now();
    batch.forEach((one, index) => {
      const outcome = reading.perEvent[index] ?? { outcome: 'retry', code: 'NO_ANSWER' };
      if (reading.destination === 'ok' && outcome.outcome === 'retry' && outcome.isInnocent) {
        again.push(one);
        return;
      }
      changes.add(
        one.claimed.id,
        this.#changeOf(one.claimed, outcome, { now, requestId: reading.requestId }),
      );
    });
    await changes.write(this.#options);
    await this.#follow(reading);
    return again;
  }

  #changeOf(
    claimed: ClaimedEvent,
    outcome: EventOutcome,
    { now, requestId }: { readonly now: number; readonly requestId: string | undefined },
  ): EventChange {
    switch (outcome.outcome) {
      case 'delivered':
        this.summary.delivered += 1;
        return {
          status: 'delivered',
          code: outcome.code ?? null,
          isAttempt: true,
          sentAt: now,
          requestId,
          isOutcomeKnown: true,
        };
      case 'dead':
        this.#countDead(outcome.code);
        return { status: 'dead', code: outcome.code, isAttempt: true, isOutcomeKnown: true };
      case 'retry':
        return this.#retry(claimed, outcome, now);
    }
  }

  #retry(
    claimed: ClaimedEvent,
    outcome: Extract<EventOutcome, { readonly outcome: 'retry' }>,
    now: number,
  ): EventChange {
    // An earlier try whose outcome is not known stays so, whatever was said about this one.
    const isOutcomeKnown = outcome.isRefused === true && claimed.unknownSince === undefined;
    const { code } = outcome;
    if (outcome.isInnocent === true) {
      this.summary.retried += 1;
      return { status: 'due', code, isAttempt: false, dueAt: now, isOutcomeKnown };
    }
    const attempts = claimed.attempts + 1;
    if (attempts >= (outcome.tries ?? MAX_ATTEMPTS)) {
      this.#countDead(code);
      return { status: 'dead', code, isAttempt: true, isOutcomeKnown };
    }
    this.summary.retried += 1;
    const wait = Math.max(retryDelayMs(attempts), outcome.waitMs ?? 0);
    return { status: 'due', code, isAttempt: true, dueAt: now + wait, isOutcomeKnown };
  }

  /** Pauses the destination, or takes it up again; stops the run where all of a batch has to wait. */
  async #follow(reading: Extract<Reading, { readonly action: 'settle' }>): Promise<void> {
    const { outbox, destination } = this.#options;
    const waiting = reading.perEvent.filter(({ outcome }) => outcome === 'retry');
    if (reading.destination === 'ok') {
      const isAllWaiting = waiting.length === reading.perEvent.length;
      this.#isTroubled = isAllWaiting && waiting.every((one) => !('waitMs' in one));
      if (this.#isPaused && !isAllWaiting) {
        await outbox.resume(destination.name);
        this.#isPaused = false;
      }
      return;
    }
    const code = waiting.map((one) => one.code).find(Boolean);
    this.summary.state = reading.destination;
    this.summary.code = code;
    await outbox.pause(destination.name, { state: reading.destination, code, since: this.#now() });
  }

  async #settleUnsent(judged: readonly JudgedEvent[]): Promise<void> {
    const now = this.#now();
    const changes = new Changes();
    for (const { claimed, judgement } of judged) {
      if (judgement.verdict === 'send') continue;
      const isHeld = judgement.verdict === 'held';
      if (isHeld) this.summary.held += 1;
      else this.#countDead(judgement.code);
      changes.add(claimed.id, {
        status: isHeld ? 'held' : 'dead',
        code: judgement.code,
        isAttempt: false,
        ...(isHeld ? { dueAt: now + HELD_MS } : {}),
      });
    }
    await changes.write(this.#options);
  }

  #countDead(code: string): void {
    this.summary.dead += 1;
    if (!isOrdinaryEnd(code)) this.summary.refused += 1;
  }

  /** Lets rows go that were never sent in this run. */
  async #release(batch: readonly Sendable[]): Promise<void> {
    const { outbox, worker } = this.#options;
    for (const isKnown of [true, false]) {
      const ids = batch
        .filter(({ claimed }) => (claimed.unknownSince === undefined) === isKnown)
        .map(({ claimed }) => claimed.id);
      await outbox.settle(worker, ids, {
        status: 'due',
        code: this.summary.code ?? null,
        isAttempt: false,
        isOutcomeKnown: isKnown,
      });
      this.summary.retried += ids.length;
    }
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

/** What becomes of the rows of a batch: most of the same, which is one statement. */
class Changes {
  readonly #byText = new Map<string, { readonly change: EventChange; readonly ids: number[] }>();

  add(id: number, change: EventChange): void {
    const key = JSON.stringify(change);
    const entry = this.#byText.get(key);
    if (entry === undefined) this.#byText.set(key, { change, ids: [id] });
    else entry.ids.push(id);
  }

  async write({ outbox, worker }: Pick<SendOptions, 'outbox' | 'worker'>): Promise<void> {
    for (const { change, ids } of this.#byText.values()) await outbox.settle(worker, ids, change);
  }
}

/** Conversions and adjustments go to different addresses at Google Ads. */
function byEndpoint(batch: readonly Sendable[]): readonly (readonly Sendable[])[] {
  const isFirst = ({ claimed }: Sendable) => claimed.operation === 'conversion';
  const groups = [batch.filter(isFirst), batch.filter((one) => !isFirst(one))];
  return groups.filter((group) => group.length > 0);
}
