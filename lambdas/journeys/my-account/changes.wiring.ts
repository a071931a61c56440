/** The real collaborators of the routes that change an account, made once per process. */
import { NamesStore } from '../../capabilities/accounts/names.store.ts';
import type { SessionDeps } from '../../capabilities/accounts/session.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { PasskeysStore } from '../../capabilities/passkeys/passkeys.store.ts';
import { loadEstimator } from '../../capabilities/passwords/estimator.wiring.ts';
import { SrpPasswordProof } from '../../capabilities/passwords/srp.client.ts';
import { RegistrationCodesStore } from '../../capabilities/providers/registration-codes.store.ts';
import { TicketsStore } from '../../capabilities/token-flows/tickets.store.ts';
import { wireTokenFlows } from '../../capabilities/token-flows/token-flows.wiring.ts';
import { UndoLinksStore } from '../../capabilities/messages/undo-links.store.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { EmailChangeDeps } from './change-email.ts';
import type { PasswordChangeDeps } from './change-password.ts';
import type { PhoneChangeDeps } from './change-phone.ts';
import type { EmailChange, PhoneChange } from './change.rules.ts';
import { CHANGES_NEEDS } from './changes.needs.ts';

export interface WiredChanges {
  session: SessionDeps & { now: () => number };
  password: PasswordChangeDeps;
  email: EmailChangeDeps & PasswordChangeDeps;
  phone: PhoneChangeDeps;
  settings: FunctionSettings;
}

export function wireChanges(): WiredChanges {
  const { registrationCodesTable, passkeysTable, userPoolId, userPoolClientId } = ENVIRONMENT;
  const names = readEnvironment({
    registrationCodesTable,
    passkeysTable,
    userPoolId,
    userPoolClientId,
  });
  const { database, settings, accountsTable, flowsTable, shared, flowsOf } =
    wireTokenFlows(CHANGES_NEEDS);
  const proof = new SrpPasswordProof(names.userPoolId, names.userPoolClientId);
  const pool = new UserPool(names.userPoolId);
  const password: PasswordChangeDeps = {
    ...shared,
    pool,
    settings,
    isCognitoPassword: (typed, email) => proof.proves(typed, email),
    tickets: new TicketsStore(flowsTable),
    estimator: loadEstimator,
    providers: new RegistrationCodesStore(database, names.registrationCodesTable),
  };
  return {
    session: { accounts: shared.accounts, clientId: names.userPoolClientId, now: Date.now },
    settings,
    password,
    email: {
      ...password,
      ...shared,
      pool,
      flows: flowsOf<EmailChange>(),
      names: new NamesStore(accountsTable),
      passkeys: new PasskeysStore(database, names.passkeysTable),
      undoLinks: new UndoLinksStore(database, flowsTable),
    },
    phone: { ...shared, settings, flows: flowsOf<PhoneChange>() },
  };
}
