import { expect, test } from 'vitest';
import { deviceName } from './device.ts';

test('a phone is called what its owner would call it', () => {
  const table: [string, string][] = [
    ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130 Mobile', 'Android, Chrome'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_4) Version/17.4 Mobile Safari', 'iPhone, Safari'],
    ['curl/8', 'Phone'],
  ];
  for (const [agent, name] of table) expect(deviceName(agent)).toBe(name);
});
