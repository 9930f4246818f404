import { startOfDay } from '../../../connectors/runner/plan/calendar.ts';
import type {
  StreamResult,
  SyncEvent,
  SyncPlace,
} from '../../../connectors/runner/sync/sync-event.ts';
import type { StatusCounts } from '../../events/run-event.ts';
import type { NodeResult, NodeStatus, SyncedFigures } from '../../manifest/run-result.ts';
import type { Observation } from '../alerts/observation.ts';
import type { ProjectSession } from '../session.ts';
import { accountObservation, accountWait, waitText } from './account-events.ts';
import type { StreamNode } from './stream-node.ts';
import { streamId } from './stream-node.ts';
import { StreamProgress } from './stream-progress.ts';
import { addFigures, changesText, figuresOf, lagText, NO_FIGURES } from './synced-text.ts';

/** Tells what happens in a sync as events of a run: lines, the live window, JSON and the log read only those. */
export class SyncReporting {
  readonly #session: ProjectSession;
  readonly #nodes: ReadonlyMap<string, StreamNode>;
  readonly #streams = new Map<string, StreamProgress>();
  readonly #limits = new Map<string, string>();
  readonly #zones = new Map<string, string>();
  readonly #accounts = new Map<string, Observation>();
  readonly #ended = new Map<string, NodeStatus>();
  #figures: SyncedFigures = NO_FIGURES;
  /** Rows of files, which replace what stood there before. */
  #loadedRows = 0;
  #furthest = '';

  constructor(session: ProjectSession, nodes: ReadonlyMap<string, StreamNode>) {
    this.#session = session;
    this.#nodes = nodes;
  }

  /** How each stream ended, by its id. */
  get ended(): ReadonlyMap<string, NodeStatus> {
    return this.#ended;
  }

  /** How each account that was asked stands: a failure of its own keeps all of its streams from being read. */
  get accounts(): readonly Observation[] {
    return [...this.#accounts.values()];
  }

  get counts(): StatusCounts {
    const counts: Record<string, number> = {};
    for (const status of this.#ended.values()) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  /** What all streams changed, and which is furthest behind. */
  get totalText(): string {
    const { lagMs } = this.#figures;
    const behind =
      lagMs === undefined ? '' : `; at most ${lagText(lagMs)} behind now (${this.#furthest})`;
    return `${changesText(this.#figures, this.#loadedRows)}${behind}`;
  }

  readonly onEvent = (event: SyncEvent): void => {
    switch (event.type) {
      case 'accountChecked':
        this.#zones.set(accountKey(event.place), event.facts.timeZone);
        this.#accounts.set(accountKey(event.place), accountObservation(event.place));
        return;
      case 'rate':
        this.#limits.set(accountKey(event.place), event.state);
        return;
      case 'streamStarted':
        return this.#started(event);
      case 'windowStarted':
        this.#streams.get(this.#id(event.place))?.windowStarted(event);
        return this.#progressed(event.place);
      case 'pageRead':
        this.#streams.get(this.#id(event.place))?.pageRead(event);
        return this.#progressed(event.place);
      case 'waiting':
        return this.#waits(event);
      case 'split':
        return this.#progressed(event.place, `asks for ${event.to}: ${event.reason}`);
      case 'problem':
        return this.#problem(event);
      case 'streamFinished':
        return this.#finished(event.result);
      case 'windowFinished':
      case 'answered':
        return;
    }
  };

  /** A stream is being read from now on. */
  begin(id: string): void {
    const node = this.#nodes.get(id)?.node;
    if (node !== undefined) this.#session.emit({ type: 'nodeStarted', node });
  }

  /** The line of a stream that has ended, and its part of the sum. */
  end(id: string, result: Omit<NodeResult, 'id' | 'thread' | 'adapterResponse'>): void {
    const found = this.#nodes.get(id);
    if (found === undefined) return;
    this.#ended.set(id, result.status as NodeStatus);
    if (result.synced !== undefined) this.#add(found.node.name, result.synced);
    else this.#loadedRows += result.rows ?? 0;
    this.#session.emit({
      type: 'nodeFinished',
      node: found.node,
      result: { id, thread: 'main', adapterResponse: {}, ...result },
      action: 'synced',
      index: this.#ended.size,
      total: this.#nodes.size,
      tests: { passed: 0, run: 0 },
    });
  }

  #add(name: string, synced: SyncedFigures): void {
    const before = this.#figures.lagMs;
    if (synced.lagMs !== undefined && synced.lagMs >= (before ?? 0)) this.#furthest = name;
    this.#figures = addFigures(this.#figures, synced);
  }

  #started({ place, windows }: Extract<SyncEvent, { type: 'streamStarted' }>): void {
    const id = this.#id(place);
    this.#streams.set(id, new StreamProgress(windows, this.#session.world.clock.monotonic()));
    this.begin(id);
  }

  #progressed(place: SyncPlace, text?: string): void {
    const id = this.#id(place);
    const progress = this.#streams.get(id);
    if (progress === undefined) return;
    const limit = this.#limits.get(accountKey(place));
    const sync = progress.at(this.#session.world.clock.monotonic(), limit);
    const rows = progress.records;
    this.#session.emit({ type: 'nodeProgress', node: id, detail: text ?? '', rows, sync });
  }

  /** A wait of the account holds all of its streams. */
  #waits(event: Extract<SyncEvent, { type: 'waiting' }>): void {
    const { place, reason, ms } = event;
    const text = waitText(reason, ms);
    const detail = `waits ${text}`;
    if (place.stream !== undefined) {
      this.#session.emit({ type: 'waiting', node: this.#id(place), reason: text, ms });
      return this.#progressed(place, detail);
    }
    this.#session.emit(accountWait(event));
    const start = this.#id({ ...place, stream: '' });
    for (const id of this.#streams.keys()) {
      if (!id.startsWith(start)) continue;
      this.#progressed({ ...place, stream: id.slice(start.length) }, detail);
    }
  }

  #problem({ place, diagnostic }: Extract<SyncEvent, { type: 'problem' }>): void {
    if (place.stream === undefined && diagnostic.severity === 'error')
      this.#accounts.set(accountKey(place), accountObservation(place, diagnostic));
    const ofStream = place.stream === undefined ? {} : { node: this.#id(place) };
    this.#session.report([{ ...diagnostic, ...ofStream }]);
  }

  #finished(result: StreamResult): void {
    const { place, status, changes, ms, readUntil, retryAfterMs } = result;
    const id = this.#id(place);
    this.#streams.delete(id);
    const finishedAt = this.#session.world.clock.now();
    const lagMs = this.#lag(place, readUntil);
    const isReport = this.#nodes.get(id)?.isReport === true;
    const synced = figuresOf(changes, { isReport, lagMs });
    const message = endText(status, synced, retryAfterMs);
    const wasRead = status !== 'skipped';
    this.end(id, { status, message, ms, finishedAt, ...(wasRead ? { synced } : {}) });
  }

  /** Milliseconds between the end of what is read and now; a day ends in the account's zone. */
  #lag(place: SyncPlace, readUntil: string | undefined): number | undefined {
    if (readUntil === undefined) return undefined;
    const zone = this.#zones.get(accountKey(place)) ?? 'UTC';
    const until = readUntil.includes('T') ? Date.parse(readUntil) : startOfDay(readUntil, zone);
    return Math.max(0, this.#session.world.clock.now() - until);
  }

  #id(place: SyncPlace): string {
    return streamId(this.#session.project.name, place);
  }
}

function accountKey({ platform, accountId }: SyncPlace): string {
  return `${platform} ${accountId}`;
}

function endText(
  status: StreamResult['status'],
  synced: SyncedFigures,
  retryAfterMs: number | undefined,
): string {
  const changes = changesText(synced);
  const behind = synced.lagMs === undefined ? '' : `; ${lagText(synced.lagMs)} behind now`;
  switch (status) {
    case 'success':
      return `${changes}${behind}`;
    case 'partial': {
      const when = retryAfterMs === undefined ? 'later' : `in ${lagText(retryAfterMs)}`;
      return `${changes}; the limit is used up, sync again ${when}`;
    }
    case 'error':
      return `${changes}; not read to its end`;
    case 'skipped':
      return 'the account was not read';
    case 'cancelled':
      return `${changes}; stopped`;
  }
}
