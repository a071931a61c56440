/** What the sample identity provider keeps: in memory, for this run. */
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  endsAt: number;
}

export class MemoryAdapter implements Adapter {
  readonly #kept = new Map<string, Kept>();

  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    this.#kept.set(id, { payload, endsAt: Date.now() + expiresIn * 1000 });
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.#first(([key]) => key === id));
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.#first(([, { payload }]) => payload.uid === uid));
  }

  /** Devices that sign in by a code are not offered. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  consume(id: string): Promise<void> {
    const kept = this.#kept.get(id);
    if (kept !== undefined) kept.payload.consumed = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.#kept.delete(id);
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.#kept)
      if (payload.grantId === grantId) this.#kept.delete(id);
    return Promise.resolve();
  }

  #first(matches: (entry: [string, Kept]) => boolean): AdapterPayload | undefined {
    const [, kept] = [...this.#kept].find(matches) ?? [];
    return kept !== undefined && kept.endsAt > Date.now() ? kept.payload : undefined;
  }
}
