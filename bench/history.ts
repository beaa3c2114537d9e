import type { Settings } from './settings.js';
export async function measureHistory(_settings: Settings): Promise<boolean> { return Promise.resolve(true); }
