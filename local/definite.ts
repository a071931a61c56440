/** `T` with its possibly undefined members optional instead. */
export type Definite<T> = {
  [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name];
} & {
  [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined>;
};

/** Drops undefined members, which `exactOptionalPropertyTypes` distinguishes from absent ones. */
export function definite<T extends object>(members: T): Definite<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Definite<T>;
}
