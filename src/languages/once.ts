/** A function that makes something when it is asked for the first time, and gives it whenever it is asked. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
