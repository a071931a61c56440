/**
 * What the machine does by itself: invocations, and streams that are about to be read. A test that
 * waits for its end knows that whatever a request causes has happened.
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
