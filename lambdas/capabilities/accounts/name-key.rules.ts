/** How people are found by name: without case, accents and punctuation. */

/** `Núñez` and `nunez` have one key, as have `O'Brien` and `OBrien`. */
export function nameKeyOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  // An index takes no empty key.
  return letters === '' ? '-' : letters;
}
