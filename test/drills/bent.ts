import fc from 'fast-check';

/** A JSON value as it is, without a part, or with a part of another kind. */
export function bent(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null)
    return fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, fc.jsonValue(), fc.string());
  const keys = Object.keys(value);
  const parts = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, bent(part)] as const),
  );
  return fc
    .tuple(fc.record(parts, { requiredKeys: [] }), fc.option(fc.jsonValue(), { freq: 9 }))
    .map(([record, more]) =>
      more === null ? record : { ...record, [keys[0] ?? 'more']: more, further: more },
    );
}
