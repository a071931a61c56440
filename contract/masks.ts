/** How destinations are shown: without a schema, so that triggers import no library for it. */

/** `pat@cedargrove.example` → `p***@cedargrove.example`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** `+12025550143` → `***-***-0143`. */
export function maskPhone(phone: string): string {
  return `***-***-${phone.slice(-4)}`;
}
