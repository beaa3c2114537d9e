/**
 * The contract: TYPES ONLY. What the hub tells consoles and chat widgets, over REST (views) and over sockets (live events).
 * The console may import from here and from nowhere else in the hub.
 */
export type * from './views.js';
export type * from './preference-views.js';
export type * from './call-views.js';
export type * from './sla-views.js';
export type * from './routing-views.js';
export type * from './team-views.js';
export type * from './live-events.js';
export type * from './channel-views.js';
export type * from './chat-views.js';
export type * from './waiting-views.js';
export type * from './held-views.js';
export type * from './notice-views.js';
export type * from './draft-views.js';
export type * from './bulk-views.js';
export type * from './search-views.js';
export type * from './webhook-views.js';
export type * from './lifecycle-views.js';
export type * from './reply-views.js';
export type * from './macro-views.js';
export type * from './article-views.js';
export type * from './rule-views.js';
export type * from './bot-views.js';
export type * from './script-figures-views.js';
export type * from './script-views.js';
export type * from './site-key-views.js';
export type * from './survey-views.js';
export type * from './ticket-property-views.js';
export type * from './segment-views.js';
export type * from './saved-view-views.js';
export type * from './outreach-views.js';
export type * from './trial-call-views.js';
export type * from './live-call-views.js';
export type * from './recording-views.js';
export type * from './call-source-views.js';
export type * from './start-views.js';
export type * from './permission-views.js';
export type * from './role-views.js';
export type * from './report-views.js';
export type * from './account-views.js';
export type * from './board-views.js';
export type * from './system-views.js';
export type * from './privacy-views.js';
