// What this phone is called in the list of a person's devices: what they would recognise.
const systems: [RegExp, string][] = [
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Mac OS/, 'Mac'],
  [/Windows/, 'Windows'],
];
const browsers: [RegExp, string][] = [
  [/Edg/, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

export function deviceName(agent: string): string {
  const named = (table: [RegExp, string][]) => table.find(([mark]) => mark.test(agent))?.[1];
  return [named(systems), named(browsers)].filter(Boolean).join(', ') || 'Phone';
}
