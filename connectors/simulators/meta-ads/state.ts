import { UsagePercentage } from '../limits.ts';
import type { SimulatorClock } from '../simulated-clock.ts';
import type { InsightsQuestion } from './insights-question.ts';

const HOUR_MS = 3_600_000;

export interface MetaAdsLimits {
  /** Calls about insights that are 100 per cent of an hour. */
  readonly insightCalls: number;
  /** All other calls. */
  readonly managementCalls: number;
  /** Calls of the app, of both kinds. */
  readonly appCalls: number;
  /** Reports that may be under way at once. */
  readonly reports: number;
  /** Rows that Meta gives at once or puts into one report; more have to be asked for in parts. */
  readonly rows: number;
  /** Most records of a page. */
  readonly page: number;
}

/** As an app with full access has them, more or less. */
const USUAL_LIMITS: MetaAdsLimits = {
  insightCalls: 20_000,
  managementCalls: 20_000,
  appCalls: 40_000,
  reports: 100,
  rows: 50_000,
  page: 500,
};

/** A report that was asked for. */
export interface ReportRun {
  readonly id: string;
  readonly question: InsightsQuestion;
  /** How often it was looked at. */
  polls: number;
  /** When it completed: its rows are as of then. */
  completedAt: number | undefined;
}

/** What Meta remembers between requests. */
export class MetaAdsState {
  readonly runs = new Map<string, ReportRun>();
  /** Whether the account's owner lets the app read it. */
  isPermitted = true;
  /** Reports are ordered and never done. */
  isStuck = false;
  readonly #clock: SimulatorClock;
  #limits: MetaAdsLimits;
  #insights: UsagePercentage;
  #management: UsagePercentage;
  #app: UsagePercentage;

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
    this.#limits = USUAL_LIMITS;
    ({
      insights: this.#insights,
      management: this.#management,
      app: this.#app,
    } = usagesOf(clock, USUAL_LIMITS));
  }

  get limits(): MetaAdsLimits {
    return this.#limits;
  }

  get insights(): UsagePercentage {
    return this.#insights;
  }

  get management(): UsagePercentage {
    return this.#management;
  }

  get app(): UsagePercentage {
    return this.#app;
  }

  /** Other limits from now on; what was used is forgotten. */
  useLimits(limits: Partial<MetaAdsLimits>): void {
    this.#limits = { ...USUAL_LIMITS, ...limits };
    const usages = usagesOf(this.#clock, this.#limits);
    this.#insights = usages.insights;
    this.#management = usages.management;
    this.#app = usages.app;
  }

  addRun(question: InsightsQuestion): ReportRun {
    const id = String(1_049_283_746_500_000 + this.runs.size + 1);
    const run: ReportRun = { id, question, polls: 0, completedAt: undefined };
    this.runs.set(id, run);
    return run;
  }

  get runsUnderWay(): number {
    return [...this.runs.values()].filter(({ completedAt }) => completedAt === undefined).length;
  }
}

function usagesOf(clock: SimulatorClock, limits: MetaAdsLimits) {
  const usage = (calls: number) => new UsagePercentage(clock, calls, HOUR_MS);
  return {
    insights: usage(limits.insightCalls),
    management: usage(limits.managementCalls),
    app: usage(limits.appCalls),
  };
}
