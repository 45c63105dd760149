/** A, B, C… so that versions can be spoken of. */
export function letterOf(index: number): string {
  return String.fromCodePoint(0x41 + index);
}
