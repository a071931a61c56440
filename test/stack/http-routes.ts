import { ROUTES } from '../../contract/routes.ts';
import type { Route } from '../../contract/routes.ts';
import { functions } from './template.ts';
import type { Template } from './template.ts';

/** The contract's routes whose capability is deployed. */
export function deployedRoutes(template?: Template): Route[] {
  const deployed = functions(template);
  return Object.values(ROUTES).filter(({ capability }) => deployed.has(capability));
}
