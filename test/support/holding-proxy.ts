import { listenOnLoopback, type LoopbackReply, type LoopbackRequest } from '../../tools/stand-ins/loopback-server.js';

/** Stands before a stand-in and keeps some of its answers back: the provider has acted, and we do not know yet. */
export interface HoldingProxy {
  url: string;
  /** How many answers it keeps back now. */
  held(): number;
  /** Gives the answers that it keeps, and keeps none from here on. */
  release(): void;
  close(): Promise<void>;
}

/** `holds` says of a request's path whether its answer is kept. */
export async function startHoldingProxy(target: string, holds: (path: string) => boolean): Promise<HoldingProxy> {
  const gate = Promise.withResolvers<undefined>();
  let held = 0;
  const answer = async (request: LoopbackRequest): Promise<LoopbackReply> => {
    const reply = await forward(target, request);
    if (holds(request.path)) {
      held += 1;
      await gate.promise;
      held -= 1;
    }
    return reply;
  };
  const server = await listenOnLoopback((request) => answer(request).catch(() => 'cut' as const));
  return {
    url: server.url,
    held: () => held,
    release: () => gate.resolve(undefined),
    close: () => {
      gate.resolve(undefined);
      return server.close();
    },
  };
}

async function forward(target: string, { method, path, query, headers, body, gone }: LoopbackRequest) {
  const { 'content-type': type = 'application/octet-stream' } = headers;
  const response = await fetch(`${target}${path}${query.size > 0 ? `?${query.toString()}` : ''}`, {
    method,
    headers: { 'content-type': type },
    signal: gone,
    ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
  });
  return {
    status: response.status,
    headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' },
    body: Buffer.from(await response.arrayBuffer()),
  };
}
