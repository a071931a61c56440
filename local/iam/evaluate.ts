import { conditionsHold, type ConditionContext } from './conditions.ts';
import type { Statement } from './statements.ts';

/** One permission that a request needs: an action on a resource. */
export interface Needed {
  action: string;
  resource: string;
  context: ConditionContext;
}

export type Decision = 'allowed' | 'denied explicitly' | 'not allowed';

/** An explicit Deny wins, then any Allow, and nothing is denial. */
export function evaluate(statements: Statement[], needed: Needed): Decision {
  const matching = statements.filter((statement) => applies(statement, needed));
  if (matching.some(({ effect }) => effect === 'Deny')) return 'denied explicitly';
  return matching.length > 0 ? 'allowed' : 'not allowed';
}

function applies(
  { actions, notActions, resources, notResources, conditions }: Statement,
  { action, resource, context }: Needed,
): boolean {
  const name = action.toLowerCase();
  const actionMatches =
    actions?.some((matches) => matches(name)) ??
    !(notActions ?? []).some((matches) => matches(name));
  if (!actionMatches) return false;
  const resourceMatches =
    resources?.some((matches) => matches(resource)) ??
    !(notResources ?? []).some((matches) => matches(resource));
  return resourceMatches && conditionsHold(conditions, context);
}
