import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { validateSync } from 'class-validator';
import { Environment } from './environment.js';
import type { HubConfig } from './hub-config.js';
import { listWarnings } from './list-warnings.js';
import { listVariables } from './variable.js';
import { parseEndpoint, parseSecretKey, splitList } from './validators.js';

/** Every fault of the environment at once, one sentence each, each naming its variable. */
export class ConfigProblems extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n  ${problems.join('\n  ')}`,
    );
    this.name = 'ConfigProblems';
  }
}

/** Reads `.env` of the working directory and the process environment, which wins. Throws ConfigProblems. */
export function loadConfig(): HubConfig {
  return parseConfig({ ...readEnvFile(resolve('.env')), ...process.env });
}

/** Checks variables from anywhere. Unknown ones are nobody's business unless they look misspelt; empty ones count as unset. */
export function parseConfig(variables: Record<string, string | undefined>): HubConfig {
  const environment = new Environment();
  for (const { name } of listVariables()) {
    const text = variables[name]?.trim();
    if (text) {
      Object.assign(environment, { [name]: name === 'PORT' ? Number(text) : text });
    }
  }
  const problems = validateSync(environment).flatMap(({ constraints = {} }) =>
    [constraints['isNotEmpty'] ?? Object.values(constraints)[0]].filter((problem) => problem !== undefined),
  );
  if (problems.length > 0) {
    throw new ConfigProblems(problems);
  }
  return toConfig(environment, listWarnings(environment, variables));
}

function readEnvFile(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw new ConfigProblems([`.env cannot be read: ${(error as Error).message}`]);
  }
}

function toConfig(env: Environment, warnings: string[]): HubConfig {
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    trustProxy: splitList(env.TRUST_PROXY ?? ''),
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    secretKeys: splitList(env.SECRET_KEY ?? '').flatMap((key) => parseSecretKey(key) ?? []),
    ...toDoors(env),
    s3: toStorage(env),
    admin: toAdmin(env),
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    role: env.ROLE,
    defaultCountry: env.DEFAULT_COUNTRY.toUpperCase(),
    warnings,
  };
}

function toDoors(env: Environment): Pick<HubConfig, 'mail' | 'agiListen' | 'outboundAllow' | 'pushHosts'> {
  const listen = parseEndpoint(env.MAIL_LISTEN ?? '');
  const { MAIL_TLS_CERT: certFile, MAIL_TLS_KEY: keyFile } = env;
  return {
    mail: listen && { listen, tls: certFile && keyFile ? { certFile, keyFile } : null },
    agiListen: parseEndpoint(env.AGI_LISTEN ?? '', '127.0.0.1'),
    outboundAllow: splitList(env.OUTBOUND_ALLOW ?? ''),
    pushHosts: splitList(env.PUSH_HOSTS ?? ''),
  };
}

function toStorage(env: Environment): HubConfig['s3'] {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = env;
  const isSet = endpoint && bucket && accessKey && secretKey;
  return isSet ? { endpoint, bucket, region: env.S3_REGION, accessKey, secretKey } : null;
}

function toAdmin(env: Environment): HubConfig['admin'] {
  const { PEYK_ADMIN_EMAIL: email, PEYK_ADMIN_PASSWORD: password } = env;
  return email && password ? { email, password } : null;
}
