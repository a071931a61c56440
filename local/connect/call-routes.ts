import { z } from 'zod';
import { json, withInput } from '../control/replies.ts';
import type { HttpRequest, Reply, WebHandler } from '../gateway/messages.ts';
import type { Call } from './call.ts';
import type { Switchboard } from './switchboard.ts';

const PATH = /^\/_local\/calls(?:\/([^/]+)\/(answer|keys|hang-up))?$/;
const Keys = z.strictObject({ keys: z.string().regex(/^[0-9*#]{1,50}$/, 'keys are 0-9, * and #') });

/** `/_local/calls`: the calls, and the callee's side of them. */
export function createCallRoutes(calls: Switchboard): WebHandler {
  return async (http) => {
    const { method, path, query } = http;
    if (!path.startsWith('/_local/calls')) return undefined;
    if (method === 'GET' && path === '/_local/calls')
      return json(calls.read(query.get('to')?.replaceAll(' ', '+')));
    const [, contactId = '', move = ''] = PATH.exec(path) ?? [];
    if (method !== 'POST' || move === '' || calls.find(contactId) === undefined)
      return notFound(http);
    const call = calls.live(contactId);
    return call === undefined
      ? json({ error: 'The call has ended.' }, 409)
      : await play(http, call, move);
  };
}

async function play(http: HttpRequest, call: Call, move: string): Promise<Reply> {
  if (move === 'keys') return await press(http, call);
  if (move === 'answer') await call.answer();
  else call.hangUp();
  return json(call.record);
}

async function press(http: HttpRequest, call: Call): Promise<Reply> {
  if (call.record.state === 'RINGING')
    return json({ error: 'The call is still ringing. Answer it before you press keys.' }, 409);
  return await withInput(Keys, http, async ({ keys }) => {
    await call.press(keys);
    return json(call.record);
  });
}

function notFound({ method, path }: HttpRequest): Reply {
  const error =
    `${method} ${path} does not exist: the call or the move is unknown. ` +
    'The moves are POST answer, keys and hang-up.';
  return json({ error }, 404);
}
