/** How people are found by name: without case, accents and punctuation. */

/** `Núñez` and `nunez` are one in a search; punctuation stays, because people type it. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** `Núñez` and `nunez` have one key, as have `O'Brien` and `OBrien`. */
export function nameKeyOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  // An index takes no empty key.
  return letters === '' ? '-' : letters;
}
