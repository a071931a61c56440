/**
 * Raises the numbers of Cognito's library to powers by BigInt, which the browser has compiled. The
 * library's own arithmetic holds up a page six times as long: three times for each password, and
 * again at each answer (docs/decisions/011-auth-client.md).
 */

/** A whole number as the library has it. */
interface LibraryNumber {
  /** The remainder, which is not negative. */
  mod: (modulus: LibraryNumber) => LibraryNumber;
  toString: (radix: number) => string;
  modPow: (
    exponent: LibraryNumber,
    modulus: LibraryNumber,
    callback: (error: null, power: LibraryNumber) => void,
  ) => LibraryNumber;
}

type Whole = new (digits: string, radix: number) => LibraryNumber;

/** What the library exports and its declarations lack. */
interface Undeclared {
  AuthenticationHelper?: { prototype: { generateRandomSmallA: () => LibraryNumber } };
}

/**
 * Changes the library for everybody on the page who has loaded it; a second time changes nothing. A
 * release whose numbers are others keeps its own arithmetic.
 */
export function raiseByBigInt(library: object): void {
  const Whole = wholeOf(library);
  if (Whole === undefined) return;
  (Whole.prototype as LibraryNumber).modPow = function (exponent, modulus, callback) {
    const power = raised(bigInt(this.mod(modulus)), bigInt(exponent), bigInt(modulus));
    const result = new Whole(power.toString(16), 16);
    callback(null, result);
    return result;
  };
}

/** The class of the library's numbers, if they are those that are known here. */
function wholeOf(library: object): Whole | undefined {
  try {
    const sample = (library as Undeclared).AuthenticationHelper?.prototype.generateRandomSmallA();
    const Whole = sample?.constructor as Whole;
    const number = new Whole('1f', 16);
    const isKnown =
      typeof number.modPow === 'function' && bigInt(number.mod(new Whole('10', 16))) === 15n;
    return isKnown ? Whole : undefined;
  } catch {
    return undefined;
  }
}

function bigInt(whole: LibraryNumber): bigint {
  return BigInt(`0x${whole.toString(16)}`);
}

/** `base` to the power of `exponent` modulo `modulus`: square, and multiply where a bit is set. */
function raised(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let power = 1n;
  for (const bit of exponent.toString(2)) {
    power = (power * power) % modulus;
    if (bit === '1') power = (power * base) % modulus;
  }
  return power;
}
