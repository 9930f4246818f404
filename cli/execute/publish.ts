import type { NodeId } from '../manifest/node-id.ts';
import type { SwapOptions } from '../warehouse/atomic-swap.ts';
import { SwapBlockedError, swapAtomically } from '../warehouse/atomic-swap.ts';
import type { OldVersions } from '../warehouse/old-versions.ts';
import type { Swap } from '../warehouse/swap.ts';
import { publishBlocked, waitReason } from './messages.ts';

export interface PublishOptions extends Omit<SwapOptions, 'onWait' | 'node'> {
  /** The node that is published; `undefined` when it is all of them. */
  readonly node: NodeId | undefined;
  readonly onWait: (reason: string) => void;
  /** Given what was replaced, to be dropped. */
  readonly oldVersions: OldVersions;
}

/** Publishes new versions at one instant. CX4014 names the readers that kept it from happening. */
export async function publish(swaps: readonly Swap[], options: PublishOptions): Promise<void> {
  const published = swaps.map((swap) => swap.published);
  const onWait: NonNullable<SwapOptions['onWait']> = (blockers) =>
    options.onWait(waitReason(published, blockers));
  try {
    options.oldVersions.add(await swapAtomically(swaps, { ...options, onWait }));
  } catch (error) {
    if (!(error instanceof SwapBlockedError)) throw error;
    throw publishBlocked(published, error.blockers, { cause: error.cause, node: options.node });
  }
}
