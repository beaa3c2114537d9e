import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OrderShop {
  url: string;
  close(): void;
}

const dayMs = 24 * 3_600_000;

/** A shop on this machine that knows every order: how far one is follows from the last digit of its number, and 0 is none of its own. */
export async function startOrderShop(): Promise<OrderShop> {
  const server = createServer((request, response) => {
    const order = orderOf(decodeURIComponent(request.url?.split('/').at(-1) ?? ''));
    response.writeHead(order ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(order ?? { error: 'unknown' }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function orderOf(number: string): object | null {
  const last = Number(number.at(-1));
  if (!(last > 0)) {
    return null;
  }
  const arrives = new Date(Date.now() + last * dayMs).toISOString().slice(0, 10);
  const status = (['preparing', 'shipped', 'shipped', 'delivered'] as const)[last % 4];
  return { order: { number, status, ...(status === 'shipped' && { arrives }) } };
}
