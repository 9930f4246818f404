import type { ConversionOutbox } from '../../cli/warehouse/state/conversion-outbox.ts';
import type {
  ClaimedEvent,
  EventChange,
  QueuedEvent,
} from '../../cli/warehouse/state/outbox-event.ts';
import { splitBatch } from '../conversion/batches.ts';
import type { Operation } from '../conversion/conversion.ts';
import type { DestinationState, EventOutcome, Reading } from '../conversion/reading.ts';
import { settleAll } from '../conversion/reading.ts';
import type { Destination } from './destination.ts';
import type { Judgement } from './judge.ts';
import type { JudgeBatchOptions, JudgedEvent } from './judge-batch.ts';
import { judgeBatch } from './judge-batch.ts';
import { DESTINATION_KINDS } from './kinds.ts';
import type { Answered, Post } from './post.ts';
import { isOrdinaryEnd } from './ordinary-ends.ts';
import { LEASE_MS, MAX_ATTEMPTS, retryDelayMs } from './retry.ts';

export interface SendOptions extends JudgeBatchOptions {
  readonly outbox: ConversionOutbox;
  readonly destination: Destination;
  /** Names this worker in the outbox. */
  readonly worker: string;
  /** Events at most; all that are due otherwise. */
  readonly limit?: number | undefined;
  readonly signal: AbortSignal;
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

/** An event that the worker holds and that may go. */
interface Sendable {
  readonly claimed: ClaimedEvent;
  readonly judgement: Extract<Judgement, { readonly verdict: 'send' }>;
}

/** Batches at once: while the platform reads one, the outbox hears of another, and the next is judged. */
const LANES = 4;

/** Sends to one destination, batch by batch, until nothing is left or the destination stops. */
export class Sender {
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
  #isPaused: boolean;
  /** Events that may still be claimed. */
  #left: number;
  /** The end of the first batch. */
  #first: Promise<void> | undefined;

  private constructor(options: SendOptions, isPaused: boolean) {
    this.#options = options;
    this.#isPaused = isPaused;
    this.#left = options.limit ?? Number.POSITIVE_INFINITY;
  }

  static async open(options: SendOptions): Promise<Sender> {
    const { outbox, destination } = options;
    return new Sender(options, (await outbox.pauses()).has(destination.name));
  }

  /** The destination stopped in an earlier run, and has taken nothing since. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  get isGoingOn(): boolean {
    return !this.#options.signal.aborted && this.summary.state === 'ok' && !this.#isTroubled;
  }

  /** Sends what waits in the outbox and is due. */
  async sendDue(): Promise<void> {
    // A destination that stopped is tried with one event first.
    while (this.#isPaused && this.isGoingOn) {
      const events = await this.#claim(1);
      if (events.length === 0) return;
      await this.#sendClaimed(events);
    }
    await this.#inLanes(this.#claims(), async (events) => this.#sendClaimed(events));
  }

  /** Queues new events and sends them in the same breath; returns how many were queued. */
  async sendNew(batches: AsyncGenerator<readonly QueuedEvent[]>): Promise<number> {
    let queued = 0;
    await this.#inLanes(batches, async (events) => {
      const added = await this.#queueAndSend(events);
      queued += added;
    });
    const { outbox, destination, worker } = this.#options;
    await outbox.doneQueueing(destination.name, worker);
    return queued;
  }

  /** All work under way is done before it throws. */
  async #inLanes<Batch>(
    batches: AsyncGenerator<Batch>,
    work: (batch: Batch) => Promise<void>,
  ): Promise<void> {
    const next = async (): Promise<boolean> => {
      const { value, done } = await batches.next();
      if (done === true) return false;
      await work(value);
      return this.isGoingOn;
    };
    const lane = async (): Promise<void> => {
      try {
        while (await next());
      } catch (error) {
        this.#isTroubled = true;
        throw error;
      }
    };
    try {
      if (!this.isGoingOn) return;
      const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    } finally {
      await batches.return(undefined);
    }
  }

  /** One after the other: a worker that claims twice at once would hold the same rows twice. */
  async *#claims(): AsyncGenerator<readonly ClaimedEvent[]> {
    const { batchSize } = DESTINATION_KINDS[this.#options.destination.kind];
    while (this.isGoingOn) {
      const events = await this.#claim(batchSize);
      if (events.length === 0) return;
      yield events;
    }
  }

  async #claim(size: number): Promise<readonly ClaimedEvent[]> {
    const { outbox, destination, worker } = this.#options;
    const limit = Math.min(size, this.#left);
    if (limit <= 0) return [];
    const claimed = await outbox.claim({
      destination: destination.name,
      worker,
      now: this.#now(),
      leaseMs: LEASE_MS,
      limit,
    });
    this.#left -= claimed.length;
    return claimed;
  }

  async #sendClaimed(claimed: readonly ClaimedEvent[]): Promise<void> {
    const { outbox, worker } = this.#options;
    const judged = await judgeBatch(claimed, this.#options);
    if (!this.isGoingOn) {
      await outbox.release(
        worker,
        claimed.map(({ id }) => id),
      );
      return;
    }
    await this.#settleUnsent(judged);
    const sendable = judged.flatMap(({ event, judgement }) => sendableOf(event, judgement));
    const held = await outbox.beginSending(
      worker,
      sendable.map(({ claimed: { id }, judgement: { value, identifiers } }) => ({
        id,
        value,
        identifiers,
      })),
      this.#now(),
    );
    await this.#send(sendable.filter(({ claimed: { id } }) => held.has(id)));
  }

  async #queueAndSend(events: readonly QueuedEvent[]): Promise<number> {
    const { outbox, worker, destination } = this.#options;
    const judged = await judgeBatch(events, this.#options);
    if (!this.isGoingOn) return 0;
    const rows = await outbox.queueHeld(
      { destination: destination.name, worker, now: this.#now(), leaseMs: LEASE_MS },
      judged.map(({ event, judgement }) => ({
        event,
        sending: judgement.verdict === 'send' ? judgement : undefined,
      })),
    );
    const added = judged.flatMap(({ judgement }, index) => {
      const event = rows[index];
      return event === undefined ? [] : [{ event, judgement }];
    });
    await this.#settleUnsent(added);
    await this.#send(added.flatMap(({ event, judgement }) => sendableOf(event, judgement)));
    return added.length;
  }

  /** The first batch goes alone: it tells whether the destination takes any. Others are made ready meanwhile. */
  async #send(events: readonly Sendable[]): Promise<void> {
    if (events.length === 0) return;
    if (this.#first === undefined) {
      this.#first = this.#sendGroups(events);
      await this.#first;
    } else {
      await this.#first.catch(() => {
        this.#isTroubled = true;
      });
      await this.#sendGroups(events);
    }
  }

  async #sendGroups(events: readonly Sendable[]): Promise<void> {
    for (const group of byEndpoint(events)) await this.#sendBatch(group);
  }

  /** Sends a batch, its halves where it is refused as a whole, and those again that did nothing wrong. */
  async #sendBatch(batch: readonly Sendable[]): Promise<void> {
    const open: (readonly Sendable[])[] = [batch];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (!this.isGoingOn) {
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
    const events = batch.map(({ judgement }) => judgement.event);
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

  async #settleUnsent(judged: readonly JudgedEvent<ClaimedEvent>[]): Promise<void> {
    const now = this.#now();
    const changes = new Changes();
    for (const { event, judgement } of judged) {
      if (judgement.verdict === 'send') continue;
      const isHeld = judgement.verdict === 'held';
      if (isHeld) this.summary.held += 1;
      else this.#countDead(judgement.code);
      changes.add(event.id, {
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

function sendableOf(claimed: ClaimedEvent, judgement: Judgement): readonly Sendable[] {
  return judgement.verdict === 'send' ? [{ claimed, judgement }] : [];
}

/** What becomes of the rows of a batch: most of the same, which is one statement. */
class Changes {
  readonly #byText = new Map<string, { readonly change: EventChange; readonly ids: number[] }>();

  add(id: number, change: EventChange): void {
    const { status, code, isAttempt, dueAt, sentAt, requestId, isOutcomeKnown } = change;
    const key = `${status} ${code} ${isAttempt} ${dueAt} ${sentAt} ${requestId} ${isOutcomeKnown}`;
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
