import type { TrackingPlan } from '../plan/schema.ts';
import { checkPush, ecommerceOf } from './check-push.ts';
import type { Finding } from './finding.ts';
import type { Placed } from './values.ts';

/** A list of pushes in the order in which the page made them. */
export function checkPushes(pushes: readonly Placed[], plan: TrackingPlan): readonly Finding[] {
  let isClear = true;
  return pushes.flatMap((push) => {
    const findings = [...checkPush(push, plan)];
    if (push.fields['ecommerce'] === null) isClear = true;
    else if (ecommerceOf(push) !== undefined) {
      if (!isClear) findings.push(notCleared(push));
      isClear = false;
    }
    return findings;
  });
}

function notCleared({ path }: Placed): Finding {
  return {
    code: 'CX8237',
    path: [...path, 'ecommerce'],
    message: 'what an earlier push left in `ecommerce` is merged into this one',
    hint: 'push `{ ecommerce: null }` before every e-commerce push',
  };
}
