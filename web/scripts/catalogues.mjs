// Fails when a language lacks a key that English has or has one too many, when a message does not
// parse, or when a translation uses other placeholders than its source.
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/locales/', import.meta.url));
const read = path => JSON.parse(readFileSync(folder + path, 'utf8'));
const locales = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory());
const faults = [];

/** The names a message takes, in any order: `{name}`, plurals, and tags. */
function names(elements, found = new Set()) {
  for (const element of elements) {
    if (element.type !== TYPE.literal && element.type !== TYPE.pound) found.add(element.value);
    for (const option of Object.values(element.options ?? {})) names(option.value, found);
    if (element.children) names(element.children, found);
  }
  return found;
}

function placeholders(where, message) {
  try {
    return [...names(parse(message))].sort().join(', ');
  } catch (error) {
    faults.push(`${where}: ${error.message}`);
    return null;
  }
}

for (const area of readdirSync(`${folder}en`)) {
  const source = read(`en/${area}`);
  for (const { name } of locales) {
    const where = `${name}/${area}`;
    if (!existsSync(folder + where)) {
      faults.push(`${where}: missing`);
      continue;
    }
    const words = read(where);
    for (const key of Object.keys(source)) {
      if (!words[key]?.trim()) faults.push(`${where}: no text for "${key}"`);
      else if (
        placeholders(`${where} ${key}`, words[key]) !==
        placeholders(`en/${area} ${key}`, source[key])
      )
        faults.push(`${where}: "${key}" uses other placeholders than English`);
    }
    for (const key of Object.keys(words))
      if (!(key in source)) faults.push(`${where}: "${key}" is not in English`);
  }
}

// Every page loads the common words with its own, so that a key in both would hide one of them.
const common = read('en/common.json');
for (const area of readdirSync(`${folder}en`).filter(name => name !== 'common.json'))
  for (const key of Object.keys(read(`en/${area}`)))
    if (key in common) faults.push(`en/${area}: "${key}" stands in common.json too`);

if (faults.length > 0) {
  process.stderr.write(`${[...new Set(faults)].join('\n')}\n`);
  process.exit(1);
}
