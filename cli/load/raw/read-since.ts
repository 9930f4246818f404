/** Another run read a part of the window from a later time on and committed it: what was read here is old. */
export class ReadSinceError extends Error {
  constructor() {
    super('another run has read the window since');
  }
}
