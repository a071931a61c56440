import { z } from 'zod';
import { empty, json, withCors, withInput } from '../control/replies.ts';
import type { WebHandler } from '../gateway/gateway.ts';
import type { HttpRequest, Reply } from '../gateway/messages.ts';
import type { Call } from './call.ts';
import type { Switchboard } from './switchboard.ts';

const Keys = z.strictObject({ keys: z.string().regex(/^[0-9*#]{1,50}$/, 'keys are 0-9, * and #') });

/** `/_local/calls`: the calls, and the callee's side of them. */
export function createCallRoutes(calls: Switchboard): WebHandler {
  const play = async (http: HttpRequest, call: Call, move: string): Promise<Reply> => {
    if (move === 'answer') await call.answer();
    else if (move === 'hang-up') call.hangUp();
    else {
      if (call.record.state === 'RINGING')
        return json({ error: 'The call rings: answer it before you press keys.' }, 409);
      const refused = await withInput(Keys, http, async ({ keys }) => {
        await call.press(keys);
        return undefined;
      });
      if (refused !== undefined) return refused;
    }
    return json(call.record);
  };
  return async (http) => {
    const { method, path, query } = http;
    const [, contactId = '', move = ''] =
      /^\/_local\/calls(?:\/([^/]+)\/(answer|keys|hang-up))?$/.exec(path) ?? [];
    if (!path.startsWith('/_local/calls')) return undefined;
    if (method === 'OPTIONS') return withCors(empty());
    if (method === 'GET' && path === '/_local/calls')
      return withCors(json(calls.read(query.get('to')?.replaceAll(' ', '+'))));
    if (method !== 'POST' || move === '' || calls.find(contactId) === undefined) {
      return withCors(
        json(
          {
            error: `There is no ${method} ${path}: no such call, or no such move. Moves are POST answer, keys, hang-up.`,
          },
          404,
        ),
      );
    }
    const call = calls.live(contactId);
    return withCors(
      call === undefined
        ? json({ error: 'The call has ended.' }, 409)
        : await play(http, call, move),
    );
  };
}
