/**
 * The backend on a database in memory: real stores and use cases, and strict fakes for everything
 * outside it.
 */
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { AccountsStore } from '../../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../lambdas/capabilities/accounts/names.store.ts';
import { CallDesk } from '../../lambdas/capabilities/calls/call-desk.ts';
import { type CalleeResult, handleCallee } from '../../lambdas/capabilities/calls/callee.ts';
import { CallsStore } from '../../lambdas/capabilities/calls/calls.store.ts';
import { DevicesStore } from '../../lambdas/capabilities/devices/devices.store.ts';
import { RegistrationCodesStore } from '../../lambdas/capabilities/providers/registration-codes.store.ts';
import { PasskeyChallengesStore } from '../../lambdas/capabilities/passkeys/passkey-challenges.store.ts';
import { PasskeysStore } from '../../lambdas/capabilities/passkeys/passkeys.store.ts';
import { TermsAcceptancesStore } from '../../lambdas/capabilities/terms/terms-acceptances.store.ts';
import { LinksStore } from '../../lambdas/capabilities/token-flows/links.store.ts';
import { TicketsStore } from '../../lambdas/capabilities/token-flows/tickets.store.ts';
import { CodeDelivery } from '../../lambdas/capabilities/verification/code-delivery.ts';
import { VerificationDispatcher } from '../../lambdas/capabilities/verification/dispatch.ts';
import { AuditEventsStore } from '../../lambdas/ground/audit/audit-events.store.ts';
import { AuditTrail } from '../../lambdas/ground/audit/audit-trail.store.ts';
import type { AuditEvent } from '../../lambdas/ground/audit/audit.rules.ts';
import { LimitsStore } from '../../lambdas/ground/limits/limits.store.ts';
import type { Write } from '../../lambdas/ground/platform/database.ts';
import { recordIn } from '../../lambdas/ground/platform/stored.rules.ts';
import { MarksStore } from '../../lambdas/ground/platform/marks.store.ts';
import { settings, type Some, type SomeSettings } from './builders.ts';
import { Clock } from './clock.ts';
import { TestMac } from './code-mac.ts';
import { MemoryDatabase } from './memory-database.ts';
import { Mailbox, Texts } from './messages.ts';
import { RecordingLog } from './recording-log.ts';
import { RecordingOutbox } from './recording-outbox.ts';
import { TestTelephony } from './telephony.ts';
import { TestUserPool } from './test-user-pool.ts';

export class Backend {
  readonly settings;
  readonly database = new MemoryDatabase();
  readonly clock = new Clock();
  readonly lines = new RecordingLog();
  readonly mac = new TestMac();
  readonly email = new Mailbox();
  readonly text = new Texts();
  readonly telephony = new TestTelephony();
  readonly pool = new TestUserPool();
  readonly outbox = new RecordingOutbox();
  readonly accounts = new AccountsStore(this.database, 'accounts');
  readonly names = new NamesStore('accounts');
  readonly calls = new CallsStore(this.database, { challenges: 'challenges', flows: 'flows' });
  readonly limits = new LimitsStore(this.database, 'limits');
  readonly audit = new AuditTrail('auditEvents');
  readonly events = new AuditEventsStore(this.database, 'auditEvents');
  readonly marks = new MarksStore(this.database, 'flows');
  readonly tickets = new TicketsStore('flows');
  readonly passkeys = new PasskeysStore(this.database, 'passkeys');
  readonly passkeyChallenges = new PasskeyChallengesStore('flows');
  readonly links = new LinksStore(this.database, 'flows');
  readonly acceptances = new TermsAcceptancesStore(this.database, 'termsAcceptances');
  readonly codes = new RegistrationCodesStore(this.database, 'registrationCodes');
  readonly devices;
  readonly delivery;
  readonly desk;
  readonly dispatcher;
  readonly log = this.lines.log;
  readonly now = this.clock.now;
  readonly commit = (writes: readonly Write[]) => this.database.commit(writes);

  constructor(some: SomeSettings = {}) {
    this.settings = settings(some);
    const { email, text, calls, telephony, log, mac } = this;
    const portal = { name: this.settings.portalName, host: 'portal.example' };
    this.devices = new DevicesStore(
      this.database,
      'rememberedDevices',
      this.settings.rememberDeviceHours,
    );
    this.delivery = new CodeDelivery({ portal, email, text });
    this.desk = new CallDesk({ calls, telephony, settings: this.settings, log });
    this.dispatcher = new VerificationDispatcher({
      mac,
      delivery: this.delivery,
      settings: this.settings,
      desk: this.desk,
    });
  }

  /** What every use case that sends and judges verifications takes. */
  get shared() {
    const { accounts, calls, limits, audit, commit, mac, dispatcher, desk, log, now } = this;
    return { accounts, calls, limits, audit, commit, mac, dispatcher, desk, log, now };
  }

  /** The account is there: its record, its names, and its user in the pool. */
  async has(account: Account, { password = 'the password before' } = {}): Promise<Account> {
    const { accountId, username, email, cognitoUsername } = account;
    await this.write(
      this.accounts.create(account),
      this.names.claimUsername(username, accountId),
      ...(email === undefined ? [] : [this.names.claim(email, accountId)]),
    );
    if (email !== undefined && cognitoUsername !== undefined)
      this.pool.add({ username: cognitoUsername, email, accountId, password });
    return account;
  }

  /** Commits what must be possible; a refusal is a fault of the test. */
  async write(...writes: Write[]): Promise<void> {
    const result = await this.database.commit(writes);
    if (!result.done) throw new Error(`The database refused ${JSON.stringify(result.refused)}.`);
  }

  /** Changes members of an account behind everybody's back. */
  async alter(accountId: string, more: Some<Account>): Promise<void> {
    const account = await this.account(accountId);
    const entries = Object.entries(more);
    const change = {
      set: more,
      remove: entries.filter(([, value]) => value === undefined).map(([name]) => name as never),
    };
    await this.write(this.accounts.apply(account, { change, when: [] }));
  }

  async account(accountId = 'account-1'): Promise<Account> {
    const account = await this.accounts.get(accountId);
    if (account === undefined) throw new Error(`The account ${accountId} does not exist.`);
    return account;
  }

  /** The audit trail of an account, in the order of its writes. */
  trail(accountId = 'account-1'): AuditEvent[] {
    const items = this.database.all('auditEvents');
    return items
      .map((item) => recordIn<AuditEvent>(item))
      .filter((event) => event.accountId === accountId);
  }

  eventNames(accountId = 'account-1'): string[] {
    return this.trail(accountId).map(({ event }) => event);
  }

  /** The callee of the last call presses a key. */
  async press(
    outcome: 'CONFIRMED' | 'DENIED' | 'FAILED',
    number = this.telephony.started.length,
  ): Promise<CalleeResult> {
    const call = this.telephony.started[number - 1];
    if (call === undefined) throw new Error(`No call ${number} was placed.`);
    const { calls, audit, commit, now } = this;
    return handleCallee({ calls, audit, commit, now }, outcome, {
      contactId: `contact-${number}`,
      challengeId: call.attributes.challengeId ?? '',
      phone: call.phone,
    });
  }
}
