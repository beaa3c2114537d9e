import type { Environment } from './environment.js';
import type { Endpoint } from './validators.js';

/**
 * What the hub may know about where it runs: read once, never changed. Everything else is a setting in the database.
 * A class, so that it is its own injection token; its only maker is loadConfig().
 */
export abstract class HubConfig {
  abstract readonly host: string;
  /** 0 takes any free port. */
  abstract readonly port: number;
  /** Without a slash at the end; null when the hub has no address outside of this machine. */
  abstract readonly publicUrl: string | null;
  /** Addresses and CIDRs of the proxies that may name a client's address. */
  abstract readonly trustProxy: string[];
  /** Absolute. */
  abstract readonly dataDir: string;
  /** null: the embedded server in dataDir. */
  abstract readonly databaseUrl: string | null;
  abstract readonly redisUrl: string | null;
  /** The current key first; empty: the one in dataDir. 32 bytes each. */
  abstract readonly secretKeys: Buffer[];
  abstract readonly mail: { listen: Endpoint; tls: { certFile: string; keyFile: string } | null } | null;
  abstract readonly agiListen: Endpoint | null;
  abstract readonly outboundAllow: string[];
  /** Hosts, `*.hosts` and origins of push services; empty: those that browsers are known to use. */
  abstract readonly pushHosts: string[];
  abstract readonly s3: {
    endpoint: string;
    bucket: string;
    region: string;
    accessKey: string;
    secretKey: string;
  } | null;
  abstract readonly admin: { email: string; password: string } | null;
  abstract readonly metricsToken: string | null;
  abstract readonly logLevel: Environment['LOG_LEVEL'];
  abstract readonly role: Environment['ROLE'];
  /** ISO 3166, two letters. */
  abstract readonly defaultCountry: string;
  /** What the operator may not have meant, one sentence each; nothing that keeps the hub from starting. */
  abstract readonly warnings: string[];
}
