import { isNativeError } from 'node:util/types';
import { ConfigProblems, type HubConfig } from '#config';

type Known = Pick<HubConfig, 'host' | 'port' | 'dataDir'> & Partial<Pick<HubConfig, 'mail'>>;

/** Why the hub does not start, as one sentence for the operator with what to do. Stacks are of no use to them. */
export function explainFailure(error: unknown, config?: Known): string {
  if (error instanceof ConfigProblems) {
    return error.message;
  }
  const message = isNativeError(error) ? error.message || error.name : String(error);
  return `Peyk cannot start: ${(config && explain(error, message, config)) ?? message}`;
}

function explain(error: unknown, message: string, config: Known): string | null {
  const variable = fieldOf(error, 'field');
  if (typeof variable === 'string' && /^[A-Z][A-Z0-9_]+$/.test(variable)) {
    return `${variable}: ${message}`;
  }
  return (
    explainListening(error, config) ??
    explainCertificate(error, message, config) ??
    explainFiles(error, message, config)
  );
}

/** A place that the hub could not listen on, and the variable that names it. */
interface Place {
  /** The variable of the port, and that of the address. */
  variable: string;
  hostVariable: string;
  address: string;
  host: string;
  /** How to leave the place to whoever has it. */
  instead: string;
}

function explainListening(error: unknown, config: Known): string | null {
  const { variable, hostVariable, address, host, instead } = placeOf(error, config);
  switch (listeningFault(error)) {
    case 'EADDRINUSE':
      return isTakenByUs(config)
        ? `PORT and MAIL_LISTEN both name port ${config.port}. Give them ports of their own.`
        : `something listens on ${address} already. Stop it, or ${instead}.`;
    case 'EADDRNOTAVAIL':
      return `this machine has no address ${host}. Set ${hostVariable} to one that it has, or to ${anywhere(variable)}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `nothing is known of the address ${host} that ${hostVariable} names. Set it to an address of this machine, or to ${anywhere(variable)}.`;
    case 'EACCES':
    case 'EPERM':
      return `the system does not allow listening on ${address}, which ${variable} names. Take a port above 1023 and ${beforeIt(variable)}.`;
    default:
      return null;
  }
}

/** The code of an error that came of listening; null for every other. */
function listeningFault(error: unknown): unknown {
  const call = fieldOf(error, 'syscall');
  return call === 'listen' || call === 'bind' || call === 'getaddrinfo' ? fieldOf(error, 'code') : null;
}

function isTakenByUs({ port, mail }: Known): boolean {
  return port !== 0 && mail?.listen.port === port;
}

function placeOf(error: unknown, { host, port, mail }: Known): Place {
  const where = fieldOf(error, 'port') ?? fieldOf(error, 'hostname') ?? fieldOf(error, 'address');
  const isMail =
    mail && where !== port && where !== host && [mail.listen.port, mail.listen.host].includes(where as string);
  return isMail
    ? {
        variable: 'MAIL_LISTEN',
        hostVariable: 'MAIL_LISTEN',
        address: `${mail.listen.host}:${mail.listen.port}`,
        host: mail.listen.host,
        instead: 'set MAIL_LISTEN to another port',
      }
    : { variable: 'PORT', hostVariable: 'HOST', address: `${host}:${port}`, host, instead: 'set PORT' };
}

function anywhere(variable: string): string {
  return variable === 'MAIL_LISTEN' ? '0.0.0.0:25' : '0.0.0.0';
}

function beforeIt(variable: string): string {
  return variable === 'MAIL_LISTEN' ? 'have the system forward port 25 to it' : 'put a proxy in front of it';
}

function explainCertificate(error: unknown, message: string, { mail }: Known): string | null {
  const { tls } = mail ?? {};
  const path = fieldOf(error, 'path');
  if (!tls) {
    return null;
  }
  if (path === tls.certFile || path === tls.keyFile) {
    return `the file of ${path === tls.certFile ? 'MAIL_TLS_CERT' : 'MAIL_TLS_KEY'} cannot be read (${message}).`;
  }
  return /^ERR_OSSL|^ERR_TLS/.test(String(fieldOf(error, 'code')))
    ? `the certificate of MAIL_TLS_CERT and the key of MAIL_TLS_KEY cannot be used together (${message}).`
    : null;
}

function explainFiles(error: unknown, message: string, { dataDir }: Known): string | null {
  switch (fieldOf(error, 'code')) {
    case 'ENOSPC':
      return `the disk that holds ${dataDir} is full.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return `the folder ${dataDir} cannot be used (${message}). Set DATA_DIR to one that this user may write.`;
    default:
      return null;
  }
}

function fieldOf(error: unknown, name: string): unknown {
  return isNativeError(error) ? Reflect.get(error, name) : undefined;
}
