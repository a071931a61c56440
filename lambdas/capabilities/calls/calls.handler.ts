/** `GET /calls/{callId}`. */
import { answered, httpHandler, type RouteHandlers } from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { callStatus } from './call-status.ts';
import { wireCallStatus } from './calls.wiring.ts';

export const routes: RouteHandlers<'calls', ReturnType<typeof wireCallStatus>> = {
  getCall: async ({ path }, { calls, now }) =>
    answered(await callStatus(calls, path.callId ?? '', now())),
};

export const handler = httpHandler('calls', once(wireCallStatus), routes);
