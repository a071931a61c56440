import { createEventBus } from '../eventbridge/event-bus.ts';
import type { WebHandler } from '../gateway/gateway.ts';
import type { AwsService } from '../gateway/messages.ts';
import type { StackTemplate } from '../template/template.ts';
import { createCallRoutes } from './call-routes.ts';
import { createConnect } from './connect.ts';
import { createSwitchboard, type SwitchboardInputs } from './switchboard.ts';

/** Both ends of a call: the service that places it, and the routes that play the callee. */
export interface Telephony {
  service: AwsService;
  routes: WebHandler;
  /** Lets the stack know of the calls that a restart cut off: once functions can work. */
  tellCutOff(): void;
}

export function createTelephony(
  inputs: Omit<SwitchboardInputs, 'events'> & { template: StackTemplate },
): Telephony {
  const calls = createSwitchboard({ ...inputs, events: createEventBus(inputs) });
  return {
    service: createConnect(inputs.template, calls),
    routes: createCallRoutes(calls),
    tellCutOff: () => calls.tellCutOff(),
  };
}
