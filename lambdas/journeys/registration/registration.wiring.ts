/** The real collaborators of the registration routes, made once per process. */
import { AccountsStore, NamesStore } from '../../capabilities/accounts/accounts.store.ts';
import { isCommonPassword } from '../../capabilities/passwords/common-passwords.ts';
import { isImportedPassword } from '../../capabilities/passwords/imported-passwords.ts';
import { SrpPasswordProof } from '../../capabilities/passwords/srp.client.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { LinksStore } from '../../capabilities/token-flows/links.store.ts';
import { TokenFlowsStore } from '../../capabilities/token-flows/token-flows.store.ts';
import { wireVerification } from '../../capabilities/token-flows/verification.wiring.ts';
import { Outbox } from '../../capabilities/outbox/outbox.client.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import type { MfaCollaborators } from './mfa-registration.ts';
import type { OpeningCollaborators } from './open-registration.ts';
import type { ProviderCollaborators } from './provider-registration.ts';
import { RegistrationCodesStore } from './registration-codes.store.ts';
import type { MfaFlow, ProviderFlow } from './registration.rules.ts';
import type { LinkCollaborators } from './request-link.ts';
import { TicketsStore } from '../../capabilities/token-flows/tickets.store.ts';

/** A hash of no password, at the cost of ASP.NET Identity v3's default: unknown usernames verify it. */
const NOBODYS_HASH =
  '$pbkdf2-sha512$i=100000$bm9ib2R5cy1zYWx0LTAwMQ$dqxB2dA1J2Jk1Z0m0m1p2m3m4m5m6m7m8m9n0n1n2n3';

export interface RegistrationCollaborators {
  provider: ProviderCollaborators;
  opening: OpeningCollaborators;
  links: LinkCollaborators;
  mfa: MfaCollaborators;
}

export function wireRegistration(): RegistrationCollaborators {
  const {
    accountsTable,
    registrationCodesTable,
    flowsTable,
    userPoolId,
    userPoolClientId,
    outboxQueueUrl,
  } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    registrationCodesTable,
    flowsTable,
    userPoolId,
    userPoolClientId,
    outboxQueueUrl,
  });
  const { client, verification, settings, callRecords } = wireVerification();
  const { limits, mac, audit, commit } = verification;
  const accounts = new AccountsStore(client, names.accountsTable);
  const naming = new NamesStore(names.accountsTable);
  const outbox = new Outbox(names.outboxQueueUrl);
  const pool = new UserPool(names.userPoolId);
  const proof = new SrpPasswordProof(names.userPoolId, names.userPoolClientId);
  const shared = { limits, audit, commit, settings, now: Date.now };
  const isCognitoPassword = (password: string, email: string | undefined) =>
    proof.proves(password, email);
  return {
    provider: {
      ...shared,
      codes: new RegistrationCodesStore(client, names.registrationCodesTable),
      mac,
      flows: new TokenFlowsStore<ProviderFlow>(client, names.flowsTable),
      accounts,
      names: naming,
      outbox,
    },
    opening: {
      ...shared,
      accounts,
      links: new LinksStore(client, names.flowsTable),
      flows: new TokenFlowsStore<MfaFlow>(client, names.flowsTable),
      isImportedPassword: async (password, stored) =>
        (await isImportedPassword(password, stored ?? NOBODYS_HASH)) && stored !== undefined,
      isCognitoPassword,
    },
    links: { limits, settings, now: Date.now, isCognitoPassword, outbox },
    mfa: {
      ...verification,
      ...shared,
      flows: new TokenFlowsStore<MfaFlow>(client, names.flowsTable),
      accounts,
      names: naming,
      emails: naming,
      emailOwner: (email) => accounts.ownerOf(email),
      callRecords,
      pool,
      tickets: new TicketsStore(names.flowsTable),
      isCommonPassword,
    },
  };
}
