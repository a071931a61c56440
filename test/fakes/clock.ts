/** A clock that does not run until a test moves it, and whose sleepers wake at once. */
export class Clock {
  /** Milliseconds since 1970. */
  time = Date.parse('2026-10-05T12:00:00.000Z');
  /** Runs at the next sleep: what other requests do meanwhile. */
  duringSleep: (() => Promise<void>) | undefined;

  readonly now = (): number => this.time;

  readonly sleep = async (ms: number): Promise<void> => {
    this.time += ms;
    const meanwhile = this.duringSleep;
    this.duringSleep = undefined;
    await meanwhile?.();
  };

  pass(ms: number): void {
    this.time += ms;
  }
}
