/**
 * Configuration: the only reader of the process environment. Hands out one checked HubConfig; knows no library and no hub.
 */
export { HubConfig } from './hub-config.js';
export type { Endpoint } from './validators.js';
export { ConfigProblems, loadConfig, parseConfig } from './load-config.js';
