/** `GET /calls/{callId}`. */
import { answered, httpHandler } from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { callStatus } from './call-status.ts';
import { wireCallStatus } from './calls.wiring.ts';

const wired = once(wireCallStatus);

export const handler = httpHandler('calls', () => wired().settings, {
  getCall: async ({ path }) =>
    answered(await callStatus(wired().calls, path.callId ?? '', Date.now())),
});
