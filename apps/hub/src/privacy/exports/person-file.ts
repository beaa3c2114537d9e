/** All that is written down of a person, in the form in which it is handed out. Instants are ISO strings in UTC. */
export interface PersonFile {
  madeAt: string;
  people: { id: string; name: string; locale: string; fields: unknown; createdAt: string }[];
  addresses: { kind: string; address: string; since: string; retiredAt: string | null }[];
  claims: { kind: string; address: string; source: string; state: string }[];
  consents: { purpose: string; state: string; at: string }[];
  purchases: { source: string; at: string; items: unknown }[];
  tickets: { number: string; subject: string; state: string; tags: string[]; fields: unknown; createdAt: string }[];
  surveys: { askedAt: string | null; score: number | null; comment: string }[];
  messages: PersonMessage[];
}

export interface PersonMessage {
  at: string;
  /** 'customer', 'agent', 'bot' or 'system'. */
  author: string;
  kind: string;
  channel: string | null;
  subject: string | null;
  body: string;
  call: { direction: string; seconds: number | null } | null;
  /** Names within the archive. */
  files: string[];
}
