/**
 * The remembered-device path: a device signs the nonce. Whatever is wrong, the refusal is the same,
 * and it ends the flow.
 */
import type { DeviceProof } from '../../../contract/challenges.ts';
import { deviceSignatureText } from '../../../contract/challenges.ts';
import { NOBODY } from '../../capabilities/accounts/account.rules.ts';
import { isSignedBy, mayProve } from '../../capabilities/devices/devices.rules.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import { type Attempt, wasProved } from './answering.ts';
import { proveRound } from './flow.transitions.ts';
import { commitProof, eventWrite } from './proof.ts';

export async function answerDevice(attempt: Attempt, proof: DeviceProof): Promise<boolean> {
  const { deps, state, hash, clientId, now } = attempt;
  const { deviceId, loginMethod, signature } = proof;
  const device = await deps.devices.get(state.accountId, deviceId);
  const text = deviceSignatureText(clientId, deviceId, loginMethod, state.nonce ?? '');
  const isSigned = isSignedBy(device, text, signature);
  const isOff = deps.settings.rememberDeviceHours === 0 || state.passkeyOnly === true;
  const needed = {
    epoch: state.epoch,
    loginMethod,
    now,
  };
  if (device === undefined || !isSigned || isOff || !mayProve(device, needed))
    return (await wasProved(attempt)) || recordRefusal(attempt);
  const { createdAt: factorAt, browser } = device;
  const event = 'DEVICE_PROVEN';
  const known = {
    event,
    loginMethod,
    factorAt,
    isRemembered: true,
    browser,
  } as const;
  const step = proveRound(state, hash, { loginMethod, factorAt, now });
  return commitProof(attempt, step, known, [deps.devices.use(device, now)]);
}

/** Counted, so that nobody fills a trail; a user that does not exist costs the same count. */
async function recordRefusal(attempt: Attempt): Promise<false> {
  const { deps, state, now } = attempt;
  const { accountId, flowId } = state;
  const limits = limitsOf(
    'DEVICE_REFUSED',
    { account: accountId === NOBODY ? flowId : accountId },
    deps.settings,
  );
  await deps.limits.count(
    limits,
    now,
    accountId === NOBODY ? [] : [eventWrite(attempt, 'DEVICE_REFUSED')],
  );
  return false;
}
