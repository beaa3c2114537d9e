import type { Actor } from './actor.js';

/** The hub acting by a rule of its own: it reads everybody and is nobody's account, so nothing that it writes names it as an author. */
export const hubItself: Actor = {
  kind: 'agent',
  id: '00000000-0000-0000-0000-000000000000',
  role: 'supervisor',
  ownRole: null,
  sessionId: null,
  apiKeyId: null,
  scopes: null,
};
