/** What is left of an object's type once its `undefined` members are gone. */
export type Definite<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * The object without its `undefined` members, so that an optional property is absent where it has
 * no value.
 */
export function definite<T extends object>(members: T): Definite<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Definite<T>;
}
