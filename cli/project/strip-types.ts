/** TypeScript as JavaScript: types become blanks, so that places stay. Throws what the parser says, with a place. */
export async function stripTypes(source: string, filename: string): Promise<string> {
  const { transformSync } = await import('@swc/wasm-typescript');
  // Not `transform`: when it runs out of stack it ends the process and not its promise.
  return transformSync(source, { mode: 'strip-only', module: true, filename }).code;
}
