/**
 * What the machine does by itself: invocations, and streams that are about to be read. Once it is
 * over, whatever a request causes has happened, except for what waits for the emulated clock.
 */
export class Work {
  #running = 0;

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }

  /** Takes a wait for the emulated clock out of the work. */
  async except<T>(wait: () => Promise<T>): Promise<T> {
    this.#running -= 1;
    try {
      return await wait();
    } finally {
      this.#running += 1;
    }
  }

  isUnderWay(): boolean {
    return this.#running > 0;
  }
}
