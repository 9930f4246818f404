/** What time it is for the platform and the shop; not for the sockets. */
export interface SimulatorClock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number;
}

/** A clock that stands still until somebody moves it. */
export interface ManualClock extends SimulatorClock {
  /** Moves it forward. */
  advance(ms: number): void;
  /** Moves it to a later instant; it never goes back. */
  moveTo(instant: number): void;
}

/** @param start milliseconds since the Unix epoch, or an ISO instant with its offset */
export function manualClock(start: number | string): ManualClock {
  let now = typeof start === 'string' ? Date.parse(start) : start;
  const moveTo = (instant: number) => {
    if (!(instant >= now)) throw new RangeError('a simulated clock does not go back');
    now = instant;
  };
  return { now: () => now, advance: (ms) => moveTo(now + ms), moveTo };
}

/** A clock that begins at `start` and goes on as the machine's does, `speed` times as fast. */
export function runningClock(start: number, machine: () => number, speed = 1): SimulatorClock {
  const begun = machine();
  return { now: () => start + Math.floor((machine() - begun) * speed) };
}
