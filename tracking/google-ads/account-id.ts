/** An account's number without the hyphens that Google's pages show: `123-456-7890` is `1234567890`. */
export function digits(id: string): string {
  return id.replaceAll(/\D/g, '');
}
