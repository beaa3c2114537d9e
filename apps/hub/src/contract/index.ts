/**
 * The contract: TYPES ONLY. What the hub tells consoles and chat widgets, over REST (views) and over sockets (live events).
 * The console may import from here and from nowhere else in the hub.
 */
export type * from './views.js';
export type * from './sla-views.js';
export type * from './routing-views.js';
export type * from './team-views.js';
export type * from './live-events.js';
export type * from './channel-views.js';
export type * from './chat-views.js';
export type * from './waiting-views.js';
export type * from './webhook-views.js';
export type * from './site-key-views.js';
