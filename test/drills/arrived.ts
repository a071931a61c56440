/** What a person waits for has not come. */
export class NothingArrived extends Error {
  override readonly name = 'NothingArrived';
}

/** Longer than the outbox takes on a busy machine. */
const PATIENCE_MS = 10_000;

/** Looks until something is there. @throws NothingArrived */
export async function arrived<T>(
  look: () => Promise<T | undefined>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new NothingArrived();
  }
}
