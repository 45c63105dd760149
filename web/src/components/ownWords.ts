// Which words of a text none of the others has, in order: longest common subsequence by word. With
// nothing beside it, nothing is marked.
export interface Piece {
  text: string;
  own: boolean;
}

export function ownWords(text: string, others: readonly string[]): Piece[] {
  if (others.length === 0) return [{ text, own: false }];
  const words = wordsOf(text);
  const shared = new Set(others.flatMap(other => common(words, wordsOf(other))));
  const pieces: Piece[] = [];
  words.forEach((word, index) => {
    const own = !shared.has(index) && word.trim() !== '';
    const last = pieces.at(-1);
    // Spaces belong to what stands before them, so that a mark runs through a phrase.
    if (last !== undefined && (last.own === own || word.trim() === '')) last.text += word;
    else pieces.push({ text: word, own });
  });
  return pieces;
}

function wordsOf(text: string): string[] {
  return text.split(/(\s+|[.,;:!?¡¿…]+)/).filter(word => word !== '');
}

/** The places in `a` of the words that `a` and `b` share in the same order. */
function common(a: readonly string[], b: readonly string[]): number[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined)
        row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const places: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      places.push(i);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return places;
}
