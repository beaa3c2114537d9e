import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = '/usr/sbin/postfix';

/** Why no Postfix can be started here; null when one can. Its master opens its queue as root and gives the rest to users of its own. */
export function postfixIsMissing(): string | null {
  if (!existsSync(program)) {
    return 'Postfix is not installed';
  }
  return process.getuid?.() === 0 ? null : 'Postfix starts as root only';
}

/** A mail server of the world, with its own settings and queue beside whatever the machine runs. */
export interface Postfix {
  readonly port: number;
  /** Mails to this domain that nobody has a mailbox for come back. */
  readonly domain: string;
  /** Puts these recipients off with a 4xx from here on, as a greylist does with strangers; none when the list is empty. */
  putOff: (recipients: string[]) => void;
  /** Tries everything that waits once more, as it would do by itself within minutes. */
  flush: () => Promise<void>;
  /** What waits in its queue, as its operator sees it. */
  queue: () => Promise<string>;
  log: () => Promise<string>;
  stop: () => Promise<void>;
}

export interface PostfixWish {
  /** By domain, the port on this machine that mail for it is handed to. */
  routes: Record<string, number>;
}

const domain = 'postfix.test';

export async function startPostfix({ routes }: PostfixWish): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'peyk-postfix-'));
  const at = (name: string) => join(folder, name);
  const port = await freePort();
  const greylist = await startGreylist();
  await chmod(folder, 0o755);
  await Promise.all(['conf', 'queue', 'data'].map((name) => mkdir(at(name), { mode: 0o755 })));
  await chown(at('data'), await userId('postfix'), 0);
  await writeFile(at('conf/main.cf'), mainSettings(folder, greylist.port, routes));
  await writeFile(at('conf/master.cf'), services(port));
  const postfix = (...words: string[]) => run(program, ['-c', at('conf'), ...words]);
  await postfix('start');
  return {
    port,
    domain,
    putOff: greylist.putOff,
    flush: async () => {
      await run('/usr/sbin/postqueue', ['-c', at('conf'), '-f']);
    },
    queue: async () => (await run('/usr/sbin/postqueue', ['-c', at('conf'), '-p'])).stdout,
    log: () => readFile(at('log'), 'utf8').catch(() => ''),
    stop: async () => {
      await postfix('stop').catch(() => undefined);
      await greylist.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const mainSettings = (folder: string, greylist: number, routes: Record<string, number>) => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = ${folder}
maillog_file = ${folder}/log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.${domain}
mydestination = ${domain}
local_recipient_maps =
mail_spool_directory = ${folder}/mail/
alias_maps =
relay_domains = ${Object.keys(routes).join(' ')}
transport_maps = inline:{ ${Object.entries(routes)
  .map(([to, port]) => `{ ${to} = smtp:[127.0.0.1]:${port} }`)
  .join(' ')} }
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${greylist}, permit_mynetworks, reject
smtpd_peername_lookup = no
smtp_tls_security_level = none
smtp_dns_support_level = disabled
minimal_backoff_time = 1s
queue_run_delay = 300s
`;

/** Its programs, none of them in a prison of its own, which would need a copy of the machine's files. */
const services = (port: number) => `
127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

/** Decides on each recipient by Postfix's own protocol, as the greylists that run beside it do. */
async function startGreylist() {
  let waiting: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let asked = '';
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      asked += bytes.toString();
      for (let end = asked.indexOf('\n\n'); end !== -1; end = asked.indexOf('\n\n')) {
        const recipient = /^recipient=(.*)$/mu.exec(asked.slice(0, end))?.[1] ?? '';
        asked = asked.slice(end + 2);
        socket.write(`action=${waiting.includes(recipient) ? '450 4.2.0 Greylisted, come again' : 'dunno'}\n\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    putOff: (recipients: string[]) => {
      waiting = recipients;
    },
    stop: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function userId(name: string): Promise<number> {
  return Number((await run('/usr/bin/id', ['-u', name])).stdout);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
