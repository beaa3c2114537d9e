import {
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsNotEmpty,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { IsEndpoint, IsHostList, IsNetworkList, IsSecretKeyList } from './validators.js';
import { Variable } from './variable.js';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export const roles = ['all', 'web', 'worker'] as const;

const portRule = { message: 'PORT must be a whole number from 0 to 65535' };
const web = { require_protocol: true, require_tld: false, protocols: ['http', 'https'] };

/**
 * The environment as operators write it, checked variable by variable and pair by pair. All are optional; an empty value
 * counts as unset. Code never sees this class: it gets a HubConfig from loadConfig().
 */
export class Environment {
  @Variable(
    'The address to listen on. 0.0.0.0 opens the hub to the network; put a TLS proxy in front of it then.',
    '127.0.0.1',
  )
  @IsNotEmpty()
  HOST = '127.0.0.1';

  @Variable('The port for everything: console, API, webhooks, chat widget. 0 takes any free one.', '3000')
  @IsInt(portRule)
  @Min(0, portRule)
  @Max(65535, portRule)
  PORT = 3000;

  @Variable(
    'Where people and providers reach the hub from outside, without a path. With https the session cookie is marked Secure, ' +
      'and webhooks are signed over this address.',
    'https://desk.example.org',
  )
  @IsOptional()
  @IsUrl(web, { message: 'PUBLIC_URL must be an http or https address' })
  @Matches(/^https?:\/\/[^/?#]+\/?$/i, { message: 'PUBLIC_URL must have no path, e.g. https://desk.example.org' })
  PUBLIC_URL?: string;

  @Variable(
    "The proxies in front of the hub, as addresses or CIDRs with commas between them. Only theirs are believed to name the client's address.",
    '127.0.0.1',
  )
  @IsOptional()
  @IsNetworkList()
  TRUST_PROXY?: string;

  @Variable('Where the embedded database, attachments and keys are kept. Back it up whole.', './data')
  @IsNotEmpty()
  DATA_DIR = './data';

  @Variable(
    'A PostgreSQL server (15 or newer) of your own. Unset: the embedded one runs inside DATA_DIR.',
    'postgres://peyk@db.internal/peyk',
  )
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'DATABASE_URL must begin with postgres://' })
  DATABASE_URL?: string;

  @Variable(
    'A Redis or Valkey server, for several nodes at once. Unset: jobs and fan-out use the database.',
    'redis://cache.internal:6379',
  )
  @IsOptional()
  @Matches(/^rediss?:\/\/\S+$/, { message: 'REDIS_URL must begin with redis:// or rediss://' })
  REDIS_URL?: string;

  @Variable(
    "The key that encrypts channels' credentials: 32 random bytes as base64 or hex (openssl rand -base64 32). Several nodes must share it. " +
      'To rotate, put the new key first and the old ones behind it, with commas. Unset: made once in DATA_DIR/secret.key.',
  )
  @IsOptional()
  @IsSecretKeyList()
  SECRET_KEY?: string;

  @Variable('Where the built-in SMTP receiver listens, as address:port. Unset: no mail comes in.', '0.0.0.0:25')
  @IsOptional()
  @IsEndpoint()
  MAIL_LISTEN?: string;

  @Variable('Certificate file (PEM) for STARTTLS of the SMTP receiver. Needs MAIL_TLS_KEY.', '/etc/peyk/mail.crt')
  @ValidateIf((it: Environment) => it.MAIL_TLS_KEY !== undefined)
  @IsNotEmpty({ message: 'MAIL_TLS_CERT must be set when MAIL_TLS_KEY is' })
  MAIL_TLS_CERT?: string;

  @Variable('Key file (PEM) for STARTTLS of the SMTP receiver. Needs MAIL_TLS_CERT.', '/etc/peyk/mail.key')
  @ValidateIf((it: Environment) => it.MAIL_TLS_CERT !== undefined)
  @IsNotEmpty({ message: 'MAIL_TLS_KEY must be set when MAIL_TLS_CERT is' })
  MAIL_TLS_KEY?: string;

  @Variable(
    'Where Asterisk hands callers to Peyk (FastAGI), as address:port; a port alone is this machine only. It is not encrypted: a private network. Unset: off.',
    '127.0.0.1:4573',
  )
  @IsOptional()
  @IsEndpoint()
  AGI_LISTEN?: string;

  @Variable(
    'Private networks (CIDRs with commas) that the provider addresses an administrator types in may lie in, e.g. your mail server. ' +
      'Unset: private addresses are refused.',
    '10.0.0.0/8,127.0.0.1',
  )
  @IsOptional()
  @IsNetworkList()
  OUTBOUND_ALLOW?: string;

  @Variable(
    'The push services that browsers may be woken by, with commas: hosts (a star for what comes before) or whole origins. ' +
      'Unset: those of Chrome, Edge, Firefox and Safari. None of them is asked before an agent switches notifications on.',
    'fcm.googleapis.com,*.push.services.mozilla.com',
  )
  @IsOptional()
  @IsHostList()
  PUSH_HOSTS?: string;

  @Variable(
    'S3-compatible storage for attachments. Not available yet: files are in DATA_DIR/files, and the hub does not start with it set.',
    'https://s3.example.org',
  )
  @ValidateIf((it: Environment) => it.S3_ENDPOINT !== undefined || it.S3_BUCKET !== undefined)
  @IsUrl(web, { message: 'S3_ENDPOINT must be an http or https address when S3_BUCKET is set' })
  S3_ENDPOINT?: string;

  @Variable('The bucket.', 'peyk')
  @ValidateIf((it: Environment) => it.S3_ENDPOINT !== undefined)
  @IsNotEmpty({ message: 'S3_BUCKET must be set when S3_ENDPOINT is' })
  S3_BUCKET?: string;

  @Variable('The region of the bucket, as the service names it.', 'us-east-1')
  @IsNotEmpty()
  S3_REGION = 'us-east-1';

  @Variable('Its access key.')
  @ValidateIf((it: Environment) => it.S3_ENDPOINT !== undefined)
  @IsNotEmpty({ message: 'S3_ACCESS_KEY must be set when S3_ENDPOINT is' })
  S3_ACCESS_KEY?: string;

  @Variable('Its secret key.')
  @ValidateIf((it: Environment) => it.S3_ENDPOINT !== undefined)
  @IsNotEmpty({ message: 'S3_SECRET_KEY must be set when S3_ENDPOINT is' })
  S3_SECRET_KEY?: string;

  @Variable(
    'With PEYK_ADMIN_PASSWORD: the first administrator, made when there is none yet. Unset: a one-time set-up link is printed.',
    'admin@example.org',
  )
  @ValidateIf((it: Environment) => it.PEYK_ADMIN_EMAIL !== undefined || it.PEYK_ADMIN_PASSWORD !== undefined)
  @Matches(/^[^@\s]+@[^@\s]+$/, {
    message: 'PEYK_ADMIN_EMAIL must be an e-mail address when PEYK_ADMIN_PASSWORD is set',
  })
  PEYK_ADMIN_EMAIL?: string;

  @Variable('The first administrator’s password, at least 10 characters. Change it after the first sign-in.')
  @ValidateIf((it: Environment) => it.PEYK_ADMIN_EMAIL !== undefined)
  @IsNotEmpty({ message: 'PEYK_ADMIN_PASSWORD must be set when PEYK_ADMIN_EMAIL is' })
  @MinLength(10, { message: 'PEYK_ADMIN_PASSWORD must have at least 10 characters' })
  @MaxLength(200, { message: 'PEYK_ADMIN_PASSWORD must have at most 200 characters' })
  PEYK_ADMIN_PASSWORD?: string;

  @Variable(
    'The bearer token for /metrics. Unset: /metrics answers to this machine only, and to nobody through a proxy.',
  )
  @IsOptional()
  @MinLength(16, { message: 'METRICS_TOKEN must have at least 16 characters' })
  METRICS_TOKEN?: string;

  @Variable(`How much is logged: ${logLevels.join(', ')}.`, 'info')
  @IsIn(logLevels)
  LOG_LEVEL: (typeof logLevels)[number] = 'info';

  @Variable('What this process does: all, web (API, console, sockets) or worker (jobs, pollers, deliveries).', 'all')
  @IsIn(roles)
  ROLE: (typeof roles)[number] = 'all';

  @Variable('The country that phone numbers without a country code belong to, as two letters (ISO 3166).', 'IR')
  @IsISO31661Alpha2({ message: 'DEFAULT_COUNTRY must be a two-letter country code, e.g. IR' })
  DEFAULT_COUNTRY = 'IR';
}
