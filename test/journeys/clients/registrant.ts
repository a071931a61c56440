/** A person who registers, as a new provider or for MFA. */
import type { Answer, Machine } from './machine.ts';

export const CEDAR = { npi: '1234567893', codes: ['CEDAR-7K4M-92QX', 'CEDAR-3T8W-61LP'] };
export const LAKE = { npi: '1245319599', codes: ['LAKE-5J2R-88VN'] };
export const NEW_PASSWORD = 'Quiet-Lantern-42-Harbour';

export const details = (more: Record<string, unknown> = {}) => ({
  username: 'newdoc',
  firstName: 'New',
  lastName: 'Doctor',
  email: 'new.doc@cedargrove.example',
  phone: '(202) 555-0199',
  ...more,
});

export class Registrant {
  readonly machine: Machine;
  /** `Accept-Language` of the page. */
  readonly language: string | undefined;
  token = '';

  constructor(machine: Machine, language?: string) {
    this.machine = machine;
    this.language = language;
  }

  #api(method: string, path: string, body: unknown, token?: string): Promise<Answer> {
    const headers = this.language === undefined ? {} : { 'accept-language': this.language };
    const caller = token === undefined ? { headers } : { token, headers };
    return this.machine.api(method, path, body, caller);
  }

  /** Registers a provider up to the mailed link. @returns the link token */
  async asProvider(
    code: string,
    npi = CEDAR.npi,
    more: Record<string, unknown> = {},
  ): Promise<string> {
    const started = await this.#api('POST', '/provider-registrations', {
      npi,
      registrationCode: code,
    });
    this.token = started.body.flowToken;
    const account = details(more);
    const known = await this.#links(account.email);
    await this.#api('POST', '/provider-registrations/current/account', account, this.token);
    return this.machine.link(account.email, known);
  }

  async #links(to: string): Promise<string[]> {
    return (await this.machine.messages(to)).flatMap(
      ({ text }) => /\/register#([\w-]{43})/.exec(text)?.[1] ?? [],
    );
  }

  /** Requests a link. */
  async requestLink(asked: Record<string, unknown>, to: string): Promise<string> {
    const known = await this.#links(to);
    await this.#api('POST', '/registration-links', asked);
    return this.machine.link(to, known);
  }

  async open(entry: Record<string, unknown>): Promise<Answer> {
    const opened = await this.#api('POST', '/mfa-registrations', entry);
    if (opened.status === 201) this.token = opened.body.flowToken;
    return opened;
  }

  async step(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<Answer> {
    return this.#api(method, `/mfa-registrations/current${path}`, body, this.token);
  }

  async verifyEmail(email: string): Promise<Answer> {
    const known = await this.machine.codes(email);
    await this.step('POST', '/email', { email });
    return this.step('POST', '/email/verification', {
      code: await this.machine.code(email, known),
    });
  }

  async verifyPhone(phoneNumber: string): Promise<Answer> {
    const known = await this.machine.codes(phoneNumber);
    await this.step('POST', '/phone', { phoneNumber, channel: 'SMS' });
    return this.step('POST', '/phone/verification', {
      code: await this.machine.code(phoneNumber, known),
    });
  }

  /** Sets a password, and Cognito fails after it has the user. */
  async setPasswordInVain(): Promise<Answer> {
    const fault = { service: 'cognito', operation: 'AdminSetUserPassword', times: 4 };
    await this.machine.fault(fault);
    const failed = await this.step('PUT', '/password', { password: NEW_PASSWORD });
    await this.machine.clearFaults();
    return failed;
  }

  /** Completes an opened flow. */
  async enrol(method: 'PHONE' | 'EMAIL', email: string, phone = '+12025550177'): Promise<Answer> {
    await this.step('PUT', '/method', { method });
    await this.verifyEmail(email);
    const set = await this.step('PUT', '/password', { password: NEW_PASSWORD });
    return method === 'EMAIL' ? set : this.verifyPhone(phone);
  }
}
