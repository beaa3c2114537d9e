import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { buildAgent, stranger } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { buildPage } from './support/build-pages.js';
import { describeInBrowser, launchChromium } from './support/launch-chromium.js';
import { openDesk } from './support/open-desk.js';

describeInBrowser('the content policy of the console', () => {
  let browser: Browser;
  let hub: TestHub;
  let elsewhere: Server;
  let visits = 0;

  beforeAll(async () => {
    await buildPage('console');
    hub = await startTestHub();
    browser = await launchChromium();
    elsewhere = createServer((socket) => {
      visits += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
    elsewhere?.close();
  }, 30_000);

  it('lets it have its live socket, and no script of it a socket to anybody else', async () => {
    const agent = await buildAgent(hub.database, { role: 'supervisor' });
    const desk = await openDesk(browser, hub, { agentId: agent.id });
    const own = desk.page.waitForEvent('websocket');
    await desk.goto('/inbox/open');
    const socket = await own;
    expect(socket.url()).toContain(hub.url.replace('http', 'ws'));
    await socket.waitForEvent('framereceived');
    expect(desk.watched.faults()).toEqual([]);

    const { port } = elsewhere.address() as AddressInfo;
    const broken = await desk.page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      try {
        new WebSocket('ws://127.0.0.1:${String(port)}/').onerror = () => setTimeout(() => resolve('it was tried'), 500);
      } catch (error) {
        resolve(String(error));
      }
    })`);
    expect(broken).toBe('connect-src');
    expect(visits).toBe(0);
    await desk.close();
  }, 60_000);

  it('names the sockets of its public address, for browsers to which they are not of the same origin', async () => {
    const behind = await startTestHub({ env: { PUBLIC_URL: 'https://desk.example.org', TRUST_PROXY: '127.0.0.1' } });
    const { headers } = await stranger(behind).call('/');
    expect(headers.get('content-security-policy')).toContain("connect-src 'self' wss://desk.example.org;");
    await behind.stop();
  }, 60_000);
});
