/**
 * The provider did not take the message or the call, or did not say so in time. It may arrive all
 * the same.
 */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
}
