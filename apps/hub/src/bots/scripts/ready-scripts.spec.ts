import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { disagreements, readScenarios, readScript, type Script } from '#bots';
import { playAll } from './script-gate.service.js';

const folder = new URL('../../../../../scripts/', import.meta.url).pathname;
const keys = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml') && !file.endsWith('.scenarios.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length));

const sourceOf = (key: string): string => readFileSync(`${folder}${key}.yaml`, 'utf8');
const scripts = Object.fromEntries(
  keys.map((key) => [key, readScript(sourceOf(key)).script]).filter(([, script]) => script !== null),
) as Record<string, Script>;
const known = { connectors: ['order_status'], queues: [], calendars: ['default'], skills: [], scripts: keys };

describe('the ready scripts', () => {
  it('are the seven that an organisation begins with', () => {
    expect(keys.toSorted()).toEqual([
      'callback_request',
      'complaint_intake',
      'main_menu',
      'opening_hours',
      'order_status',
      'out_of_hours',
      'survey',
    ]);
  });

  it.each(keys)('%s says what it does in both languages on all channels, and nothing is wrong with it', (key) => {
    const { script, problems } = readScript(sourceOf(key), known);
    expect(problems.map(({ code, path, values }) => ({ code, at: path.join('.'), values }))).toEqual([]);
    expect(script).toMatchObject({
      id: key,
      locales: ['en', 'fa'],
      channels: ['web', 'telegram', 'sms', 'email', 'voice'],
    });
  });

  it.each(keys)('%s passes its scenarios, in both languages, and ends alike on every channel', async (key) => {
    const { scenarios, problems } = readScenarios(readFileSync(`${folder}${key}.scenarios.yaml`, 'utf8'));
    expect(problems).toEqual([]);
    expect(new Set(scenarios.map(({ locale }) => locale))).toEqual(new Set(['en', 'fa']));
    const results = await playAll(scripts[key] as Script, scenarios, scripts);
    expect(
      results.filter(({ passed }) => !passed).map(({ name, channel, failures }) => ({ name, channel, failures })),
    ).toEqual([]);
    for (const { name } of scenarios) {
      expect(disagreements(results.filter((result) => result.name === name))).toEqual([]);
    }
  });
});
