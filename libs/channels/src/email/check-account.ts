import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type ChannelAccount, ChannelError, type CheckStep } from '../channel-adapter.js';
import type { AgentChoice } from '../wire/http-exchange.js';
import type { EmailSettings } from './email-settings.js';
import { imapFailure } from './imap/imap-failure.js';
import { ImapLine } from './imap/imap-line.js';
import type { ImapSettings } from './imap/imap-settings.js';
import { isLoopback } from './is-loopback.js';
import type { Mailboxes } from './mailboxes.js';
import { reachServer } from '../wire/reach-server.js';
import { smtpFailure } from './smtp-failure.js';
import { openTransport, type SmtpLogin, type SmtpPatience } from './smtp-pools.js';

type Account = ChannelAccount<EmailSettings>;
type OnStep = (step: CheckStep) => void;

/** With what a check reaches the servers. */
export interface CheckMeans {
  mailboxes: Mailboxes;
  patience: SmtpPatience;
  agentFor: AgentChoice | undefined;
}

/** Tries what an account needs, step by step, on connections of its own. What follows a failed step is told as skipped. */
export async function checkAccount(account: Account, onStep: OnStep, means: CheckMeans): Promise<void> {
  const { imap } = account.settings;
  if (imap) {
    await checkImap(account, imap, { steps: new Steps('imap', onStep), means });
  }
  await checkSmtp(account, { steps: new Steps('smtp', onStep), means });
}

/** Runs the steps of one way in their order, and none after one that failed. */
class Steps {
  private hasFailed = false;

  constructor(
    private readonly way: string,
    private readonly onStep: OnStep,
  ) {}

  async run(name: string, work: () => Promise<string>): Promise<void> {
    const step = `${this.way}.${name}`;
    if (this.hasFailed) {
      this.onStep({ step, state: 'skipped', code: 'skipped', text: 'Not tried: a step before it failed.', ms: 0 });
      return;
    }
    const start = performance.now();
    const ms = (): number => Math.round(performance.now() - start);
    try {
      const text = await work();
      this.onStep({ step, state: 'ok', code: 'ok', text, ms: ms() });
    } catch (error) {
      this.hasFailed = true;
      const { code, message } = error instanceof ChannelError ? error : imapFailure(error, []);
      this.onStep({ step, state: 'failed', code, text: message, ms: ms() });
    }
  }
}

async function reach(server: { host: string; port: number }, { steps, means }: { steps: Steps; means: CheckMeans }) {
  await steps.run('resolve', () => resolve(server.host));
  await steps.run('connect', async () => {
    const address = await reachServer(server, means.patience.connectMs, means.agentFor).catch(unreachable);
    return `${address} answers on port ${server.port}.`;
  });
}

async function checkImap(
  account: Account,
  imap: ImapSettings,
  { steps, means }: { steps: Steps; means: CheckMeans },
): Promise<void> {
  await reach(imap, { steps, means });
  const { mailboxes, agentFor } = means;
  if (account.settings.oauth) {
    await steps.run('token', () => askToken(account, mailboxes));
  }
  const opened: { line?: ImapLine; refusal?: ChannelError } = {};
  await steps.run('tls', async () => {
    const login = await mailboxes.loginOf(account);
    try {
      opened.line = await ImapLine.open(login, mailboxes.times, agentFor);
      return encryption(opened.line.isEncrypted);
    } catch (error) {
      const failure = imapFailure(error, [login.password, login.accessToken ?? '']);
      if (failure.code !== 'unauthorised') {
        throw failure;
      }
      // The server was asked who we are only after the line was encrypted.
      opened.refusal = failure;
      return encryption(imap.secure || !isLoopback(imap.host));
    }
  });
  await steps.run('sign_in', () => {
    if (opened.refusal) {
      throw opened.refusal;
    }
    return Promise.resolve(`Signed in as ${imap.user || account.settings.address}.`);
  });
  await steps.run('folders', () => openFolders(opened.line, imap));
  opened.line?.close();
}

async function openFolders(line: ImapLine | undefined, imap: ImapSettings): Promise<string> {
  const found: string[] = [];
  for (const path of imap.folders) {
    const { exists } = (await line?.select(path)) ?? { exists: 0 };
    found.push(`${path} (${exists})`);
  }
  const { sent, paths } = (await line?.folders()) ?? { sent: null, paths: [] };
  const wanted = imap.sentFolder || sent;
  if (imap.sentFolder !== '' && !paths.includes(imap.sentFolder)) {
    throw new ChannelError('folder_missing', `There is no folder ${imap.sentFolder}.`, { retry: 'after-reconnect' });
  }
  return `Opened ${found.join(', ')}. Sent mail: ${wanted ?? 'no folder found'}.`;
}

async function checkSmtp(account: Account, { steps, means }: { steps: Steps; means: CheckMeans }): Promise<void> {
  const { smtp, smtpPassword, oauth } = account.settings;
  await reach(smtp, { steps, means });
  if (oauth && smtp.user !== '') {
    await steps.run('token', () => askToken(account, means.mailboxes));
  }
  await steps.run('sign_in', async () => {
    const accessToken = smtp.user === '' ? null : await means.mailboxes.accessToken(account);
    const login: SmtpLogin = { ...smtp, password: smtpPassword, ...(accessToken !== null && { accessToken }) };
    const transport = await openTransport(login, means.patience, means.agentFor);
    try {
      await transport.verify();
      return smtp.user === '' ? 'The server asks for no sign-in.' : `Signed in as ${smtp.user}.`;
    } catch (error) {
      throw smtpFailure(error, false, [smtpPassword, accessToken ?? '']);
    } finally {
      transport.close();
    }
  });
}

async function askToken(account: Account, mailboxes: Mailboxes): Promise<string> {
  await mailboxes.accessToken(account);
  return 'The provider permits the access.';
}

async function resolve(host: string): Promise<string> {
  if (isIP(host) !== 0) {
    return `${host} is an address already.`;
  }
  try {
    const addresses = await lookup(host, { all: true });
    return `${host} is ${addresses.map(({ address }) => address).join(', ')}.`;
  } catch (error) {
    throw new ChannelError('unknown_host', `No server is known by the name ${host}. Look for a misspelling.`, {
      retry: 'soon',
      cause: error,
    });
  }
}

function unreachable(error: unknown): never {
  throw imapFailure(error, []);
}

function encryption(isEncrypted: boolean): string {
  return isEncrypted
    ? 'The connection is encrypted.'
    : 'The connection is not encrypted: the server is on this machine.';
}
