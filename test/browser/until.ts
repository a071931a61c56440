const PATIENCE_MS = 45_000;

/** Asks again until there is an answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline)
      throw new Error(`Waited ${PATIENCE_MS / 1000} s for ${what}: it did not come.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
