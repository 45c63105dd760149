// Which words of a text are not in another, in order: the longest common run of words is the same,
// the rest differs.
export interface Part {
  text: string;
  differs: boolean;
}

export function differing(text: string, other: string): Part[] {
  const [words, others] = [split(text), split(other)];
  const common = lengths(words, others);
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  while (i < words.length) {
    const same = words[i] === others[j];
    if (!same && j < others.length && at(common, i, j + 1) >= at(common, i + 1, j)) {
      j += 1;
      continue;
    }
    append(parts, words[i] ?? '', !same);
    i += 1;
    if (same) j += 1;
  }
  return parts;
}

/** Words with the blanks that follow them, so that joining gives the text again. */
function split(text: string): string[] {
  return text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? [];
}

/** How many words the rests of both have in common, from each pair of places on. */
function lengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        a[i] === b[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  return table;
}

function at(table: readonly number[][], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

function append(parts: Part[], text: string, differs: boolean): void {
  const last = parts.at(-1);
  if (last?.differs === differs) last.text += text;
  else parts.push({ text, differs });
}
