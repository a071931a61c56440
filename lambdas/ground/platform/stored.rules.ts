/** Reading records back from their items. */
/**
 * The record in an item, without the attributes that only place it in its table. Every item was
 * written by a store of ours, so its shape is taken for granted; where releases differ in it, the
 * record carries a version.
 */
export function recordIn<T extends object>(item: Record<string, unknown>, ...placing: string[]): T {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !placing.includes(name))) as T;
}
