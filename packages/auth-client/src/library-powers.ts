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

/** What the library exports and its declarations lack. */
interface Helper {
  prototype: { generateRandomSmallA: () => LibraryNumber };
}

/** Changes the library for everybody who has loaded it; a second time changes nothing. */
export function raiseByBigInt(library: object): void {
  const { AuthenticationHelper } = library as { AuthenticationHelper: Helper };
  const one = AuthenticationHelper.prototype.generateRandomSmallA();
  const Whole = one.constructor as new (digits: string, radix: number) => LibraryNumber;
  (Whole.prototype as LibraryNumber).modPow = function (exponent, modulus, callback) {
    const power = raised(bigInt(this.mod(modulus)), bigInt(exponent), bigInt(modulus));
    const result = new Whole(power.toString(16), 16);
    callback(null, result);
    return result;
  };
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
