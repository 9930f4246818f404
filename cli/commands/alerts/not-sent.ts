/** A channel that did not take a message. Says why without its address, which may hold a credential. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}
