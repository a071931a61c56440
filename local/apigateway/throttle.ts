/** A token bucket: `burst` requests at once, `rate` a second after that. */
export function createThrottle(
  limits: { rate: number; burst: number } | undefined,
  now: () => number,
): () => boolean {
  if (limits === undefined) return () => true;
  let tokens = limits.burst;
  let countedAt = now();
  return () => {
    const at = now();
    tokens = Math.min(limits.burst, tokens + (Math.max(0, at - countedAt) / 1000) * limits.rate);
    countedAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
