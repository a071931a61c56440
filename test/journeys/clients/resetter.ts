/** Somebody who forgot a password: the moves of a password reset. */
import type { Answer, Machine } from './machine.ts';

export class Resetter {
  readonly machine: Machine;
  token = '';

  constructor(machine: Machine) {
    this.machine = machine;
  }

  async start(email: string): Promise<Answer> {
    const answer = await this.machine.api('POST', '/password-resets', { email });
    this.token = answer.body.flowToken;
    return answer;
  }

  step(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Answer> {
    return this.machine.api(method, `/password-resets/current${path}`, body, this.token);
  }

  async proveEmail(email: string): Promise<Answer> {
    const known = await this.machine.codes(email);
    await this.start(email);
    const code = await this.machine.code(email, known);
    return this.step('POST', '/email/verification', { code });
  }

  async provePhone(phone: string): Promise<Answer> {
    const known = await this.machine.codes(phone);
    await this.step('POST', '/phone', { channel: 'SMS' });
    const code = await this.machine.code(phone, known);
    return this.step('POST', '/phone/verification', { code });
  }

  /** The whole reset. @returns the ticket */
  async reset(
    { email, phone }: { email: string; phone?: string },
    password: string,
  ): Promise<string> {
    await this.proveEmail(email);
    if (phone !== undefined) await this.provePhone(phone);
    return (await this.step('PUT', '/password', { password })).body.ticket;
  }
}
