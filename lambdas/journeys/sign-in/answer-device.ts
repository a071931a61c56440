/** Road 2: a remembered device signs the nonce. Whatever is wrong, the refusal is the same, and it ends the flow. */
import type * as z from 'zod';
import { type ANSWERS, deviceSignatureText } from '../../../contract/challenges.ts';
import { isSignedBy, mayProve } from '../../capabilities/devices/devices.rules.ts';
import { type Answering, storedOutcome } from './answering.ts';
import { proofWrites } from './proof.ts';

export async function answerDevice(
  at: Answering,
  proof: z.infer<(typeof ANSWERS)['PROVE_DEVICE']>,
): Promise<boolean> {
  const { on, state, hash, clientId, now } = at;
  const { deviceId, loginMethod, signature } = proof;
  const device = await on.devices.get(state.accountId || 'nobody', deviceId);
  const text = deviceSignatureText(clientId, deviceId, loginMethod, state.nonce ?? '');
  const signed = isSignedBy(device, text, signature);
  if (
    device === undefined ||
    !signed ||
    on.settings.rememberDeviceHours === 0 ||
    !mayProve(device, { epoch: state.epoch, loginMethod, now })
  ) {
    return false;
  }
  const result = await on.commit([
    on.flows.answer(state, { round: state.round, hash, outcome: 'PROVED' }, now, {
      set: { proved: { loginMethod, at: now } },
    }),
    on.devices.use(device, now),
    ...(await proofWrites(at, { event: 'DEVICE_PROVEN', loginMethod })),
  ]);
  if (result.done) return true;
  return storedOutcome(await on.flows.get(state.flowId), at) === 'PROVED';
}
