import type { LocalContext } from '../context.ts';
import type { LocalService } from '../service.ts';
import { createCallRoutes } from './call-routes.ts';
import { createConnectApi } from './operations.ts';
import { createSwitchboard } from './switchboard.ts';

/** Connect: both ends of a call, the API that places it and the routes that play the callee. */
export function create(context: LocalContext): LocalService {
  const calls = createSwitchboard(context);
  return {
    aws: { connect: createConnectApi(context.template, calls) },
    web: [createCallRoutes(calls)],
    filled: () => calls.publishCutOff(),
  };
}
